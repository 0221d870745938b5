import { z } from 'zod'
import { customerCipher, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { MergedPair } from '../../../platform/feature.ts'
import type { Work } from '../../../platform/work.ts'
import { RowChange } from '../rules/changes.ts'
import type { MergeReason } from '../rules/reasons.ts'
import type { OwnedTable } from './catalogue.ts'
import type { TableChanges } from './restore.ts'

const FIELD = 'customer_merge.changes'
/** One sealed text holds so many rows. */
const ROWS_AT_ONCE = 2_000

/** A merge as it is stored. */
export type Merge = Awaited<ReturnType<Tx['customerMerge']['findUniqueOrThrow']>>

/** Writes down that two customers became one. */
export function insertMerge(
  { tx, now, cause }: Pick<Work, 'tx' | 'now' | 'cause'>,
  { from, into, reason, by }: MergedPair & { readonly reason: MergeReason; readonly by: string }
): Promise<Merge> {
  return tx.customerMerge.create({
    data: { fromId: from, intoId: into, reason, cause, mergedBy: by, mergedAt: now }
  })
}

/** Keeps what a merge did to the rows of a table. */
export async function saveChanges(
  { tx, cipher }: Pick<Work, 'tx' | 'cipher'>,
  { id, intoId }: Merge,
  { table, changes }: TableChanges
): Promise<void> {
  const own = await customerCipher({ tx, cipher }, intoId)
  for (let part = 0; part * ROWS_AT_ONCE < changes.length; part += 1) {
    const some = changes.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE)
    const changesSealed = own.seal(FIELD, JSON.stringify(some))
    await tx.customerMergeRow.create({ data: { mergeId: id, tableName: table.name, part, changesSealed } })
  }
}

/** What a merge did, in the order of the tables; empty when it was forgotten. A table that is gone is left out. */
export async function findChanges(
  tx: Tx,
  cipher: FieldCipher,
  { mergeId, tables }: { readonly mergeId: string; readonly tables: readonly OwnedTable[] }
): Promise<TableChanges[]> {
  const rows = await tx.customerMergeRow.findMany({ where: { mergeId }, orderBy: { part: 'asc' } })
  return tables.flatMap((table) => {
    const parts = rows.filter(({ tableName }) => tableName === table.name)
    const changes = parts.flatMap(({ changesSealed }) => Changes.parse(JSON.parse(cipher.open(FIELD, changesSealed))))
    return changes.length > 0 ? [{ table, changes }] : []
  })
}

const Changes = z.array(RowChange)

export async function findMerge(tx: Tx, id: string): Promise<Merge | undefined> {
  return (await tx.customerMerge.findUnique({ where: { id } })) ?? undefined
}

/** The newest merge that took this customer away and still holds. */
export async function mergeOf(tx: Tx, fromId: string): Promise<Merge | undefined> {
  const where = { fromId, undoneAt: null }
  return (await tx.customerMerge.findFirst({ where, orderBy: { id: 'desc' } })) ?? undefined
}

/** Whether one of the two took part in a merge after this one that still holds. */
export async function wasMergedSince(tx: Tx, { id, intoId }: Merge): Promise<boolean> {
  const where = { id: { gt: id }, undoneAt: null, OR: [{ fromId: intoId }, { intoId }] }
  return (await tx.customerMerge.findFirst({ where, select: { id: true } })) !== null
}

/** Notes that a merge was undone; what it took to do so is forgotten. */
export async function closeMerge(
  tx: Tx,
  id: string,
  { by, at, stays }: { readonly by: string; readonly at: Date; readonly stays: number }
): Promise<Merge> {
  await tx.customerMergeRow.deleteMany({ where: { mergeId: id } })
  return tx.customerMerge.update({ where: { id }, data: { undoneBy: by, undoneAt: at, stays } })
}

/** The newest merges, first. */
export function listMerges(tx: Tx, limit: number): Promise<Merge[]> {
  return tx.customerMerge.findMany({ orderBy: { id: 'desc' }, take: limit })
}

/** The merges by which others became part of a customer, through however many of them; the undone ones too, if their own. */
export async function mergesInto(tx: Tx, customerId: string): Promise<Merge[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE part AS (
      SELECT id, from_id, undone_at FROM customer_merge WHERE into_id = ${customerId}::uuid
      UNION
      SELECT earlier.id, earlier.from_id, earlier.undone_at FROM customer_merge AS earlier
      JOIN part ON earlier.into_id = part.from_id AND part.undone_at IS NULL
    )
    SELECT id FROM part`
  const where = { id: { in: rows.map(({ id }) => id) } }
  return tx.customerMerge.findMany({ where, orderBy: { id: 'asc' } })
}

/** Forgets what it takes to undo these merges. */
export async function forgetChanges(tx: Tx, mergeIds: readonly string[]): Promise<void> {
  await tx.customerMergeRow.deleteMany({ where: { mergeId: { in: [...mergeIds] } } })
}

/** How many events of the one who stayed were stored since: nobody knows whose they would be. */
export function eventsSince(tx: Tx, { intoId, createdAt }: Merge): Promise<number> {
  return tx.event.count({ where: { customerId: intoId, createdAt: { gt: createdAt } } })
}
