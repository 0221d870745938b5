import type { Work } from '../../../platform/work.ts'
import { handCoupon } from '../../coupons/index.ts'
import { customerSummary } from '../../customers/index.ts'
import { handPoints } from '../../points/index.ts'
import { handStamp } from '../../stamps/index.ts'
import { noticeMissing } from '../notice-missing.ts'
import type { Deed } from '../rules/schema.ts'
import type { Progress } from './progress.ts'

export interface Giving {
  readonly step: Extract<Deed, { do: 'give' }>
  readonly visit: number
}

/** Gives the customer a stamp, points or a coupon, once for each passing of the step, and shows it to them. */
export async function give(work: Work, { kept }: Progress, { step, visit }: Giving): Promise<void> {
  const { id: runId, customerId } = kept
  const locale = (await customerSummary(work.tx, work.cipher, customerId))?.locale ?? 'ja'
  const to = { customerId, locale, cause: `${presentsOf(runId)}${visit}:${step.id}` }
  const { outcome, missing } = await hand(work, to, step)
  if (outcome === 'missing') await noticeMissing(work, kept, missing)
}

/** What came of it, and what is not published if nothing did. */
async function hand(work: Work, to: Parameters<typeof handStamp>[1], { coupon, points }: Giving['step']) {
  if (coupon !== undefined)
    return {
      outcome: await handCoupon(work, { ...to, key: coupon }),
      missing: { what: 'coupon', name: coupon }
    } as const
  if (points !== undefined)
    return { outcome: await handPoints(work, { ...to, points }), missing: { what: 'points', name: '' } } as const
  return { outcome: await handStamp(work, to), missing: { what: 'card', name: '' } } as const
}

/** What the causes of all that a run gives begin with. */
export function presentsOf(runId: string): string {
  return `flow:${runId}:`
}
