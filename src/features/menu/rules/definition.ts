import { z } from 'zod'
import { contrastWithWhite } from '../../../core/colour.ts'
import { isDrawable } from '../../../core/svg.ts'
import { graphemeCount } from '../../../core/text.ts'
import { ICON_NAMES } from './icons.ts'

/** The kind, and the key of the one menu there is. */
export const MENU = 'menu'
/** White text has to be readable on it: WCAG 2.2 asks for a contrast of 4.5. */
const MIN_CONTRAST = 4.5
/** LINE's limits: characters of the bar below the menu, of a label that is read aloud, of a message, of an address. */
const [BAR, LABEL, MESSAGE, ADDRESS] = [14, 20, 300, 1000]
/** More of them are too small for a thumb; LINE takes twenty. */
const MOST_TILES = 12

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .refine((words) => graphemeCount(words) <= max, `write at most ${max} characters`)
const inBoth = <Text extends z.ZodType>(one: Text) => z.strictObject({ ja: one, en: one })
/** A text in each language; `max` in characters as people see them. */
const words = (max: number) => inBoth(text(max))
/** One that stands in the picture. */
const drawn = (max: number) =>
  inBoth(text(max).refine(isDrawable, 'leave out emoji and rare signs: the font of the pictures does not have them'))
const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, { error: 'write a colour such as "#7a4b2a"', abort: true })
  .refine((value) => contrastWithWhite(value) >= MIN_CONTRAST, 'choose a darker colour: white text stands on it')
  .describe('As #rrggbb; dark enough for white text.')

const Tile = z
  .strictObject({
    icon: z.enum(ICON_NAMES).describe('What is drawn on it.'),
    label: drawn(LABEL).describe(`What stands on it: at most ${LABEL} characters.`),
    note: drawn(30).optional().describe('A line below, in small letters.'),
    say: words(MESSAGE).optional().describe('What a tap says in the customer’s name: a word that Matane knows.'),
    open: z
      .string()
      .max(ADDRESS)
      .regex(/^(https:\/\/|tel:|line:\/\/)\S+$/, 'write an address that begins with https://, tel: or line://')
      .optional()
      .describe('Instead of saying something, the address that a tap opens.'),
    lead: z.boolean().default(false).describe('Whether it stands out in the menu’s colour.')
  })
  .refine(({ say, open }) => (say === undefined) !== (open === undefined), 'write either "say" or "open"')
export type Tile = z.output<typeof Tile>

const Tiles = z.array(Tile).min(1).max(MOST_TILES)

const State = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, 'write 2 to 32 small letters, digits or "_", a letter first'),
  when: z
    .strictObject({ tier: z.array(z.string().min(1).max(40)).min(1).max(20).describe('Keys of tiers.') })
    .describe('Who sees it. The first state that fits is taken.'),
  ribbon: drawn(24).optional().describe('A line across the top, such as the name of the tier.'),
  colour: colour.optional(),
  tiles: Tiles.optional().describe('Its own tiles; left out = those of the menu.')
})
export type State = z.output<typeof State>

/** flows/loyalty/menu.yaml */
export const MenuDefinition = z
  .strictObject({
    bar: words(BAR).describe(`What the bar below the menu says: at most ${BAR} characters.`),
    colour,
    columns: z.int().min(1).max(4).default(3).describe('Tiles side by side.'),
    tiles: Tiles,
    states: z
      .array(State)
      .max(20)
      .refine(
        (states) => new Set(states.map(({ key }) => key)).size === states.length,
        'give each state a key of its own'
      )
      .default([])
      .describe('Who sees it otherwise.')
  })
  .describe('The menu below the chat: a picture with places to tap.')
export type MenuDefinition = z.output<typeof MenuDefinition>
