import type { Tx } from '../../../platform/db/index.ts'
import type { StampCardDefinition } from '../rules/definitions.ts'
import type { Stamp, StampCard } from '../rules/stamp-card.ts'
import { VISITS, type Way } from '../rules/way.ts'
import { lookOf, type Programme, termsOf } from './programmes.ts'

/**
 * A customer's card of each programme of which they have some, by its key: the newest that takes stamps at an instant,
 * because after a merge an older one may be left to fill; without any, the newest of all.
 */
export async function latestCards(tx: Tx, customerId: string, at: Date): Promise<ReadonlyMap<string, StampCard>> {
  const rows = await latestRows(tx, customerId, at)
  const stamps = await stampsOf(tx, rows)
  const cards = rows.map(async (row) => [row.programme, await cardOf(tx, row, stamps.get(row.id) ?? [])] as const)
  return new Map(await Promise.all(cards))
}

/** A card that takes stamps, in few words. */
export interface CountedCard {
  readonly number: number
  readonly terms: StampCardDefinition
  readonly stamps: number
}

/** The customer's cards that take stamps at an instant, the newest of each programme. */
export async function countedCards(tx: Tx, customerId: string, at: Date): Promise<CountedCard[]> {
  const rows = await tx.stampCard.findMany({
    where: { customerId, completedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    orderBy: [{ programme: 'asc' }, { number: 'desc' }],
    include: { _count: { select: { stamps: { where: { voidedAt: null } } } } }
  })
  const newest = rows.filter(({ programme }, index) => rows[index - 1]?.programme !== programme)
  const cards = newest.map(async ({ number, definitionId, _count: { stamps } }) => {
    return { number, terms: await termsOf(tx, definitionId), stamps }
  })
  return Promise.all(cards)
}

function latestRows(tx: Tx, customerId: string, at: Date): Promise<CardRow[]> {
  return tx.$queryRaw<CardRow[]>`
    SELECT DISTINCT ON (programme) id::text AS id, programme, number, definition_id::text AS "definitionId",
      started_at AS "startedAt", expires_at AS "expiresAt", completed_at AS "completedAt"
    FROM stamp_card WHERE customer_id = ${customerId}::uuid
    ORDER BY programme, (completed_at IS NULL AND (expires_at IS NULL OR expires_at > ${at})) DESC, number DESC`
}

interface CardRow {
  readonly id: string
  readonly programme: string
  readonly number: number
  readonly definitionId: string
  readonly startedAt: Date
  readonly expiresAt: Date | null
  readonly completedAt: Date | null
}

/** The stamps of cards, by card, in order. */
async function stampsOf(tx: Tx, cards: readonly CardRow[]): Promise<ReadonlyMap<string, Stamp[]>> {
  const stamps = new Map<string, Stamp[]>(cards.map(({ id }) => [id, []]))
  if (stamps.size === 0) return stamps
  const rows = await tx.stamp.findMany({
    where: { cardId: { in: [...stamps.keys()] }, voidedAt: null },
    orderBy: { position: 'asc' },
    select: { cardId: true, position: true, shop: true, grantedAt: true }
  })
  for (const { cardId, shop, ...stamp } of rows) stamps.get(cardId)?.push({ ...stamp, shop: shop ?? undefined })
  return stamps
}

async function cardOf(tx: Tx, row: CardRow, stamps: readonly Stamp[]): Promise<StampCard> {
  const { id, programme, number, definitionId, startedAt } = row
  const definition = await termsOf(tx, definitionId)
  const look = await lookOf(tx, definition)
  const ends = { expiresAt: row.expiresAt ?? undefined, completedAt: row.completedAt ?? undefined }
  return { id, programme, number, definitionId, startedAt, definition, look, ...ends, stamps }
}

/** Begins a card of a programme as it is now. */
export async function insertCard(
  tx: Tx,
  customerId: string,
  card: Programme & Pick<StampCard, 'number' | 'startedAt' | 'expiresAt'>
): Promise<StampCard> {
  const { definitionId, definition, number, startedAt, expiresAt } = card
  const programme = definition.key
  const row = await tx.stampCard.create({
    data: { customerId, programme, definitionId, number, startedAt, expiresAt: expiresAt ?? null }
  })
  const look = await lookOf(tx, definition)
  return {
    ...{ id: row.id, programme, number, definitionId, definition, look, startedAt, expiresAt },
    completedAt: undefined,
    stamps: []
  }
}

/** Whether the customer got a stamp of a programme, or of any, for this code or this cause before, one that is void now as well. */
export async function hasStampFor(
  tx: Tx,
  customerId: string,
  { code, cause }: { code?: string; cause: string }
): Promise<boolean> {
  const same = code === undefined ? [{ cause }] : [{ code }, { cause }]
  return (await tx.stamp.findFirst({ where: { customerId, OR: same }, select: { id: true } })) !== null
}

/** When a customer's newest visits were for which they got stamps, by programme, on whichever card. */
export async function lastStampsAt(tx: Tx, customerId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.stamp.groupBy({
    by: ['programme'],
    where: { customerId, voidedAt: null, way: { in: [...VISITS] } },
    _max: { grantedAt: true }
  })
  return new Map(rows.flatMap(({ programme, _max: { grantedAt } }) => (grantedAt ? [[programme, grantedAt]] : [])))
}

export interface NewStamp {
  readonly customerId: string
  readonly cardId: string
  readonly programme: string
  readonly position: number
  readonly way: Way
  /** Null: it belongs to no visit. */
  readonly shop: string | null
  readonly cause: string
  readonly code: string | null
  readonly givenBy: string | null
  readonly grantedAt: Date
}

/** Puts a stamp on a card: its id. Throws on a second one for the same code, cause or place: a broken invariant. */
export async function insertStamp(tx: Tx, stamp: NewStamp): Promise<string> {
  return (await tx.stamp.create({ data: stamp, select: { id: true } })).id
}

/** How many stamps a member of staff has given since an instant; one that is void now was given too. */
export async function countGivenBy(tx: Tx, givenBy: string, since: Date): Promise<number> {
  return tx.stamp.count({ where: { givenBy, grantedAt: { gte: since } } })
}

/** Notes until when a card holds. */
export async function moveEnd(tx: Tx, cardId: string, expiresAt: Date | undefined): Promise<void> {
  await tx.stampCard.update({ where: { id: cardId }, data: { expiresAt: expiresAt ?? null } })
}

/** Notes that a card is full. */
export async function completeCard(tx: Tx, cardId: string, at: Date): Promise<void> {
  await tx.stampCard.update({ where: { id: cardId }, data: { completedAt: at } })
}
