/** Copies all rows of one database into another with the same tables, which it learns from the catalogue. */
import type { PoolClient } from 'pg'

/** From the source's only session into one transaction of the target. */
export interface Route {
  readonly source: PoolClient
  readonly target: PoolClient
}

/** What was copied of a table. */
export interface CopiedTable {
  readonly table: string
  readonly rows: number
}

/** How many rows are in memory at once. Those of the widest tables have some dozen KB. */
const ROWS_AT_ONCE = 200

/** Names come quoted. A partition is not a table of its own here: its rows are read and written through its parent. */
const TABLES = `
  SELECT oid::regclass::text AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    AND relname <> '_prisma_migrations'
  ORDER BY name`
const SEQUENCES = `
  SELECT oid::regclass::text AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY name`
const COLUMNS = `
  SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
  ORDER BY attnum`
/** Those of partitions follow their parent's. */
const FOREIGN_KEYS = `
  SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace
  ORDER BY conrelid, conname`
/** Parents before their own partitions. */
const PARTITIONS = `
  SELECT tree.relid::regclass::text AS name, tree.parentrelid::regclass::text AS parent,
    pg_get_expr(part.relpartbound, part.oid) AS bound, pg_get_partkeydef(part.oid) AS key
  FROM pg_class AS root, pg_partition_tree(root.oid) AS tree JOIN pg_class AS part ON part.oid = tree.relid
  WHERE root.relkind = 'p' AND NOT root.relispartition AND root.relnamespace = 'public'::regnamespace AND tree.level > 0
  ORDER BY tree.level, name`

interface Named {
  readonly name: string
}

async function namesOf(client: PoolClient, catalogue: string): Promise<string[]> {
  return (await client.query<Named>(catalogue)).rows.map(({ name }) => name)
}

/** The tables that hold rows already. */
export async function filledTables(client: PoolClient): Promise<string[]> {
  const filled: string[] = []
  for (const table of await namesOf(client, TABLES)) {
    const { rows } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`)
    if (rows.length > 0) filled.push(table)
  }
  return filled
}

/** Keeps everybody else from writing into the tables until the transaction ends. Throws when somebody holds one. */
export async function lockTables(client: PoolClient): Promise<void> {
  const tables = await namesOf(client, TABLES)
  await client.query(`SET LOCAL lock_timeout = '5s'`)
  await client.query(`LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`)
}

/**
 * Copies every table, and sets the sequences to where they were. Both ends must be in a transaction of the caller, who
 * commits. Throws when the target does not hold as many rows afterwards.
 */
export async function copyTables(route: Route, onTable: (copied: CopiedTable) => void): Promise<CopiedTable[]> {
  await makePartitions(route)
  const copied: CopiedTable[] = []
  await withoutForeignKeys(route.target, async () => {
    for (const table of await namesOf(route.source, TABLES)) {
      const rows = await copyTable(route, table)
      copied.push({ table, rows })
      onTable({ table, rows })
    }
  })
  for (const sequence of await namesOf(route.source, SEQUENCES)) await copySequence(route, sequence)
  return copied
}

/** Partitions come with time as well as with migrations: those that the target does not have are made. */
async function makePartitions({ source, target }: Route): Promise<void> {
  const { rows } = await source.query<Named & { parent: string; bound: string; key: string | null }>(PARTITIONS)
  for (const { name, parent, bound, key } of rows) {
    const divided = key ? ` PARTITION BY ${key}` : ''
    await target.query(`CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${parent} ${bound}${divided}`)
  }
}

/**
 * Foreign keys come back when all rows are there, and are checked then: so no order of tables can be wrong, not even where
 * tables or rows point at each other.
 */
async function withoutForeignKeys(target: PoolClient, work: () => Promise<void>): Promise<void> {
  const { rows: keys } = await target.query<Named & { table: string; definition: string }>(FOREIGN_KEYS)
  for (const { table, name } of keys) await target.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  await work()
  for (const { table, name, definition } of keys) {
    await target.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`)
  }
}

/** Values travel as PostgreSQL's own text, which says each of them exactly. Returns how many rows there are. */
async function copyTable({ source, target }: Route, table: string): Promise<number> {
  const { rows: columns } = await source.query<Named & { type: string }>(COLUMNS, [table])
  const names = columns.map(({ name }) => name).join(', ')
  const given = columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
  const fields = columns.map((_, index) => `c${index}`).join(', ')
  const values = columns.map(({ type }, index) => `c${index}::${type}`).join(', ')
  const insert = `INSERT INTO ${table} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM unnest(${given}) AS given (${fields})`
  const texts = columns.map(({ name }) => `${name}::text`).join(', ')
  await source.query(`DECLARE reading NO SCROLL CURSOR FOR SELECT ${texts} FROM ${table}`)
  for (let rows = await fetchRows(source); rows.length > 0; rows = await fetchRows(source)) {
    await target.query(
      insert,
      columns.map((_, index) => rows.map((row) => row[index] ?? null))
    )
  }
  await source.query('CLOSE reading')
  return sameCount({ source, target }, table)
}

async function fetchRows(source: PoolClient): Promise<(string | null)[][]> {
  const text = `FETCH ${ROWS_AT_ONCE} FROM reading`
  return (await source.query<(string | null)[]>({ text, rowMode: 'array' })).rows
}

async function sameCount({ source, target }: Route, table: string): Promise<number> {
  const [before, after] = [await countRows(source, table), await countRows(target, table)]
  if (before !== after) throw new Error(`Of ${before} rows of ${table}, ${after} arrived`)
  return after
}

async function countRows(client: PoolClient, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`)
  return Number(rows[0]?.count)
}

async function copySequence({ source, target }: Route, sequence: string): Promise<void> {
  const { rows } = await source.query<{ last_value: string; is_called: boolean }>(
    `SELECT last_value::text AS last_value, is_called FROM ${sequence}`
  )
  const [at] = rows
  if (at) await target.query('SELECT setval($1::regclass, $2::bigint, $3)', [sequence, at.last_value, at.is_called])
}
