import type { LocaleText } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'
import { isOver, owedOf, usable } from './rules/ledger.ts'
import { findLots } from './store/ledger.ts'
import { currentProgramme } from './store/programme.ts'

/** How a customer stands with points. */
export interface Standing {
  /** What they can spend. */
  readonly points: number
  /** What later points will pay first. */
  readonly owed: number
  /** What runs out next, and the first instant at which it no longer holds. */
  readonly next: { readonly points: number; readonly endsAt: Date } | undefined
}

/** For staff to see at a glance. */
export interface PointsGlance extends Standing {
  readonly name: LocaleText
}

/** How a customer stands at an instant; undefined while there are no points. */
export async function pointsGlance(tx: Tx, customerId: string, now: Date): Promise<PointsGlance | undefined> {
  const programme = await currentProgramme(tx)
  return programme && { name: programme.definition.name, ...(await standingOf(tx, customerId, now)) }
}

/** How a customer stands at an instant, whatever the programme. */
export async function standingOf(tx: Tx, customerId: string, now: Date): Promise<Standing> {
  const lots = (await findLots(tx, customerId)) ?? []
  const ends = lots.flatMap((lot) => (lot.remaining > 0 && !isOver(lot, now) ? (lot.expiresAt?.getTime() ?? []) : []))
  const first = ends.length > 0 ? Math.min(...ends) : undefined
  const ending = lots.filter(({ expiresAt }) => expiresAt?.getTime() === first)
  return {
    points: usable(lots, now),
    owed: owedOf(lots),
    next: first === undefined ? undefined : { points: usable(ending, now), endsAt: new Date(first) }
  }
}
