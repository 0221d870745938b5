import type { Database } from '../../src/platform/db/index.ts'

/** Every row of every table as JSON, in a fixed order, by the name of the table. Partitions are read through their parent. */
export async function everyRow(db: Database): Promise<Record<string, string[]>> {
  const tables = await db.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
       AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> '_prisma_migrations' ORDER BY name`
  )
  const rows: Record<string, string[]> = {}
  for (const { name } of tables) {
    const found = await db.query<{ row: string }>(`SELECT to_jsonb(own)::text AS row FROM ${name} AS own`)
    rows[name] = found.map(({ row }) => row).sort()
  }
  return rows
}
