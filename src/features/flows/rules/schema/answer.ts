import { z } from 'zod'
import { Id, Text } from './words.ts'

const Scale = z.strictObject({ type: z.literal('scale'), min: z.int().min(0), max: z.int().max(100) })
const Choice = z.strictObject({
  type: z.literal('choice'),
  options: z.array(z.strictObject({ value: Id, label: Text })).min(2)
})
const FreeText = z.strictObject({ type: z.literal('text') })

/** What a question takes as its answer. */
export const Answer = z.discriminatedUnion('type', [Scale, Choice, FreeText])
