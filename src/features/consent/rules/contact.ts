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
  readonly lastToldAt: Date | undefined
}

/** Why a message must not be sent; undefined = it may. Service always may. */
export function withheldBy({ purpose, coupon }: Contact, standing: Standing, now: Date): Withheld | undefined {
  if (purpose === 'service') return undefined
  if (!standing.allowed) return 'consent'
  const { frequency, lastToldAt } = standing
  if (frequency === 'stop') return 'stopped'
  if (frequency === 'coupons' && !coupon) return 'coupons_only'
  const soonest = lastToldAt && lastToldAt.getTime() + LESS_DAYS * 86_400_000
  return frequency === 'less' && soonest && now.getTime() < soonest ? 'too_often' : undefined
}
