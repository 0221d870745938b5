import { dayOf, startOfDay } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { handCoupon } from '../coupons/index.ts'
import { customerSummary } from '../customers/index.ts'
import { currentTiers } from './definition.ts'
import { addMonths } from './rules/period.ts'
import { takeGift } from './store/history.ts'

/** Somebody who falls and rises again within these gets a tier's present once. */
const ONCE_IN_MONTHS = 12

/** Hands over the coupon of a tier that somebody has just reached. */
export async function giveGift(work: Work, { customerId, properties, sourceId }: Fact): Promise<void> {
  const { tx, cipher, now, timeZone } = work
  const { to, direction, number } = properties
  if (direction !== 'up' || typeof number !== 'number') return
  const tier = (await currentTiers(tx))?.rules.tiers.find(({ key }) => key === to)
  if (!tier?.gift) return
  await lockKey(tx, customerId)
  const [livedAs = customerId] = sourceId.split(':')
  const since = startOfDay(addMonths(dayOf(now, timeZone), -ONCE_IN_MONTHS), timeZone)
  if (!(await takeGift(tx, { customerId, livedAs, tier: tier.key, number }, { at: now, since }))) return
  const locale = (await customerSummary(tx, cipher, customerId))?.locale ?? 'ja'
  const outcome = await handCoupon(work, { customerId, locale, cause: `tier:${livedAs}:${number}`, key: tier.gift })
  if (outcome === 'missing') work.log.warn('The gift of a tier is no coupon that is published', { tier: tier.key })
}
