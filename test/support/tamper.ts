import type { Database } from '../../src/platform/db/index.ts'

/** Changes the audit log as somebody would who owns the database: past the trigger that refuses it. */
export async function tamper(db: Database, ...statements: readonly string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.$executeRawUnsafe('ALTER TABLE audit DISABLE TRIGGER audit_append_only')
    for (const statement of statements) await tx.$executeRawUnsafe(statement)
    await tx.$executeRawUnsafe('ALTER TABLE audit ENABLE TRIGGER audit_append_only')
  })
}
