import type { Database } from '../../src/platform/db/index.ts'

/** What sealed values are sealed as when it is not "<table>.<column without _sealed>". */
const OTHERWISE: Readonly<Record<string, string>> = {
  'customer_attribute.value_sealed': 'customer.attribute'
}

/**
 * Everything that the database holds, table by table and column by column, with every sealed value opened; throws when
 * one does not open, since then nobody knows what is in it.
 */
export async function lookEverywhere({ query, cipher }: Database): Promise<string> {
  const tables = await query<{ name: string }>(
    `SELECT relname::text AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace ORDER BY 1`
  )
  const lines: string[] = []
  for (const { name } of tables) {
    const rows = await query<{ row: Record<string, unknown> }>(`SELECT to_jsonb(own) AS row FROM "${name}" AS own`)
    for (const { row } of rows)
      lines.push(
        ...Object.entries(row).map(([column, value]) => `${name}.${column}: ${opened(cipher, { name, column, value })}`)
      )
  }
  return lines.join('\n')
}

function opened(cipher: Database['cipher'], { name, column, value }: { name: string; column: string; value: unknown }) {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (!column.endsWith('_sealed') || value === '') return value
  return cipher.open(OTHERWISE[`${name}.${column}`] ?? `${name}.${column.replace(/_sealed$/, '')}`, value)
}
