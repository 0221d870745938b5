import type { Tx } from '../../../platform/db/index.ts'
import type { MergedPair } from '../../../platform/feature.ts'
import { byColumns, type Row, type RowChange } from '../rules/changes.ts'
import { type Belonging, type OwnedTable, quoted } from './catalogue.ts'

/** A table and what a merge did to its rows. */
export interface TableChanges {
  readonly table: OwnedTable
  readonly changes: readonly RowChange[]
}

/**
 * Leads the rows of a table back to where they were. What somebody changed since is left alone, value by value; a row that
 * was changed or removed altogether does not come back twice.
 */
export async function restoreRows(tx: Tx, { table, changes }: TableChanges): Promise<void> {
  await removeCame(
    tx,
    table,
    changes.flatMap(({ before, after }) => (before || !after ? [] : [after]))
  )
  const changed = changes.filter(({ before, after }) => before && after)
  for (const group of byColumns(changed, table.key).values()) await changeBack(tx, table, group)
  await bringBack(
    tx,
    table,
    changes.flatMap(({ before, after }) => (before && !after ? [before] : []))
  )
}

async function removeCame(tx: Tx, { name, key }: OwnedTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRawUnsafe(
    `DELETE FROM ${quoted(name)} AS own USING jsonb_array_elements($1::jsonb) AS given (row),
       LATERAL jsonb_populate_record(NULL::${quoted(name)}, given.row) AS came
     WHERE ${sameKey(key, 'own', 'came')} AND to_jsonb(own) = given.row`,
    JSON.stringify(rows)
  )
}

async function bringBack(tx: Tx, { name }: OwnedTable, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  // Columns that came with a later version have their defaults.
  const columns = Object.keys(first).map(quoted).join(', ')
  await tx.$executeRawUnsafe(
    `INSERT INTO ${quoted(name)} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::${quoted(name)}, $1::jsonb) ON CONFLICT DO NOTHING`,
    JSON.stringify(rows)
  )
}

interface Group {
  readonly columns: readonly string[]
  readonly changes: readonly RowChange[]
}

/** All at once; where a row's old values are in the way of newer rows, it only goes back to its customer. */
async function changeBack(tx: Tx, table: OwnedTable, { columns, changes }: Group): Promise<void> {
  if (await tryOut(tx, () => setBack(tx, table, { columns, changes }))) return
  const owners = columns.filter((column) => table.owners.includes(column))
  for (const change of changes) {
    const one = { columns, changes: [change] }
    if (!(await tryOut(tx, () => setBack(tx, table, one))) && owners.length > 0)
      await tryOut(tx, () => setBack(tx, table, { ...one, columns: owners }))
  }
}

async function setBack(tx: Tx, { name, key }: OwnedTable, { columns, changes }: Group): Promise<void> {
  const old = columns.map((column) => {
    const [own, before, after] = ['own', 'earlier', 'later'].map((row) => `${row}.${quoted(column)}`)
    return `${quoted(column)} = CASE WHEN ${own} IS NOT DISTINCT FROM ${after} THEN ${before} ELSE ${own} END`
  })
  const rows = (which: string) => `jsonb_populate_recordset(NULL::${quoted(name)}, ${which}::jsonb)`
  await tx.$executeRawUnsafe(
    `UPDATE ${quoted(name)} AS own SET ${old.join(', ')}
     FROM ${rows('$1')} AS earlier JOIN ${rows('$2')} AS later ON ${sameKey(key, 'earlier', 'later')}
     WHERE ${sameKey(key, 'own', 'earlier')}`,
    JSON.stringify(changes.map(({ before }) => before)),
    JSON.stringify(changes.map(({ after }) => after))
  )
}

/** False when a unique key stands against it; then nothing was changed. */
async function tryOut(tx: Tx, step: () => Promise<void>): Promise<boolean> {
  await tx.$executeRaw`SAVEPOINT restoring`
  try {
    await step()
  } catch (error) {
    if (!isTaken(error)) throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT restoring`
    return false
  }
  await tx.$executeRaw`RELEASE SAVEPOINT restoring`
  return true
}

function isTaken(error: unknown): boolean {
  return JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('23505')
}

/** What came since for a row that has gone back goes with it: a stamp with its card, a reason with its follow-up. */
export async function follow(tx: Tx, { table, column, to }: Belonging, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE ${quoted(table)} AS own SET customer_id = $1::uuid FROM ${quoted(to)} AS head
     WHERE own.${quoted(column)} = head.id AND head.customer_id = $1::uuid AND own.customer_id = $2::uuid`,
    ...[from, into]
  )
}

function sameKey(key: readonly string[], one: string, other: string): string {
  return key.map((column) => `${one}.${quoted(column)} = ${other}.${quoted(column)}`).join(' AND ')
}
