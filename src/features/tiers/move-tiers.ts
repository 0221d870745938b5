import { dayOf } from '../../core/time.ts'
import type { Fact, FiguresChange, Work } from '../../platform/work.ts'
import { lockFigures, type Recording } from '../events/index.ts'
import { currentTiers, type TiersInForce } from './definition.ts'
import type { TiersDefinition } from './rules/definition.ts'
import { beforeWindow } from './rules/period.ts'
import { nextMove } from './rules/standing.ts'
import { findNote, PLACED } from './store/notes.ts'
import { findLives, type Life, type NewStanding, saveStandings } from './store/standings.ts'

/** What is older than this is no news: nobody is congratulated on what an import says of last year. */
const NEWS_MS = 24 * 3_600_000

/** Looks at customers whose figures have changed, in a fixed number of statements; the facts of those who moved by news. */
export async function onFigures(work: Work, changes: readonly FiguresChange[]): Promise<Fact[]> {
  const tiers = await currentTiers(work.tx)
  if (!tiers) return []
  const customerIds = changes.map(({ customerId }) => customerId)
  const moves = await findMoves(work, tiers.rules, customerIds)
  // Until everybody has been placed by rules that are new, who moves may have been there long before.
  const isPlaced = moves.length > 0 && (await findNote(work.tx, PLACED)) === tiers.id
  const isNews = ({ at }: FiguresChange) => work.now.getTime() - at.getTime() <= NEWS_MS
  const lively = new Set(isPlaced ? changes.filter(isNews).map(({ customerId }) => customerId) : [])
  return saveMoves(work, { moves, isTold: (customerId) => lively.has(customerId) }, firstOf(tiers.rules))
}

/** Looks at customers whose time is over: keeps what changes, and answers the facts. */
export async function moveDue(work: Work, { rules }: TiersInForce, customerIds: readonly string[]): Promise<Fact[]> {
  await lockFigures(work.tx, customerIds)
  const moves = await findMoves(work, rules, customerIds)
  return saveMoves(work, { moves, isTold: () => true }, firstOf(rules))
}

/** Gives customers the tiers that are theirs by what they did, and nobody is told. What ends is left to moveDue. */
export async function placeTiers(
  work: Recording,
  { rules }: TiersInForce,
  customerIds: readonly string[]
): Promise<void> {
  await lockFigures(work.tx, customerIds)
  const moves = (await findMoves(work, rules, customerIds)).filter(({ change }) => change?.reason !== 'ended')
  await saveMoves(work, { moves, isTold: () => false }, firstOf(rules))
}

/** The tier of those who have none of their own. */
function firstOf({ tiers }: TiersDefinition): string {
  return tiers[0]?.key ?? ''
}

interface Moved extends NewStanding {
  /** The places of the tier and of the one before. */
  readonly ranks: { readonly now: number; readonly before: number }
}

async function findMoves(
  { tx, now, timeZone }: Recording,
  rules: TiersDefinition,
  customerIds: readonly string[]
): Promise<Moved[]> {
  const today = dayOf(now, timeZone)
  const lives = await findLives(tx, customerIds, beforeWindow(today, rules.window))
  return lives.flatMap((life) => moveOf(rules, life, today))
}

function moveOf(rules: TiersDefinition, { customerId, ...life }: Life, today: string): Moved[] {
  const move = nextMove(rules, life, today)
  if (!move) return []
  const { standing, reason } = move
  const change = reason && { before: life.standing?.tier ?? null, reason }
  return [{ customerId, standing, change, ranks: { now: standing.rank, before: life.standing?.rank ?? 0 } }]
}

interface Saving {
  readonly moves: readonly Moved[]
  readonly isTold: (customerId: string) => boolean
}

/** Keeps moves; the facts of those that are told. The others are in the history as what the rules made of them. */
async function saveMoves({ tx, now }: Recording, { moves, isTold }: Saving, first: string): Promise<Fact[]> {
  if (moves.length === 0) return []
  const kept = moves.map((move) =>
    move.change?.reason === 'reached' && !isTold(move.customerId)
      ? { ...move, change: { ...move.change, reason: 'rules' as const } }
      : move
  )
  const numbers = await saveStandings(tx, kept, now)
  return kept.flatMap(({ customerId, standing: { tier }, change, ranks }) => {
    const number = numbers.get(customerId)
    if (!change || number === undefined || !isTold(customerId)) return []
    const direction = ranks.now >= ranks.before ? 'up' : 'down'
    const about = { customerId, name: 'tier.changed', at: now, source: 'tiers', sourceId: `${customerId}:${number}` }
    return [{ ...about, properties: { from: change.before ?? first, to: tier, direction, number } }]
  })
}
