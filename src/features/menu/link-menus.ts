import type { Database } from '../../platform/db/index.ts'
import { MOST_LINKED_AT_ONCE, type RichMenuClient } from '../../platform/line/index.ts'
import { tiersAsOf } from '../tiers/index.ts'
import { menuFor } from './rules/menus.ts'
import { customersOnLine, type MenuAtLine, menusAtLine, type OnLine, onLine, saveLinks } from './store.ts'

export interface LinkDeps {
  readonly db: Database
  readonly client: Pick<RichMenuClient, 'link' | 'unlink'>
  /** Business time. */
  readonly now: Date
}

/** Somebody who is to see another menu: LINE's id, undefined = the default. */
interface Move {
  readonly person: OnLine
  readonly to: string | undefined
}

/** Two who change the same person's menu at once see it when they look again; more rounds mean that something is wrong. */
const MOST_ROUNDS = 5
/** Below every id. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Lets LINE show customers the menus that are theirs by their language and tier, and says how many people see another one
 * now. It compares with what LINE was told last, so that whoever sees the right one costs no call, and looks again
 * afterwards: what changed meanwhile is not lost. Throws LineError.
 */
export async function linkMenus(deps: LinkDeps, customerIds: readonly string[]): Promise<number> {
  const menus = await menusAtLine(deps.db.prisma)
  if (menus.length === 0) return 0
  let moved = 0
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const moves = await movesOf(deps, menus, customerIds)
    if (moves.length === 0) break
    for (const [to, people] of Map.groupBy(moves, (one) => one.to)) await move(deps, to, people)
    moved += moves.length
  }
  return moved
}

/** The same for everybody on LINE. */
export async function linkEverybody(deps: LinkDeps): Promise<number> {
  let moved = 0
  let page = await customersOnLine(deps.db, { after: NOBODY, limit: MOST_LINKED_AT_ONCE })
  while (page.length > 0) {
    moved += await linkMenus(deps, page)
    page = await customersOnLine(deps.db, { after: page.at(-1) ?? NOBODY, limit: MOST_LINKED_AT_ONCE })
  }
  return moved
}

async function movesOf(
  { db, now }: LinkDeps,
  menus: readonly MenuAtLine[],
  customerIds: readonly string[]
): Promise<Move[]> {
  const people = await onLine(db, customerIds)
  const tiers = await tiersAsOf(db.prisma, customerIds, now)
  return people.flatMap((person): Move[] => {
    const menu = menuFor(menus, { locale: person.locale, tier: tiers.get(person.customerId) })
    const to = menu?.isDefault ? undefined : menu?.lineId
    return to === person.linked ? [] : [{ person, to }]
  })
}

/** LINE first: what it was not told is not remembered, and a call that is made again does no harm. */
async function move({ db, client, now }: LinkDeps, to: string | undefined, moves: readonly Move[]): Promise<void> {
  for (let start = 0; start < moves.length; start += MOST_LINKED_AT_ONCE) {
    const people = moves.slice(start, start + MOST_LINKED_AT_ONCE).map(({ person }) => person)
    const userIds = people.map(({ userId }) => userId)
    await (to === undefined ? client.unlink(userIds) : client.link(userIds, to))
    await saveLinks(db, people, { lineId: to, at: now })
  }
}
