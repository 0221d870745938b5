import type { Tx } from '../../../platform/db/index.ts'

/** A stamp that counts, with its card. */
export interface GivenStamp {
  readonly id: string
  readonly position: number
  readonly shop: string | undefined
  readonly grantedAt: Date
  readonly card: CardOfStamp
}

export interface CardOfStamp {
  readonly id: string
  readonly programme: string
  readonly number: number
  readonly definitionId: string
  readonly expiresAt: Date | undefined
  readonly isFull: boolean
}

/** A customer's stamps since an instant that count, the newest first; at most `limit`. */
export async function stampsSince(
  tx: Tx,
  customerId: string,
  { since, limit }: { readonly since: Date; readonly limit: number }
): Promise<GivenStamp[]> {
  const rows = await tx.stamp.findMany({
    where: { customerId, voidedAt: null, grantedAt: { gte: since } },
    orderBy: [{ grantedAt: 'desc' }, { position: 'desc' }],
    take: limit,
    include: { card: true }
  })
  return rows.map(givenOf)
}

/** A customer's stamp, with whether it is void; undefined when it is not theirs. */
export async function findStamp(
  tx: Tx,
  customerId: string,
  id: string
): Promise<(GivenStamp & { readonly isVoid: boolean }) | undefined> {
  const row = await tx.stamp.findFirst({ where: { id, customerId }, include: { card: true } })
  return row ? { ...givenOf(row), isVoid: row.voidedAt !== null } : undefined
}

/** The last stamp of the programme that counts: on the newest card from this one on that has any. */
export async function lastStamp(
  tx: Tx,
  customerId: string,
  { programme, number }: Pick<CardOfStamp, 'programme' | 'number'>
): Promise<GivenStamp | undefined> {
  const row = await tx.stamp.findFirst({
    where: { voidedAt: null, card: { customerId, programme, number: { gte: number } } },
    orderBy: [{ card: { number: 'desc' } }, { position: 'desc' }],
    include: { card: true }
  })
  return row ? givenOf(row) : undefined
}

/** The last place of a card that is taken; 0 = none is. */
export async function lastPlace(tx: Tx, cardId: string): Promise<number> {
  return (await tx.stamp.aggregate({ where: { cardId, voidedAt: null }, _max: { position: true } }))._max.position ?? 0
}

/** Notes that a stamp counts no more. Its row keeps its place, which others may take. */
export async function markVoid(
  tx: Tx,
  id: string,
  by: { readonly at: Date; readonly staff: string; readonly reasonSealed: string }
): Promise<void> {
  const data = { voidedAt: by.at, voidedBy: by.staff, voidReasonSealed: by.reasonSealed }
  await tx.stamp.update({ where: { id }, data })
}

/** Puts a stamp into a free place of another card. */
export async function moveStamp(tx: Tx, id: string, to: { readonly cardId: string; readonly position: number }) {
  await tx.stamp.update({ where: { id }, data: to })
}

/** The stamps of a card behind a free place come one place forward. */
export async function closeGap(tx: Tx, cardId: string, position: number): Promise<void> {
  // Below zero first: a place is one stamp's at every moment.
  await tx.$executeRaw`
    UPDATE stamp SET position = 1 - position
    WHERE card_id = ${cardId}::uuid AND position > ${position}::int AND voided_at IS NULL`
  await tx.$executeRaw`
    UPDATE stamp SET position = -position WHERE card_id = ${cardId}::uuid AND position < 0 AND voided_at IS NULL`
}

/** A full card takes stamps again, and the newer ones of its programme, which have none that count, are gone. */
export async function reopenCard(
  tx: Tx,
  customerId: string,
  { id, programme, number, expiresAt }: CardOfStamp
): Promise<void> {
  const newer = { customerId, programme, number: { gt: number } }
  // What was void on them stays on record.
  await tx.stamp.updateMany({ where: { card: newer }, data: { cardId: id } })
  await tx.stampCard.deleteMany({ where: newer })
  await tx.stampCard.update({ where: { id }, data: { completedAt: null, expiresAt: expiresAt ?? null } })
}

type Row = NonNullable<Awaited<ReturnType<typeof rowWithCard>>>
const rowWithCard = (tx: Tx, id: string) => tx.stamp.findUnique({ where: { id }, include: { card: true } })

function givenOf({ id, position, shop, grantedAt, card }: Row): GivenStamp {
  const { programme, number, definitionId, expiresAt, completedAt } = card
  const of = { id: card.id, programme, number, definitionId, expiresAt: expiresAt ?? undefined }
  return { id, position, shop: shop ?? undefined, grantedAt, card: { ...of, isFull: completedAt !== null } }
}
