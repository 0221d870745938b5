import type { Tier, TiersDefinition } from './definition.ts'
import type { Standing, Sums } from './standing.ts'

/** What is missing to a tier: any one of these is enough. */
export interface Missing {
  readonly tier: Tier
  readonly spendYen: number | undefined
  readonly visits: number | undefined
  /** Which of them is nearer. */
  readonly nearest: 'spendYen' | 'visits'
  /** How far it is, 0–1, by what is nearest. */
  readonly doneRate: number
}

/** Where a customer stands and what is ahead. Days are business days. */
export interface Outlook {
  readonly tier: Tier
  /** Undefined = since ever. */
  readonly since: string | undefined
  /** The first day on which it may be lost; undefined = never. */
  readonly keptUntil: string | undefined
  /** Undefined at the top. */
  readonly next: Missing | undefined
  /** The time it is kept is over: what is missing to keep it, and the first day on which it is too late. */
  readonly grace: { readonly until: string; readonly missing: Missing } | undefined
}

/** Where somebody stands; undefined when their tier is not among these. */
export function outlookOf(
  { tiers }: TiersDefinition,
  { standing, sums }: { readonly standing: Standing | undefined; readonly sums: Sums },
  today: string
): Outlook | undefined {
  const rank = standing ? tiers.findIndex(({ key }) => key === standing.tier) : 0
  const [tier, next] = [tiers[rank], tiers[rank + 1]]
  if (!tier) return undefined
  const { keptUntil, dueOn } = standing ?? {}
  const isOver = keptUntil !== undefined && keptUntil <= today && dueOn !== undefined
  return {
    ...{ tier, keptUntil, since: standing?.since },
    next: next && missingTo(next, sums),
    grace: isOver ? { until: dueOn, missing: missingTo(tier, sums) } : undefined
  }
}

function missingTo(tier: Tier, { visits, spendYen }: Sums): Missing {
  const { spend_yen: yen, visits: times } = tier.reach ?? {}
  const [spendRate, visitRate] = [rateOf(spendYen, yen), rateOf(visits, times)]
  return {
    tier,
    spendYen: yen === undefined ? undefined : Math.max(0, yen - spendYen),
    visits: times === undefined ? undefined : Math.max(0, times - visits),
    nearest: visitRate > spendRate ? 'visits' : 'spendYen',
    doneRate: Math.min(1, Math.max(0, spendRate, visitRate))
  }
}

function rateOf(done: number, needed: number | undefined): number {
  return needed === undefined ? 0 : done / needed
}
