import { z } from 'zod'
import type { LocaleText } from '../../../core/locale.ts'
import { oneOf } from '../../../core/one-of.ts'
import { customerCipher, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import { type NewReason, REASON_KINDS, type ReasonKind } from '../rules/reason.ts'
import type { FollowUpRow } from './follow-ups.ts'

/** One reason of a follow-up; `score` and `words` are gone once the customer took them back. */
export interface Reason {
  readonly kind: ReasonKind
  readonly score: number | null
  readonly words: string | null
  readonly title: LocaleText | null
  readonly withdrawn: boolean
  readonly at: Date
}

const WORDS = 'follow_up_reason.words'
const TITLE = 'follow_up_reason.title'
const Title = z.object({ ja: z.string(), en: z.string() })
/** Stored instead of words that the customer took back; sealed texts are never empty. */
const WITHDRAWN = ''

/** The follow-up that a cause already led to. */
export async function findByCause(tx: Tx, customerId: string, cause: string): Promise<FollowUpRow | undefined> {
  const reason = await tx.followUpReason.findUnique({
    where: { customerId_cause: { customerId, cause } },
    include: { followUp: true }
  })
  return reason?.followUp
}

export async function insertReason(
  tx: Tx,
  cipher: FieldCipher,
  added: NewReason & { followUpId: string; at: Date }
): Promise<void> {
  const { followUpId, customerId, kind, score, words, title, cause, at } = added
  const seal = async (field: string, text: string | undefined) =>
    text ? (await customerCipher({ tx, cipher }, customerId)).seal(field, text) : null
  const wordsSealed = await seal(WORDS, words)
  const titleSealed = await seal(TITLE, title && JSON.stringify(title))
  await tx.followUpReason.create({
    data: { followUpId, customerId, kind, score: score ?? null, wordsSealed, titleSealed, cause, at }
  })
}

/** When the customer last wrote while this follow-up was open, before the message in hand. */
export async function lastMessageAt(tx: Tx, followUpId: string): Promise<Date | undefined> {
  const where = { followUpId, kind: 'message' satisfies ReasonKind }
  return (await tx.followUpReason.findFirst({ where, orderBy: { at: 'desc' }, select: { at: true } }))?.at
}

/** Gives the reasons of a follow-up to another one. */
export async function moveReasons(tx: Tx, from: string, to: string): Promise<void> {
  await tx.followUpReason.updateMany({ where: { followUpId: from }, data: { followUpId: to } })
}

/** All reasons of a follow-up, oldest first. */
export async function reasonsOf(tx: Tx, cipher: FieldCipher, followUpId: string): Promise<Reason[]> {
  const rows = await tx.followUpReason.findMany({ where: { followUpId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return rows.map((row) => ({
    kind: oneOf(REASON_KINDS, row.kind),
    score: row.score,
    words: row.wordsSealed ? cipher.open(WORDS, row.wordsSealed) : null,
    title: row.titleSealed ? Title.parse(JSON.parse(cipher.open(TITLE, row.titleSealed))) : null,
    withdrawn: row.wordsSealed === WITHDRAWN,
    at: row.at
  }))
}

/** Forgets score and words that came with a cause, or with one that begins with it; answers whose cards show them. */
export async function redactWords(tx: Tx, customerId: string, cause: string): Promise<string[]> {
  const where = {
    customerId,
    AND: [
      { OR: [{ cause }, { cause: { startsWith: `${cause}:` } }] },
      // "Not withdrawn" is not true of a reason without words: SQL's null equals nothing.
      { OR: [{ wordsSealed: null }, { wordsSealed: { not: WITHDRAWN } }] }
    ]
  }
  const rows = await tx.followUpReason.findMany({ where, select: { id: true, followUpId: true } })
  await tx.followUpReason.updateMany({
    where: { id: { in: rows.map((row) => row.id) } },
    data: { score: null, wordsSealed: WITHDRAWN, titleSealed: null }
  })
  return [...new Set(rows.map((row) => row.followUpId))]
}
