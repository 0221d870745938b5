import { z } from 'zod'
import { BOUND } from '../days.ts'
import { Id, Text } from './words.ts'

const Scale = z.strictObject({ type: z.literal('scale'), min: z.int().min(0), max: z.int().max(100) })
const Options = z.array(z.strictObject({ value: Id, label: Text })).min(2)
const Choice = z.strictObject({ type: z.literal('choice'), options: Options })
const MultiChoice = z.strictObject({
  type: z.literal('multi_choice'),
  options: Options,
  min: z.int().min(1).optional().meta({ description: 'How many at least; 1 when left out.' }),
  max: z.int().min(1).optional().meta({ description: 'How many at most; all of them when left out.' })
})
const Bound = z.string().regex(BOUND, 'write a day as 2026-11-28, or from today: today, +7d, -1d, -18y')
const Day = z.strictObject({
  type: z.literal('date'),
  min: Bound.optional().meta({ description: 'The first day taken: 2026-11-28, or from today: today, +7d, -120y.' }),
  max: Bound.optional().meta({ description: 'The last day taken.' }),
  shows: Bound.optional().meta({ description: 'The day at which the calendar opens; today when left out.' })
})
const FreeText = z.strictObject({ type: z.literal('text') })

/** What a question takes as its answer. */
export const Answer = z.discriminatedUnion('type', [Scale, Choice, MultiChoice, Day, FreeText])
