import type { Database, Tx } from '../../../platform/db/index.ts'

/** The version of the rules by which everybody has been placed. */
export const PLACED = 'tiers.placed'
/** How far placing has come: "<version> <id of the last customer looked at>". */
export const PLACING = 'tiers.placing'
/** The business day on which everybody was looked at last. */
export const LOOKED_ON = 'tiers.looked_on'

/** What this room noted about its own work; undefined = nothing. */
export async function findNote(tx: Tx, key: string): Promise<string | undefined> {
  return (await tx.setting.findUnique({ where: { key } }))?.value
}

/** Notes something in place of what was noted before. */
export async function saveNote({ prisma }: Database, key: string, value: string): Promise<void> {
  await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}
