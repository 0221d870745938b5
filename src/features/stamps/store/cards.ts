import type { Tx } from '../../../platform/db/index.ts'
import { byId, current } from '../../definitions/index.ts'
import { brandOf } from '../../shops/index.ts'
import { PROGRAMME, StampCardDefinition } from '../rules/definitions.ts'
import type { CardLook, StampCard } from '../rules/stamp-card.ts'

/** A published programme. */
export interface Programme {
  readonly definitionId: string
  readonly definition: StampCardDefinition
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

/** Of a card that has neither a look of its own nor a brand to take it from. */
const PLAIN: CardLook = { brand: { ja: '', en: '' }, colour: '#7a4b2a' }

/** A card's own look, and where it has none that of the brand. */
async function lookOf(tx: Tx, { brand, colour }: StampCardDefinition): Promise<CardLook> {
  if (brand && colour) return { brand, colour }
  const shop = await brandOf(tx)
  return { brand: brand ?? shop?.name ?? PLAIN.brand, colour: colour ?? shop?.colour ?? PLAIN.colour }
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
  const definition = await definitionOf(tx, definitionId)
  return {
    id,
    number,
    definitionId,
    definition,
    look: await lookOf(tx, definition),
    startedAt,
    expiresAt: row.expiresAt ?? undefined,
    completedAt: row.completedAt ?? undefined,
    stamps: stamps.map(({ position, shop, grantedAt }) => ({ position, shop: shop ?? undefined, grantedAt }))
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
  const look = await lookOf(tx, definition)
  return { id, number, definitionId, definition, look, startedAt, expiresAt, completedAt: undefined, stamps: [] }
}

/** Whether the customer got a stamp for this code or this cause before. */
export async function hasStampFor(
  tx: Tx,
  customerId: string,
  { code, cause }: { code?: string; cause: string }
): Promise<boolean> {
  const same = code === undefined ? [{ cause }] : [{ code }, { cause }]
  return (await tx.stamp.findFirst({ where: { customerId, OR: same }, select: { id: true } })) !== null
}

/** When the customer got their newest stamp at a counter, on whichever card. */
export async function lastStampAt(tx: Tx, customerId: string): Promise<Date | undefined> {
  const row = await tx.stamp.findFirst({
    where: { customerId, code: { not: null }, card: { programme: PROGRAMME } },
    orderBy: { grantedAt: 'desc' },
    select: { grantedAt: true }
  })
  return row?.grantedAt
}

export interface NewStamp {
  readonly customerId: string
  readonly cardId: string
  readonly position: number
  /** Null beside a null code: a present. */
  readonly shop: string | null
  readonly cause: string
  readonly code: string | null
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
