import type { Tx } from '../../platform/db/index.ts'

/** A value of a column; dates become texts that PostgreSQL reads. */
type Value = string | number | boolean | Date | null

/** A table's columns in order, each with its PostgreSQL type. */
export interface Table {
  readonly name: string
  readonly columns: Readonly<Record<string, 'uuid' | 'text' | 'int4' | 'timestamptz'>>
}

const ROWS_AT_ONCE = 4000

/** Inserts many rows in few statements. Rows are arrays of values in the order of the table's columns. */
export async function insertMany(tx: Tx, table: Table, rows: readonly (readonly Value[])[]): Promise<void> {
  const names = Object.keys(table.columns)
  const arrays = Object.values(table.columns).map((type, index) => `$${index + 1}::text[]::${type}[]`)
  // Names and types are constants of ours; only values come from outside, as parameters.
  const sql = `INSERT INTO ${table.name} (${names.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const chunk = rows.slice(from, from + ROWS_AT_ONCE)
    await tx.$executeRawUnsafe(sql, ...names.map((_, column) => chunk.map((row) => asText(row[column] ?? null))))
  }
}

function asText(value: Value): string | null {
  if (value === null) return null
  return value instanceof Date ? value.toISOString() : String(value)
}
