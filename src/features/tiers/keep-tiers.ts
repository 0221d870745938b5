import { newId } from '../../core/ids.ts'
import { dayOf } from '../../core/time.ts'
import type { Context } from '../../platform/feature.ts'
import { announceLater, recordEvents } from '../events/index.ts'
import { currentTiers, type TiersInForce } from './definition.ts'
import { moveDue, placeTiers } from './move-tiers.ts'
import type { TiersDefinition } from './rules/definition.ts'
import { beforeWindow } from './rules/period.ts'
import { nextMove } from './rules/standing.ts'
import { findNote, LOOKED_ON, PLACED, PLACING, saveNote } from './store/notes.ts'
import { customersDue, type Entry, livesIn, pieceAfter } from './store/standings.ts'

/** A batch is one transaction, which holds up the customers in it. */
const DUE_AT_ONCE = 500
const LOOKED_AT_ONCE = 4_000
/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

export type Keeping = Pick<Context, 'scope' | 'perform'> & {
  /** Whether to leave the rest for another time. */
  readonly isOver: () => boolean
}

/**
 * Keeps tiers true as time goes by: looks at everybody once a day, and at once by new rules, because windows move and imports
 * tell nobody; then at those whose time is over. Does as much as there is time for; answers whether all is done.
 */
export async function keepTiers(keeping: Keeping): Promise<boolean> {
  const tiers = await currentTiers(keeping.scope.db.prisma)
  if (!tiers) return true
  return (await placeAll(keeping, tiers)) && passDue(keeping, tiers)
}

async function placeAll({ scope, isOver }: Keeping, tiers: TiersInForce): Promise<boolean> {
  const { db, timeZone } = scope
  const today = dayOf(scope.now(), timeZone)
  const isPlaced = (await findNote(db.prisma, PLACED)) === tiers.id
  if (isPlaced && (await findNote(db.prisma, LOOKED_ON)) === today) return true
  const [rules, day, last = FIRST_ID] = (await findNote(db.prisma, PLACING))?.split(' ') ?? []
  const looking = { begin: beforeWindow(today, tiers.rules.window), entry: entryOf(tiers.rules) }
  let after = rules === tiers.id && day === today ? last : FIRST_ID
  for (;;) {
    const piece = await pieceAfter(db, after, LOOKED_AT_ONCE)
    if (!piece) break
    const lives = await livesIn(db, piece, looking)
    const moving = lives.flatMap(({ customerId, ...life }) => (nextMove(tiers.rules, life, today) ? [customerId] : []))
    if (moving.length > 0) {
      const recording = { cipher: db.cipher, now: scope.now(), timeZone }
      await db.transaction((tx) => placeTiers({ ...recording, tx }, tiers, moving))
    }
    after = piece.last
    await saveNote(db, PLACING, `${tiers.id} ${today} ${after}`)
    if (isOver()) return false
  }
  await saveNote(db, PLACED, tiers.id)
  await saveNote(db, LOOKED_ON, today)
  return true
}

/** What leads out of the first tier. */
function entryOf({ tiers }: TiersDefinition): Entry {
  const least = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined)
    return known.length > 0 ? Math.min(...known) : undefined
  }
  return {
    visits: least(tiers.map(({ reach }) => reach?.visits)),
    spendYen: least(tiers.map(({ reach }) => reach?.spend_yen))
  }
}

async function passDue({ scope, perform, isOver }: Keeping, tiers: TiersInForce): Promise<boolean> {
  const today = dayOf(scope.now(), scope.timeZone)
  let before: string | undefined
  for (;;) {
    const ids = await customersDue(scope.db, today, DUE_AT_ONCE)
    if (ids.length === 0) return true
    // Whoever was looked at is not due any more; should one be, it must not go on for ever.
    if (ids[0] === before) throw new Error(`The tier of customer ${before} does not settle`)
    before = ids[0]
    await perform(`tiers:due:${newId()}`, async (work) => {
      const facts = await moveDue(work, tiers, ids)
      await recordEvents(work, facts)
      announceLater(work, facts)
    })
    if (isOver()) return false
  }
}
