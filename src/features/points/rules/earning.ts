import { dayOf, weekdayOf } from '../../../core/time.ts'
import type { EarnRule, PointsDefinition } from './definition.ts'

/** What happened, as far as points go by it. */
export interface Happening {
  readonly name: string
  readonly at: Date
  readonly source: string
  readonly sourceId: string
  readonly shop?: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Told later than this, it gives and takes nothing. */
const TOLD_WITHIN_MS = 7 * 24 * 3_600_000

/** Whether what happened counts: after the programme's first publication, and told in time. */
export function isInTime(at: Date, { since, now }: { readonly since: Date; readonly now: Date }): boolean {
  return at >= since && now.getTime() - at.getTime() <= TOLD_WITHIN_MS
}

/** The points that something gives by the rules and campaigns; 0 = none. */
export function pointsFor(definition: PointsDefinition, happened: Happening, timeZone: string): number {
  const plain = definition.earn.reduce((sum, rule) => sum + (isFor(rule, happened) ? given(rule, happened) : 0), 0)
  return Math.floor(plain * timesFor(definition, happened, timeZone))
}

function isFor(rule: EarnRule, { name, properties }: Happening): boolean {
  if (rule.on !== name) return false
  return rule.on !== 'survey.answered' || rule.survey === undefined || rule.survey === properties.survey
}

function given(rule: EarnRule, happened: Happening): number {
  if (rule.on !== 'order.completed' || rule.per_yen === undefined) return rule.points
  return Math.floor(amountOf(happened) / rule.per_yen) * rule.points
}

function timesFor({ campaigns }: PointsDefinition, { name, at, shop }: Happening, timeZone: string): number {
  const day = dayOf(at, timeZone)
  const weekday = weekdayOf(day)
  const fitting = campaigns.filter(
    ({ from, to, on, shops, weekdays }) =>
      from <= day &&
      day <= to &&
      (on === undefined || on === name) &&
      (shops === undefined || (shop !== undefined && shops.includes(shop))) &&
      (weekdays === undefined || weekdays.includes(weekday))
  )
  return Math.max(1, ...fitting.map(({ times }) => times))
}

/** Whole yen of an order or a refund; 0 when it tells none. */
export function amountOf({ properties }: Pick<Happening, 'properties'>): number {
  return typeof properties.amount === 'number' ? properties.amount : 0
}

/** The order's own id, which its refunds name too; an order told without one is known by what its source calls it. */
export function orderOf({ properties, sourceId }: Pick<Happening, 'properties' | 'sourceId'>): string {
  return typeof properties.order_id === 'string' ? properties.order_id : sourceId
}

/** What gives points once: told again, or corrected, it has the same cause. */
export function causeOf(happened: Happening, timeZone: string): string {
  const { name, at, source, sourceId, properties } = happened
  if (name === 'order.completed') return `order:${source}:${orderOf(happened)}`
  if (name === 'visit') return `visit:${dayOf(at, timeZone)}`
  // A survey's answers are facts of their own, called after the one time it was asked.
  const asked = source === 'flow' ? sourceId.split(':', 1)[0] : sourceId
  return `survey:${String(properties.survey ?? '')}:${asked}`
}

/** An order that gave points, and what was refunded of it so far. */
export interface Refunded {
  /** What it gave. */
  readonly points: number
  readonly amountYen: number
  readonly refundedYen: number
  /** Of what it gave, what was taken back before, and what ran out unspent: neither is taken again. */
  readonly takenBack: number
  readonly expired: number
}

/** How many points refunds take back: their part of what the order gave, rounded in the customer's favour. */
export function pointsToTakeBack({ points, amountYen, refundedYen, takenBack, expired }: Refunded): number {
  const part = refundedYen >= amountYen ? points : Math.floor((points * refundedYen) / amountYen)
  return Math.max(0, Math.min(part, points - expired) - takenBack)
}
