import type { Database, Tx } from '../../../platform/db/index.ts'

/** What this room noted about its own work, such as how far it came; undefined = nothing. */
export async function findNote(tx: Tx, key: string): Promise<string | undefined> {
  return (await tx.setting.findUnique({ where: { key } }))?.value
}

/** Notes something in place of what was noted before. */
export async function saveNote({ prisma }: Database, key: string, value: string): Promise<void> {
  await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}
