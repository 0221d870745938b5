import type { Purpose } from './purpose.ts'

/** How often a customer wants to hear from us, besides the service itself. */
export const FREQUENCIES = ['normal', 'less', 'coupons', 'stop'] as const
export type Frequency = (typeof FREQUENCIES)[number]

/** With "less", at most one message in this time, of research and marketing together. */
export const LESS_DAYS = 30

/** What somebody means to write to a customer. */
export interface Contact {
  readonly purpose: Purpose
  /** It brings a coupon: those who want only coupons get it. */
  readonly coupon?: boolean
}

/** Why a customer is not written to. */
export type Withheld = 'consent' | 'stopped' | 'coupons_only' | 'too_often'

/** What decides about writing to a customer. `allowed` = the purpose is, by consent. */
export interface Standing {
  readonly allowed: boolean
  readonly frequency: Frequency
  /** When they were written to in the last LESS_DAYS, the newest first. */
  readonly told: readonly Date[]
}

/** How often customers are written to at most, of all flows together; the service itself does not count. */
export interface Cap {
  readonly perDay: number
  readonly perWeek: number
}

/** Why a message must not be sent; undefined = it may. Service always may. */
export function withheldBy({ purpose, coupon }: Contact, standing: Standing, now: Date): Withheld | undefined {
  if (purpose === 'service') return undefined
  if (!standing.allowed) return 'consent'
  const { frequency, told } = standing
  if (frequency === 'stop') return 'stopped'
  if (frequency === 'coupons' && !coupon) return 'coupons_only'
  return frequency === 'less' && isWithin(told[0], LESS_DAYS, now) ? 'too_often' : undefined
}

/** When the next message fits under a cap; undefined = now. A day is 24 hours, a week seven of them. */
export function capUntil({ perDay, perWeek }: Cap, told: readonly Date[], now: Date): Date | undefined {
  // The n-th newest has to be a day (a week) ago.
  const ends = [
    [told[perDay - 1], 1],
    [told[perWeek - 1], 7]
  ] as const
  const times = ends.flatMap(([at, days]) => (at && isWithin(at, days, now) ? [at.getTime() + days * DAY_MS] : []))
  return times.length > 0 ? new Date(Math.max(...times)) : undefined
}

const DAY_MS = 86_400_000

function isWithin(at: Date | undefined, days: number, now: Date): boolean {
  return at !== undefined && now.getTime() < at.getTime() + days * DAY_MS
}
