import type { Tx } from '../../../platform/db/index.ts'
import { byId, current } from '../../definitions/index.ts'
import { PROGRAMME, type Reward, StampCardDefinition } from '../rules/definitions.ts'
import type { StampCard } from '../rules/stamp-card.ts'

/** A published programme. */
export interface Programme {
  readonly definitionId: string
  readonly definition: StampCardDefinition
}

/** A coupon that a customer has. `serial` ("7H2K-9M4P") is what staff ask for. */
export interface Coupon {
  readonly serial: string
  readonly reward: Reward
  readonly programme: StampCardDefinition
  /** The first instant at which it no longer holds; undefined = it never ends. */
  readonly expiresAt: Date | undefined
}

/** The programme as it is now; undefined while none is published. */
export async function currentProgramme(tx: Tx): Promise<Programme | undefined> {
  const published = await current(tx, 'stamp_card', PROGRAMME)
  return published && { definitionId: published.id, definition: StampCardDefinition.parse(published.body) }
}

/** Further back there is none left to fill but in odd cases. */
const RECENT_CARDS = 5

async function definitionOf(tx: Tx, id: string): Promise<StampCardDefinition> {
  const published = await byId(tx, id)
  if (!published) throw new Error(`No definition ${id}, though a card or coupon was made from it`)
  return StampCardDefinition.parse(published.body)
}

/**
 * The customer's newest card that takes stamps at an instant: after a merge an older one may be left to fill. Without any,
 * the newest of all.
 */
export async function latestCard(tx: Tx, customerId: string, at: Date): Promise<StampCard | undefined> {
  const rows = await tx.stampCard.findMany({
    where: { customerId, programme: PROGRAMME },
    orderBy: { number: 'desc' },
    include: { stamps: { orderBy: { position: 'asc' } } },
    take: RECENT_CARDS
  })
  const row = rows.find(({ completedAt, expiresAt }) => !completedAt && (!expiresAt || expiresAt > at)) ?? rows[0]
  if (!row) return undefined
  const { id, number, definitionId, startedAt, stamps } = row
  return {
    id,
    number,
    definitionId,
    definition: await definitionOf(tx, definitionId),
    startedAt,
    expiresAt: row.expiresAt ?? undefined,
    completedAt: row.completedAt ?? undefined,
    stamps: stamps.map(({ position, shop, grantedAt }) => ({ position, shop, grantedAt }))
  }
}

/** Begins a card of the programme as it is now. */
export async function insertCard(
  tx: Tx,
  customerId: string,
  card: Programme & Pick<StampCard, 'number' | 'startedAt' | 'expiresAt'>
): Promise<StampCard> {
  const { definitionId, definition, number, startedAt, expiresAt } = card
  const { id } = await tx.stampCard.create({
    data: { customerId, programme: PROGRAMME, definitionId, number, startedAt, expiresAt: expiresAt ?? null }
  })
  return { id, number, definitionId, definition, startedAt, expiresAt, completedAt: undefined, stamps: [] }
}

/** Whether the customer got a stamp for this code or this cause before. */
export async function hasStampFor(
  tx: Tx,
  customerId: string,
  { code, cause }: { code: string; cause: string }
): Promise<boolean> {
  const found = await tx.stamp.findFirst({ where: { customerId, OR: [{ code }, { cause }] }, select: { id: true } })
  return found !== null
}

/** When the customer got their newest stamp, on whichever card. */
export async function lastStampAt(tx: Tx, customerId: string): Promise<Date | undefined> {
  const row = await tx.stamp.findFirst({
    where: { customerId, card: { programme: PROGRAMME } },
    orderBy: { grantedAt: 'desc' },
    select: { grantedAt: true }
  })
  return row?.grantedAt
}

export interface NewStamp {
  readonly customerId: string
  readonly cardId: string
  readonly position: number
  readonly shop: string
  readonly cause: string
  readonly code: string
  readonly grantedAt: Date
}

/** Puts a stamp on a card. Throws on a second one for the same code, cause or place: a broken invariant. */
export async function insertStamp(tx: Tx, stamp: NewStamp): Promise<void> {
  await tx.stamp.create({ data: stamp })
}

/** Notes that a card is full. */
export async function completeCard(tx: Tx, cardId: string, at: Date): Promise<void> {
  await tx.stampCard.update({ where: { id: cardId }, data: { completedAt: at } })
}

export interface NewGrant {
  readonly customerId: string
  readonly coupon: string
  readonly definitionId: string
  readonly serial: string
  readonly cause: string
  readonly grantedAt: Date
  readonly expiresAt: Date | null
}

/** Gives a coupon. Throws on a second one for the same cause. */
export async function insertGrant(tx: Tx, grant: NewGrant): Promise<void> {
  await tx.couponGrant.create({ data: grant })
}

/** The customer's coupons that hold at an instant, the ones that end first before the others; at most `limit`. */
export async function validCoupons(
  tx: Tx,
  customerId: string,
  { at, limit }: { at: Date; limit: number }
): Promise<Coupon[]> {
  const rows = await tx.couponGrant.findMany({
    where: { customerId, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    orderBy: [{ expiresAt: { sort: 'asc', nulls: 'last' } }, { grantedAt: 'asc' }],
    take: limit
  })
  return Promise.all(
    rows.map(async ({ definitionId, serial, expiresAt }) => {
      const programme = await definitionOf(tx, definitionId)
      return { serial, reward: programme.reward, programme, expiresAt: expiresAt ?? undefined }
    })
  )
}

/** How many coupons of a customer hold at an instant, and when the first of them ends; undefined = none of them does. */
export async function countCoupons(
  tx: Tx,
  customerId: string,
  at: Date
): Promise<{ count: number; firstEnd: Date | undefined }> {
  const { _count, _min } = await tx.couponGrant.aggregate({
    where: { customerId, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    _count: true,
    _min: { expiresAt: true }
  })
  return { count: _count, firstEnd: _min.expiresAt ?? undefined }
}

/** Whose coupon has this serial. */
export async function findOwner(tx: Tx, serial: string): Promise<string | undefined> {
  return (await tx.couponGrant.findUnique({ where: { serial }, select: { customerId: true } }))?.customerId
}
