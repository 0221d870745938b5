import { z } from 'zod'

/** A row as PostgreSQL writes it as JSON, by the names of its columns. */
export const Row = z.record(z.string(), z.unknown())
/** As above. */
export type Row = z.infer<typeof Row>

/**
 * What happened to one row: it came (no `before`), it went (no `after`), or some columns changed. Rows that came or went are
 * whole; of one that changed there are its key and the columns that differ.
 */
export const RowChange = z.object({ before: Row.nullable(), after: Row.nullable() })
/** As above. */
export type RowChange = z.infer<typeof RowChange>

/** What it takes to lead the rows of a table from one state to another; `key` names the columns of its primary key. */
export function changesOf(before: readonly Row[], after: readonly Row[], key: readonly string[]): RowChange[] {
  const later = new Map(after.map((row) => [keyOf(row, key), row]))
  const earlier = new Map(before.map((row) => [keyOf(row, key), row]))
  const came = after.filter((row) => !earlier.has(keyOf(row, key))).map((row) => ({ before: null, after: row }))
  const others = before.flatMap((row) => {
    const now = later.get(keyOf(row, key))
    return now ? differing(row, now, key) : [{ before: row, after: null }]
  })
  return [...came, ...others]
}

function differing(before: Row, after: Row, key: readonly string[]): RowChange[] {
  const columns = Object.keys(before).filter((column) => !isSame(before[column], after[column]))
  const pick = (row: Row): Row => Object.fromEntries([...key, ...columns].map((column) => [column, row[column]]))
  return columns.length === 0 ? [] : [{ before: pick(before), after: pick(after) }]
}

/** The columns that changed, the same for rows that changed alike: one statement can lead them back. */
export function byColumns(
  changes: readonly RowChange[],
  key: readonly string[]
): Map<string, { columns: readonly string[]; changes: RowChange[] }> {
  const groups = new Map<string, { columns: readonly string[]; changes: RowChange[] }>()
  for (const change of changes) {
    const columns = Object.keys(change.before ?? {}).filter((column) => !key.includes(column) && !GROWS.has(column))
    const name = columns.join()
    const group = groups.get(name) ?? { columns, changes: [] }
    group.changes.push(change)
    if (columns.length > 0) groups.set(name, group)
  }
  return groups
}

/** Counters of looks: set back, a card in Slack would take the newer look for the older one. */
const GROWS: ReadonlySet<string> = new Set(['version'])

function keyOf(row: Row, key: readonly string[]): string {
  return JSON.stringify(key.map((column) => row[column]))
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
