import { z } from 'zod'
import { EVENTS } from '../events.ts'
import { Duration, Id, Test } from './words.ts'

/** What a flow is for, so that it can be counted. */
export const Goal = z
  .strictObject({
    event: z.enum(EVENTS),
    where: z.record(z.string(), Test).optional().meta({ description: 'Conditions on the properties of the event.' }),
    within: Duration
  })
  .meta({ description: 'What is hoped for, and within which time of entering.' })

/** A share of those who enter gets nothing: what they do shows what the flow brings. */
export const Holdout = z.number().gt(0).max(0.5).meta({
  description: 'Share of the customers who get nothing, 0.1 = every tenth, so that the others can be compared.'
})

/** Ways to go on that are tried against each other: "branch" asks for them by { variant: … }. */
export const Variants = z
  .record(Id, z.number().gt(0).max(1000))
  .meta({ description: 'Variants to compare, each with its weight: { short: 1, long: 1 }. A customer keeps theirs.' })
