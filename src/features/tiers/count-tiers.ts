import { dayOf, firstOfMonth, startOfDay } from '../../core/time.ts'
import type { Tx } from '../../platform/db/index.ts'
import { currentTiers } from './definition.ts'
import type { Tier } from './rules/definition.ts'
import { countCustomers, countHeld, countMoves } from './store/counts.ts'

/** A tier, its customers now, and how many came to it from below and from above since a month began. */
export interface TierCount {
  readonly tier: Tier
  readonly customers: number
  readonly up: number
  readonly down: number
}

/** All tiers from low to high; undefined while a shop has none. */
export async function countTiers(
  tx: Tx,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string }
): Promise<TierCount[] | undefined> {
  const tiers = await currentTiers(tx)
  if (!tiers) return undefined
  const held = await countHeld(tx)
  const moves = await countMoves(tx, startOfDay(firstOfMonth(dayOf(now, timeZone)), timeZone))
  const all = await countCustomers(tx)
  const [first] = tiers.rules.tiers
  const above = [...held].reduce((sum, [key, count]) => (key === first?.key ? sum : sum + count), 0)
  return tiers.rules.tiers.map((tier) => ({
    tier,
    customers: tier === first ? all - above : (held.get(tier.key) ?? 0),
    ...(moves.get(tier.key) ?? { up: 0, down: 0 })
  }))
}
