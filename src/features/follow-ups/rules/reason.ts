import type { LocaleText } from '../../../core/locale.ts'

/** Why a customer needs a person: what may be said about it, and how urgent it is. */

/**
 * What brought the reason: a low NPS, CSAT or CES, a step of another flow, a wish to talk, a wish to leave, a complaint, another
 * message for them, something that staff noticed.
 */
export const REASON_KINDS = [
  ...(['nps', 'csat', 'ces'] as const),
  ...(['flow', 'consult', 'cancel_intent', 'complaint', 'message', 'staff'] as const)
] as const
export type ReasonKind = (typeof REASON_KINDS)[number]

/** Whether a reason of this kind tells a score, so that words without one explain the score before them. */
export function isMeasured(kind: ReasonKind): boolean {
  return kind === 'nps' || kind === 'csat' || kind === 'ces'
}

/** Most urgent first. */
export const PRIORITIES = ['high', 'normal'] as const
export type Priority = (typeof PRIORITIES)[number]

/** How soon a person should have answered, as a duration from the moment the reason came. */
export const DUE: Readonly<Record<Priority, string>> = { high: '24h', normal: '3d' }

/** "last": who looked after the customer before; "least_busy": who has the fewest open follow-ups. */
export type Assign = 'last' | 'least_busy' | 'none'

/** A reason as a use case hands it over. */
export interface NewReason {
  readonly customerId: string
  readonly kind: ReasonKind
  readonly score?: number | undefined
  /** What it is called on the card, instead of the name of its kind; may name the customer and this score. */
  readonly title?: LocaleText | undefined
  /** Who is to have the follow-up while nobody has it: whoever had this customer last, or who has fewest. Default: nobody. */
  readonly assign?: Assign | undefined
  /** What the customer wrote, as they wrote it, or what staff noted; sealed in the store. */
  readonly words?: string | undefined
  /** Slack user id of who noted it; undefined = it came from the customer. */
  readonly by?: string | undefined
  readonly priority: Priority
  /** Until when staff should answer, as a duration from now: "24h". */
  readonly due: string
  /** Unique for this customer. Begin it with the cause of the work, so that words the customer takes back are found. */
  readonly cause: string
}

export function moreUrgent(one: Priority, other: Priority): Priority {
  return PRIORITIES.indexOf(one) <= PRIORITIES.indexOf(other) ? one : other
}
