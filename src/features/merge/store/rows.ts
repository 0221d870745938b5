import type { Tx } from '../../../platform/db/index.ts'
import type { MergedPair } from '../../../platform/feature.ts'
import { Row, type RowChange } from '../rules/changes.ts'
import { type OwnedTable, quoted } from './catalogue.ts'

/** All rows of these customers in a table. */
export async function rowsOf(tx: Tx, table: OwnedTable, { from, into }: MergedPair): Promise<Row[]> {
  const owned = table.owners.map((owner) => `own.${quoted(owner)} = ANY ($1::${table.ownerType}[])`)
  const found = await tx.$queryRawUnsafe<{ row: string }[]>(
    `SELECT to_jsonb(own)::text AS row FROM ${quoted(table.name)} AS own WHERE ${owned.join(' OR ')}`,
    [from, into]
  )
  return found.map(({ row }) => Row.parse(JSON.parse(row)))
}

/** Gives one customer's rows to the other; what the other has already stays, and what is in its way goes. */
export async function moveRows(tx: Tx, table: OwnedTable, pair: MergedPair): Promise<void> {
  for (const unique of table.uniques) await dropConflicts(tx, { table, unique }, pair)
  const [owner = ''] = table.owners
  await tx.$executeRawUnsafe(
    `UPDATE ${quoted(table.name)} SET ${quoted(owner)} = $2::${table.ownerType} WHERE ${quoted(owner)} = $1::${table.ownerType}`,
    ...[pair.from, pair.into]
  )
}

async function dropConflicts(
  tx: Tx,
  { table, unique }: { table: OwnedTable; unique: readonly string[] },
  { from, into }: MergedPair
): Promise<void> {
  const [owner = ''] = table.owners
  const same = unique.map((column) => ` AND other.${quoted(column)} = own.${quoted(column)}`).join('')
  await tx.$executeRawUnsafe(
    `DELETE FROM ${quoted(table.name)} AS own USING ${quoted(table.name)} AS other
     WHERE own.${quoted(owner)} = $1::${table.ownerType} AND other.${quoted(owner)} = $2::${table.ownerType}${same}`,
    ...[from, into]
  )
}

/** The same for a table of which only this is remembered: what happened to each row. */
export async function moveLong(tx: Tx, { name, owners, key }: OwnedTable, { from, into }: MergedPair) {
  const [owner = ''] = owners
  const found = await tx.$queryRawUnsafe<{ row: string }[]>(
    `UPDATE ${quoted(name)} AS own SET ${quoted(owner)} = $2::uuid WHERE ${quoted(owner)} = $1::uuid
     RETURNING jsonb_build_object(${key.map((column) => `'${column}', own.${quoted(column)}`).join(', ')})::text AS row`,
    ...[from, into]
  )
  return found.map(({ row }): RowChange => {
    const place = Row.parse(JSON.parse(row))
    return { before: { ...place, [owner]: from }, after: { ...place, [owner]: into } }
  })
}

/** Messages that wait for one customer keep their place before those that come for the other. */
export async function moveOutboxKeys(tx: Tx, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRaw`
    UPDATE outbox SET key = ${into} WHERE customer_id = ${from}::uuid AND key = ${from} AND state <> 'done'`
}

/** Takes away the customer who is no more. */
export async function removeCustomer(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM customer WHERE id = ${id}::uuid`
}
