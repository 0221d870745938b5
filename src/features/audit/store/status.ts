import { z } from 'zod'
import type { Database } from '../../../platform/db/index.ts'
import { FAULTS } from '../rules/verify.ts'

const VERIFIED = 'audit.verified'

/** How the last verification ended. It says what was found, and proves nothing: verifying does. */
const Verification = z.object({
  at: z.iso.datetime(),
  intact: z.boolean(),
  kind: z.enum(FAULTS).optional(),
  position: z.number().optional()
})
/** As above. */
export type Verification = z.infer<typeof Verification>

/** Notes how a verification ended. */
export async function saveVerification({ prisma }: Database, verification: Verification): Promise<void> {
  const value = JSON.stringify(verification)
  await prisma.setting.upsert({ where: { key: VERIFIED }, create: { key: VERIFIED, value }, update: { value } })
}

/** How the last verification ended; undefined when there was none. */
export async function lastVerification({ prisma }: Database): Promise<Verification | undefined> {
  const note = await prisma.setting.findUnique({ where: { key: VERIFIED } })
  if (!note) return undefined
  try {
    return Verification.safeParse(JSON.parse(note.value)).data
  } catch {
    return undefined
  }
}

/** How many rows have no place in the chain yet, and since when the oldest of them waits. */
export async function countPending(db: Database): Promise<{ pending: number; since: Date | undefined }> {
  const [row] = await db.query<{ pending: number; since: Date | null }>(
    'SELECT count(*)::int AS pending, min(at) AS since FROM audit WHERE position IS NULL'
  )
  return { pending: row?.pending ?? 0, since: row?.since ?? undefined }
}
