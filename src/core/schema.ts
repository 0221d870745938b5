import { z } from 'zod'
import { contrastWithWhite } from './colour.ts'

/** A text in each language; `max` in UTF-16 units. */
export const localeText = (max: number) =>
  z.strictObject({ ja: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) })

/** A number of whole days: "60d". */
export const days = z.string().regex(/^[1-9]\d{0,3}d$/, 'write a number of days such as 60d')

/** A name that may stand in an address: "kichijoji". */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, 'write 2 to 32 small letters, digits or hyphens, a letter first')

/** The key of a definition: "come_back". */
export const definitionKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, 'write 2 to 40 small letters, digits or "_", a letter first')

/** White text has to be readable on it: WCAG 2.2 asks for a contrast of 4.5. */
const MIN_CONTRAST = 4.5

/** "#7a4b2a", dark enough for white text. */
export const darkColour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, { error: 'write a colour such as "#7a4b2a"', abort: true })
  .refine((colour) => contrastWithWhite(colour) >= MIN_CONTRAST, 'choose a darker colour: white text stands on it')
