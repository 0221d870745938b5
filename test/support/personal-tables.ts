import type { Database } from '../../src/platform/db/index.ts'

/**
 * The tables that are about people, from the database's own catalogue: those with a customer's id, with sealed text or
 * with the key of somebody's work, and those that refer to one of them. Partitions count as their table.
 */
export async function personalTables(db: Pick<Database, 'query'>): Promise<string[]> {
  const rows = await db.query<{ name: string }>(`
    WITH RECURSIVE own AS (
      SELECT oid, relname FROM pg_class
      WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
    ), personal AS (
      SELECT oid FROM own WHERE relname = 'customer' OR EXISTS (
        SELECT 1 FROM pg_attribute WHERE attrelid = own.oid AND attnum > 0 AND NOT attisdropped
          AND (attname ~ '(^|_)customer_(id|a|b)$' OR attname ~ '_sealed$' OR attname = 'record_id'))
      UNION
      SELECT conrelid FROM pg_constraint JOIN personal ON confrelid = personal.oid WHERE contype = 'f'
    )
    SELECT relname::text AS name FROM own WHERE oid IN (SELECT oid FROM personal) ORDER BY 1`)
  return rows.map(({ name }) => name)
}
