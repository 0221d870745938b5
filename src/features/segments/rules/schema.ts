import { z } from 'zod'
import { localeText } from '../../../core/schema.ts'
import { FIGURE_NAMES } from './figures.ts'

/** The format of a file under flows/segments. flows/segment.schema.json is made from it. */

/** Lifecycle stages, as the events room names them. */
export const STAGES = ['new', 'onboarding', 'active', 'loyal', 'slipping', 'dormant', 'lost', 'returned'] as const
/** The purposes that customers decide on, as the consent room names them. */
export const CONSENTS = ['research', 'marketing', 'profiling'] as const

const bound = z.number().min(-1e12).max(1e12)
const bounds = { gte: bound.optional(), lte: bound.optional(), is: bound.optional() }
const percent = z.int().min(1).max(99).optional()

const span = z
  .string()
  .regex(/^[1-9]\d{0,3}[dh]$/, 'write a time as 30d (business days, today included) or 12h')
  .describe('How long: 30d = business days, today included; 12h = hours up to now.')
const days = z.string().regex(/^[1-9]\d{0,3}d$/, 'write a number of days such as 14d')
const word = z.string().min(1).max(100)
const words = z.union([word, z.array(word).min(1).max(50)])

const Value = z.union([z.string().max(200), bound, z.boolean()])
export type Value = z.infer<typeof Value>
const PropertyTest = z.union([
  Value,
  z.strictObject({
    is: Value.optional(),
    any_of: z.array(Value).min(1).max(50).optional(),
    gte: bound.optional(),
    lte: bound.optional()
  })
])
export type PropertyTest = z.infer<typeof PropertyTest>

const figure = z
  .strictObject({
    figure: z.enum(FIGURE_NAMES),
    ...bounds,
    top_percent: percent.describe('Among the customers in whom the figure is above 0; equals are in together.'),
    bottom_percent: percent,
    known: z.boolean().optional().describe('false = the customer has no such figure.')
  })
  .describe('A figure of the record, such as { figure: amount_365d_yen, top_percent: 10 }.')

const event = z
  .strictObject({
    event: word,
    shop: words.optional(),
    where: z.record(word, PropertyTest).optional().describe('Properties that the catalogue keeps in the clear.'),
    at_least: z.int().min(1).max(10_000).optional().describe('Times; 1 when left out.'),
    in_last: span.optional().describe('When left out: ever.')
  })
  .describe('Something that happened. What did not is { not: { event: … } }.')

const tag = z.strictObject({ tag: words }).describe('A tag set by staff or a flow; of several, any.')
const stage = z
  .strictObject({ stage: z.union([z.enum(STAGES), z.array(z.enum(STAGES)).min(1)]) })
  .describe('The lifecycle stage; of several, any.')

const tier = z.strictObject({ tier: words }).describe('The tier they have, by its key; of several, any.')

const quintile = z.int().min(1).max(5).optional()
const score = z
  .strictObject({
    score: z.enum(['recency', 'frequency', 'money']),
    gte: quintile,
    lte: quintile,
    is: quintile
  })
  .describe('A quintile, 5 is best, as of last night.')

const survey = z
  .strictObject({ survey: word, ...bounds, in_last: span.optional() })
  .describe('The newest score given to a survey, by its id.')

const coupon = z
  .strictObject({
    coupon: word.describe('The key of a coupon, or any.'),
    state: z.enum(['usable', 'redeemed', 'expired']),
    expires_in: days.optional().describe('Usable ones that expire by then.')
  })
  .describe('A coupon that the customer was given.')

const locale = z.strictObject({ locale: z.enum(['ja', 'en']) }).describe('The language they read.')
const line = z
  .strictObject({ line: z.enum(['reachable', 'blocked', 'none']) })
  .describe('Whether LINE messages reach them.')

const birthday = z
  .strictObject({ birthday: z.union([z.enum(['this_month', 'next_month']), z.int().min(1).max(12)]) })
  .describe('The month of their birthday: this_month, next_month, or 1 to 12.')
const gender = z.strictObject({ gender: z.enum(['female', 'male', 'other']) }).describe('As a source told it.')
const prefecture = z.strictObject({ prefecture: words }).describe('Such as 東京都; of several, any.')

const consent = z
  .strictObject({ consent: z.enum(CONSENTS), is: z.enum(['granted', 'refused']).optional() })
  .describe('Whether their data may be used for a purpose: by their answer, else by the default of flows/privacy.')

/** The conditions that hold no others, by the word that begins them. */
export const LEAVES = {
  ...{ figure, event, tag, stage, tier, score, survey, coupon, locale, line },
  ...{ birthday, gender, prefecture, consent }
} as const
export type LeafKind = keyof typeof LEAVES
export const LEAF_KINDS = Object.keys(LEAVES) as readonly LeafKind[]

export type Leaf = z.infer<(typeof LEAVES)[LeafKind]>
export type FigureLeaf = z.infer<typeof figure>
export type EventLeaf = z.infer<typeof event>
export type SurveyLeaf = z.infer<typeof survey>
export type CouponLeaf = z.infer<typeof coupon>
export type ConsentLeaf = z.infer<typeof consent>

/** Lower and upper bounds of a number, and what it has to be. */
export interface Bounds {
  readonly gte?: number | undefined
  readonly lte?: number | undefined
  readonly is?: number | undefined
}

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Leaf

const Condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(Condition).min(1).max(50) }),
      z.strictObject({ any: z.array(Condition).min(1).max(50) }),
      z.strictObject({ not: Condition }),
      ...Object.values(LEAVES)
    ])
  )
  .meta({ id: 'condition', description: 'One condition, or several under all, any and not.' })

/** Everything of a segment but who belongs to it. */
export const SEGMENT_HEAD = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, 'write 2 to 40 small letters, digits or hyphens, a letter first')
    .describe('The name it is kept under.'),
  name: localeText(40).describe('What people call it.'),
  about: localeText(200).optional().describe('What it is good for.')
} as const

export const Segment = z
  .strictObject({ ...SEGMENT_HEAD, who: Condition })
  .describe('A segment: a computed group of customers.')
export type Segment = z.infer<typeof Segment>

/** The JSON Schema of files under flows/segments, as editors use it. */
export function segmentJsonSchema(): unknown {
  return z.toJSONSchema(Segment, { io: 'input' })
}
