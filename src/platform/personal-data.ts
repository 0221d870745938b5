import type { Tx } from './db/index.ts'
import type { Work } from './work.ts'

/** What reading needs of a unit of work. */
export type Reading = Pick<Work, 'tx' | 'cipher'>

/** What is kept about a customer, by table: plain JSON, opened, without secrets and without other people's names. */
export type Kept = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

/**
 * Forgets some of what is older than an instant, in a transaction that holds up nobody, and says how much that was: 0 =
 * nothing is left to forget.
 */
export type Purge = (work: Work, before: Date) => Promise<number>

/** What a room keeps about customers. A table with something about a person is claimed by exactly one room. */
export interface PersonalData {
  /** The tables it answers for, by the database's names. */
  readonly tables: readonly string[]
  /** Everything it keeps about a customer. */
  export(reading: Reading, customerId: string): Promise<Kept>
  /**
   * Forgets it, in the transaction that forgets all of it and under the customer's lock. Safe to run again. Rooms that
   * stand on others come first: what a room reads from another one is still there.
   */
  erase(work: Work, customerId: string): Promise<void>
  /** What it forgets by itself in time, by the names under which flows/privacy/retention.yaml says when. */
  readonly purge?: Readonly<Record<string, Purge>>
}

/** A table whose rows belong to a customer. */
export interface OwnTable {
  readonly name: string
  /** Columns that hold the customer's id. Default: "customer_id". */
  readonly owner?: readonly string[]
  /** Its rows hang on rows of another table of the list, which comes before it. */
  readonly parent?: { readonly column: string; readonly table: string }
  /** Columns that are no matter of the customer's: ids of staff, names of causes. Hashes and the customer's id never show. */
  readonly hidden?: readonly string[]
  /** What columns are sealed as, by their names without _sealed. Default: "<table>.<name>". */
  readonly sealedAs?: Readonly<Record<string, string>>
  /** Sealed columns, without _sealed, whose text is JSON. */
  readonly json?: readonly string[]
}

/** What a room keeps whose tables belong to customers row by row: all of it is shown, and all of it is deleted. */
export function ownRows(tables: readonly OwnTable[]): PersonalData {
  return {
    tables: tables.map(({ name }) => name),
    async export(reading, customerId) {
      const kept: Record<string, Record<string, unknown>[]> = {}
      for (const table of tables) kept[table.name] = await readRows(reading, { table, tables, customerId })
      return kept
    },
    async erase({ tx }, customerId) {
      for (const table of tables.toReversed())
        await tx.$executeRawUnsafe(`DELETE FROM ${table.name} AS own WHERE ${condition(table, tables)}`, customerId)
    }
  }
}

interface Wanted {
  readonly table: OwnTable
  readonly tables: readonly OwnTable[]
  readonly customerId: string
}

async function readRows({ tx, cipher }: Reading, { table, tables, customerId }: Wanted) {
  const rows = await rowsOf(
    tx,
    `SELECT to_jsonb(own) AS row FROM ${table.name} AS own
    WHERE ${condition(table, tables)} ORDER BY to_jsonb(own)::text`,
    customerId
  )
  return rows.map((row) => openRow(cipher, table, row))
}

function openRow(cipher: Reading['cipher'], table: OwnTable, row: Readonly<Record<string, unknown>>) {
  const hidden = new Set([...ownersOf(table), ...(table.hidden ?? [])])
  const shown: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(row)) {
    if (hidden.has(column) || /(^|_)hash$/.test(column)) continue
    const field = column.replace(/_sealed$/, '')
    if (field === column) shown[field] = value
    else if (typeof value !== 'string' || value === '') shown[field] ??= null
    else {
      const text = cipher.open(table.sealedAs?.[field] ?? `${table.name}.${field}`, value)
      shown[field] = together(shown[field], table.json?.includes(field) ? JSON.parse(text) : text)
    }
  }
  return shown
}

/** A column may have a part in the clear and a sealed one: the whole is both. */
function together(clear: unknown, opened: unknown): unknown {
  return isObject(clear) && isObject(opened) ? { ...clear, ...opened } : opened
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

async function rowsOf(tx: Tx, sql: string, customerId: string): Promise<Record<string, unknown>[]> {
  const rows = await tx.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(sql, customerId)
  return rows.map(({ row }) => row)
}

const ownersOf = ({ owner = ['customer_id'] }: OwnTable) => owner

function condition(table: OwnTable, tables: readonly OwnTable[]): string {
  const { parent } = table
  if (!parent)
    return ownersOf(table)
      .map((column) => `own.${column} = $1::uuid`)
      .join(' OR ')
  const above = tables.find(({ name }) => name === parent.table)
  if (!above) throw new Error(`${table.name} hangs on ${parent.table}, which is not in its list`)
  return `own.${parent.column} IN (SELECT own.id FROM ${above.name} AS own WHERE ${condition(above, tables)})`
}
