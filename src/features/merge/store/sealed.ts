import type { Database, Tx } from '../../../platform/db/index.ts'

/** A column that holds something of a customer's under a key of theirs. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** What its values are sealed as. */
  readonly field: string
  /** Says for a row whose it is. */
  readonly owner: string
}

/** Columns that are called as what they are sealed as, in tables with a customer_id. */
const PLAIN = [
  ...['identity.external', 'event.properties', 'rights_request.detail', 'rights_request.reason', 'flow_run.facts'],
  ...[
    'survey_answer.text',
    'points_entry.reason',
    'follow_up.note',
    'follow_up_reason.words',
    'follow_up_reason.title'
  ],
  'stamp.void_reason'
]

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'customer', column: 'name_sealed', field: 'customer.name', owner: 'own.id' },
  { table: 'customer_attribute', column: 'value_sealed', field: 'customer.attribute', owner: 'own.customer_id' },
  {
    table: 'follow_up_activity',
    column: 'detail_sealed',
    field: 'follow_up_activity.detail',
    owner: '(SELECT customer_id FROM follow_up WHERE follow_up.id = own.follow_up_id)'
  },
  ...PLAIN.map((field) => {
    const [table = '', name] = field.split('.')
    return { table, column: `${name}_sealed`, field, owner: 'own.customer_id' }
  })
]

/** Whose rows: by the index of the customer, also where the customer is another table's. */
function ofCustomers({ table, owner }: SealedColumn): string {
  if (table !== 'follow_up_activity') return `${owner} = ANY ($1::uuid[])`
  return 'own.follow_up_id IN (SELECT id FROM follow_up WHERE customer_id = ANY ($1::uuid[]))'
}

/** What is sealed of these customers, but not under a key that is theirs now. */
export function sealedByOthers(
  tx: Tx,
  column: SealedColumn,
  customerIds: readonly string[]
): Promise<{ readonly customerId: string; readonly sealed: string }[]> {
  const value = `own.${column.column}`
  return tx.$queryRawUnsafe(
    `SELECT ${column.owner}::text AS "customerId", ${value} AS sealed FROM ${column.table} AS own
     WHERE ${ofCustomers(column)} AND ${value} <> '' AND NOT EXISTS (
       SELECT 1 FROM customer_key WHERE id = substring(${value} FROM '^@(.{22}):') AND customer_key.customer_id = ${column.owner})`,
    customerIds
  )
}

/** Writes the new values over those that are still what they were; how many. */
export function writeSealed(
  tx: Tx,
  column: SealedColumn,
  { customerIds, anew }: { readonly customerIds: readonly string[]; readonly anew: readonly Resealed[] }
): Promise<number> {
  return tx.$executeRawUnsafe(
    `UPDATE ${column.table} AS own SET ${column.column} = given.after
     FROM unnest($2::text[], $3::text[]) AS given (before, after)
     WHERE ${ofCustomers(column)} AND own.${column.column} = given.before`,
    customerIds,
    anew.map(({ before }) => before),
    anew.map(({ after }) => after)
  )
}

export interface Resealed {
  readonly before: string
  readonly after: string
}

export async function countCustomers(query: Database['query']): Promise<number> {
  const [row] = await query<{ n: number }>('SELECT count(*)::int AS n FROM customer')
  return row?.n ?? 0
}

/** The ids of customers behind this one, in their order. */
export async function customersAfter(query: Database['query'], id: string, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    'SELECT id::text AS id FROM customer WHERE id > $1::uuid ORDER BY customer.id LIMIT $2',
    [id, limit]
  )
  return rows.map((row) => row.id)
}
