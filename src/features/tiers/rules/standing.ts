import { addDays } from '../../../core/time.ts'
import type { Tier, TiersDefinition } from './definition.ts'
import { addPeriod } from './period.ts'

/** What a customer did within the window. */
export interface Sums {
  readonly visits: number
  /** Less refunds: it may be negative. */
  readonly spendYen: number
}

/** The tier a customer has. Days are business days ("2026-11-21"). */
export interface Standing {
  readonly tier: string
  /** Its place among the tiers, 0 = the first. */
  readonly rank: number
  readonly since: string
  /** The first day on which it may be lost; undefined = never. */
  readonly keptUntil: string | undefined
  /** When it is looked at: `keptUntil`, or the end of the grace. */
  readonly dueOn: string | undefined
}

/** Why a tier changed; "rules": the one they had is no more, or what counted lay there before. */
export type Reason = 'reached' | 'ended' | 'rules'

/** A standing to be kept; without a reason the tier stays. */
export interface Move {
  readonly standing: Standing
  readonly reason?: Reason
}

/** The place of the highest tier that the sums reach; 0 = the first, which is everybody's. */
export function rankReached(tiers: readonly Tier[], sums: Sums): number {
  return Math.max(
    0,
    tiers.findLastIndex(({ reach }) => reach !== undefined && isReached(reach, sums))
  )
}

function isReached({ spend_yen, visits }: NonNullable<Tier['reach']>, sums: Sums): boolean {
  return (spend_yen !== undefined && sums.spendYen >= spend_yen) || (visits !== undefined && sums.visits >= visits)
}

/**
 * What becomes of a standing on a day; undefined = nothing. Up at once; down only when the time it is kept and the grace are
 * over; renewed when the sums suffice at the end, or at any time within the grace. No standing = the first tier.
 */
export function nextMove(
  rules: TiersDefinition,
  { standing, sums }: { readonly standing: Standing | undefined; readonly sums: Sums },
  today: string
): Move | undefined {
  const reached = rankReached(rules.tiers, sums)
  const rank = standing ? rules.tiers.findIndex(({ key }) => key === standing.tier) : 0
  if (rank < 0) return { standing: begun(rules, reached, today), reason: 'rules' }
  if (reached > rank) return { standing: begun(rules, reached, today), reason: 'reached' }
  if (!standing) return undefined
  const kept = standing.rank === rank ? undefined : { standing: { ...standing, rank } }
  if (rank === 0) return standing.keptUntil === undefined ? kept : { standing: { ...standing, rank, ...FOR_EVER } }
  const keptUntil = standing.keptUntil ?? addPeriod(today, rules.keep)
  if (keptUntil > today)
    return standing.dueOn === keptUntil ? kept : { standing: until({ ...standing, rank }, keptUntil) }
  if (reached === rank) return { standing: until({ ...standing, rank }, addPeriod(today, rules.keep)) }
  const graceEnd = addDays(keptUntil, Number.parseInt(rules.grace, 10))
  if (graceEnd <= today) return { standing: begun(rules, reached, today), reason: 'ended' }
  return standing.dueOn === graceEnd ? kept : { standing: { ...standing, rank, dueOn: graceEnd } }
}

const FOR_EVER = { keptUntil: undefined, dueOn: undefined }

function begun({ tiers, keep }: TiersDefinition, rank: number, today: string): Standing {
  const begins = { tier: tiers[rank]?.key ?? '', rank, since: today, ...FOR_EVER }
  return rank === 0 ? begins : until(begins, addPeriod(today, keep))
}

function until(standing: Standing, day: string): Standing {
  return { ...standing, keptUntil: day, dueOn: day }
}
