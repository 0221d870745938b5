import { dayOf, daysBetween } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { customerSummary } from '../customers/index.ts'
import { customerFigures } from '../events/index.ts'
import { segmentsOf } from '../segments/index.ts'
import { tierNow } from '../tiers/index.ts'
import type { Facts, Known } from './rules/conditions.ts'
import type { CustomerFactName } from './rules/customer-facts.ts'
import { customerFactsNamed } from './rules/named.ts'
import type { Flow } from './rules/schema.ts'

/** What a flow asks about a customer, as it is now; asks nobody when the flow names nothing of it. */
export async function knownFacts(work: Work, flow: Flow, customerId: string): Promise<Facts> {
  const named = customerFactsNamed(flow)
  if (named.size === 0) return {}
  const facts = await allFacts(work, customerId)
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (named.has(name) && value !== undefined ? [[name, value]] : []))
  )
}

async function allFacts(
  { tx, cipher, now, timeZone }: Work,
  customerId: string
): Promise<Record<CustomerFactName, Known | undefined>> {
  const customer = await customerSummary(tx, cipher, customerId)
  const figures = await customerFigures(tx, customerId)
  const lastVisitAt = customer?.lastVisitAt
  const locale = customer?.locale ?? 'ja'
  const tier = await tierNow(tx, customerId)
  return {
    'customer.stage': figures?.stage,
    'customer.locale': locale,
    'customer.visits': figures?.visits ?? 0,
    'customer.visits_90d': figures?.visits90d ?? 0,
    'customer.days_since_visit': lastVisitAt && daysBetween(dayOf(lastVisitAt, timeZone), dayOf(now, timeZone)),
    'customer.gap_mean_days': figures?.gapMeanDays,
    'customer.orders': figures?.value.orders ?? 0,
    'customer.amount_yen': figures?.value.yenEver ?? 0,
    'customer.amount_365d_yen': figures?.value.yen365d ?? 0,
    'customer.last_nps': figures?.nps?.score,
    'customer.last_csat': figures?.lastCsat,
    'customer.coupons_granted': figures?.couponsGranted ?? 0,
    'customer.tier': tier?.key,
    'customer.tier_name': tier?.name[locale],
    'customer.tags': customer?.tags ?? [],
    'customer.segments': await segmentsOf(tx, customerId)
  }
}
