import type { Tx } from '../../../platform/db/index.ts'
import type { Choice } from '../rules/choice.ts'
import { choiceOf } from '../rules/choice.ts'
import { MOST_TAKES } from '../rules/link.ts'

/** A link as it is now. */
export interface ExportLink {
  readonly choice: Choice
  /** Slack user id. */
  readonly askedBy: string
  /** How often its file was fetched. */
  readonly taken: number
  readonly expiresAt: Date
}

export async function insertExportLink(
  tx: Tx,
  link: Omit<ExportLink, 'taken'> & { readonly tokenHash: string; readonly createdAt: Date }
): Promise<void> {
  await tx.exportLink.create({ data: link })
}

/** The link behind a token; undefined when there is none (any more). */
export async function findExportLink(tx: Tx, tokenHash: string): Promise<ExportLink | undefined> {
  const row = await tx.exportLink.findUnique({ where: { tokenHash } })
  const choice = choiceOf(row?.choice)
  return row && choice ? { choice, askedBy: row.askedBy, taken: row.taken, expiresAt: row.expiresAt } : undefined
}

/** Uses a link once more; false when it is used up. Of two who do so at the last time one succeeds. */
export async function useExportLink(tx: Tx, tokenHash: string): Promise<boolean> {
  const where = { tokenHash, taken: { lt: MOST_TAKES } }
  return (await tx.exportLink.updateMany({ where, data: { taken: { increment: 1 } } })).count === 1
}

/** Forgets links that opened nothing any more before an instant; how many. */
export async function dropExportLinks(tx: Tx, before: Date): Promise<number> {
  return (await tx.exportLink.deleteMany({ where: { expiresAt: { lt: before } } })).count
}
