import type { Work } from '../../../platform/work.ts'
import { handCoupon } from '../../coupons/index.ts'
import { customerSummary } from '../../customers/index.ts'
import { handStamp } from '../../stamps/index.ts'
import { noticeMissing } from '../notice-missing.ts'
import type { Deed } from '../rules/schema.ts'
import type { Progress } from './progress.ts'

export interface Giving {
  readonly step: Extract<Deed, { do: 'give' }>
  readonly visit: number
}

/** Gives the customer a stamp or a coupon, once for each passing of the step, and shows it to them. */
export async function give(work: Work, { kept }: Progress, { step, visit }: Giving): Promise<void> {
  const { id: runId, customerId } = kept
  const locale = (await customerSummary(work.tx, work.cipher, customerId))?.locale ?? 'ja'
  const to = { customerId, locale, cause: `${presentsOf(runId)}${visit}:${step.id}` }
  const { coupon: key } = step
  const outcome = key === undefined ? await handStamp(work, to) : await handCoupon(work, { ...to, key })
  if (outcome === 'missing')
    await noticeMissing(work, kept, key === undefined ? { what: 'card', name: '' } : { what: 'coupon', name: key })
}

/** What the causes of all that a run gives begin with. */
export function presentsOf(runId: string): string {
  return `flow:${runId}:`
}
