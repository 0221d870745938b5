import { z } from 'zod'
import { idOf } from '../../core/ids.ts'
import type { LocaleText } from '../../core/locale.ts'
import { customerCipher, type FieldCipher, type Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { type NewReason, PRIORITIES, type Priority, REASON_KINDS, type ReasonKind } from './rules/reason.ts'
import { type FollowUpState, OUTCOMES, type Outcome } from './rules/state.ts'

/** A follow-up as it is stored. `note` is what staff wrote when they resolved it. */
export interface FollowUp extends FollowUpState {
  readonly id: string
  /** What people call it by: #812. */
  readonly number: number
  readonly customerId: string
  readonly openedAt: Date
  readonly note: string | null
  /** Its customer was erased then: what is left is a figure. */
  readonly erasedAt: Date | null
}

/** One reason of a follow-up; `score` and `words` are gone once the customer took them back. */
export interface Reason {
  readonly kind: ReasonKind
  readonly score: number | null
  readonly words: string | null
  readonly title: LocaleText | null
  readonly withdrawn: boolean
  readonly at: Date
}

type Row = Awaited<ReturnType<Tx['followUp']['findUniqueOrThrow']>>

const NOTE = 'follow_up.note'
const WORDS = 'follow_up_reason.words'
const TITLE = 'follow_up_reason.title'
const Title = z.object({ ja: z.string(), en: z.string() })
const DETAIL = 'follow_up_activity.detail'
/** Stored instead of words that the customer took back; sealed texts are never empty. */
const WITHDRAWN = ''
const STORED_OUTCOMES = [...OUTCOMES, 'merged'] as const

export async function findFollowUp(tx: Tx, cipher: FieldCipher, id: string): Promise<FollowUp | undefined> {
  const row = await tx.followUp.findUnique({ where: { id } })
  return row ? followUpOf(row, cipher) : undefined
}

/** The customer's open follow-up; there is at most one. */
export async function findOpen(tx: Tx, cipher: FieldCipher, customerId: string): Promise<FollowUp | undefined> {
  const row = await tx.followUp.findUnique({ where: { openCustomerId: customerId } })
  return row ? followUpOf(row, cipher) : undefined
}

/** Every open follow-up, the newest first. */
export async function listOpen(tx: Tx): Promise<{ id: string; customerId: string }[]> {
  const where = { openCustomerId: { not: null } }
  return tx.followUp.findMany({ where, orderBy: { number: 'desc' }, select: { id: true, customerId: true } })
}

/** Whose follow-up it is: what to lock before reading it. */
export async function customerOf(tx: Tx, id: string): Promise<string | undefined> {
  return (await tx.followUp.findUnique({ where: { id }, select: { customerId: true } }))?.customerId
}

/** The follow-up that a cause already led to. */
export async function findByCause(tx: Tx, customerId: string, cause: string): Promise<Row | undefined> {
  const reason = await tx.followUpReason.findUnique({
    where: { customerId_cause: { customerId, cause } },
    include: { followUp: true }
  })
  return reason?.followUp
}

export async function insertFollowUp(
  tx: Tx,
  cipher: FieldCipher,
  made: Pick<FollowUp, 'customerId' | 'priority' | 'dueAt' | 'openedAt' | 'assigneeId'> & { cause: string }
): Promise<FollowUp> {
  const { cause, ...fields } = made
  const id = idOf('follow_up', made.customerId, cause)
  return followUpOf(await tx.followUp.create({ data: { id, openCustomerId: made.customerId, ...fields } }), cipher)
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

/**
 * Stores what `decide` answered, if the follow-up is still at the version it was decided on; throws otherwise, which
 * undoes the unit of work. A resolved one gives up the customer's single place, a reopened one takes it again.
 */
export async function saveState(
  tx: Tx,
  before: FollowUp,
  after: FollowUpState,
  noteSealed?: string | null
): Promise<void> {
  const { version, priority, dueAt, assigneeId, respondedAt, snoozedUntil, resolvedAt, resolvedBy, outcome } = after
  const changed = await tx.followUp.updateMany({
    where: { id: before.id, version: before.version },
    data: {
      ...{ version, priority, dueAt, assigneeId, respondedAt, snoozedUntil, resolvedAt, resolvedBy, outcome },
      openCustomerId: resolvedAt ? null : before.customerId,
      ...(noteSealed === undefined ? {} : { noteSealed })
    }
  })
  if (changed.count !== 1) throw new Error(`Follow-up ${before.id} is no longer at version ${before.version}`)
}

export async function sealNote(work: Pick<Work, 'tx' | 'cipher'>, customerId: string, note: string): Promise<string> {
  return (await customerCipher(work, customerId)).seal(NOTE, note)
}

/** Whether this cause already did this: the same click told twice. */
export async function wasDone(tx: Tx, followUpId: string, { cause, action }: { cause: string; action: string }) {
  const where = { followUpId_cause_action: { followUpId, cause, action } }
  return (await tx.followUpActivity.findUnique({ where, select: { id: true } })) !== null
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

/** Makes a follow-up the open one of a customer. */
export async function giveOpenPlace(tx: Tx, id: string, customerId: string): Promise<void> {
  await tx.followUp.update({ where: { id }, data: { openCustomerId: customerId } })
}

/** What somebody did. `actor` is a Slack user id, "customer" or "matane". */
export interface Activity {
  readonly followUp: Pick<FollowUp, 'id' | 'customerId'>
  readonly actor: string
  readonly action: string
  readonly detail?: string | undefined
  readonly cause: string
  readonly at: Date
}

/** Writes down what was done; false when the same cause already did it. */
export async function insertActivity(tx: Tx, cipher: FieldCipher, activity: Activity): Promise<boolean> {
  const { detail, followUp, ...fields } = activity
  const seal = async (text: string) => (await customerCipher({ tx, cipher }, followUp.customerId)).seal(DETAIL, text)
  const detailSealed = detail === undefined ? null : await seal(detail)
  const { count } = await tx.followUpActivity.createMany({
    data: [{ ...fields, followUpId: followUp.id, detailSealed }],
    skipDuplicates: true
  })
  return count === 1
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

/** Empties the follow-ups of a customer who is erased, and ends those that are open; their ids. Done again, there are none. */
export async function eraseFollowUps(tx: Tx, { customerId, at }: { customerId: string; at: Date }): Promise<string[]> {
  const rows = await tx.followUp.findMany({ where: { customerId, erasedAt: null }, select: { id: true } })
  const ids = { in: rows.map(({ id }) => id) }
  await tx.followUpReason.deleteMany({ where: { followUpId: ids } })
  await tx.followUpActivity.updateMany({ where: { followUpId: ids }, data: { detailSealed: null } })
  const emptied = {
    erasedAt: at,
    noteSealed: null,
    openCustomerId: null,
    snoozedUntil: null,
    version: { increment: 1 }
  }
  await tx.followUp.updateMany({ where: { id: ids }, data: emptied })
  await tx.followUp.updateMany({ where: { id: ids, resolvedAt: null }, data: { resolvedAt: at } })
  return rows.map(({ id }) => id)
}

const FOLLOW_UPS_AT_ONCE = 200

/** Forgets what was written in some follow-ups that were resolved before an instant; how many. */
export async function forgetWords(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.followUp.findMany({
    where: {
      resolvedAt: { lt: before },
      OR: [
        { noteSealed: { not: null } },
        { reasons: { some: { OR: [{ wordsSealed: { not: null } }, { titleSealed: { not: null } }] } } },
        { activities: { some: { detailSealed: { not: null } } } }
      ]
    },
    take: FOLLOW_UPS_AT_ONCE,
    select: { id: true }
  })
  const ids = { in: rows.map(({ id }) => id) }
  await tx.followUpReason.updateMany({ where: { followUpId: ids }, data: { wordsSealed: null, titleSealed: null } })
  await tx.followUpActivity.updateMany({ where: { followUpId: ids }, data: { detailSealed: null } })
  await tx.followUp.updateMany({ where: { id: ids }, data: { noteSealed: null } })
  return rows.length
}

/** The customer's NPS before a moment; null when they were never asked. */
export async function npsBefore(tx: Tx, customerId: string, at: Date): Promise<number | null> {
  const response = await tx.surveyResponse.findFirst({
    where: { customerId, survey: 'nps', score: { not: null }, scoredAt: { lt: at } },
    orderBy: [{ scoredAt: 'desc' }, { id: 'desc' }]
  })
  return response?.score ?? null
}

function followUpOf(row: Row, cipher: FieldCipher): FollowUp {
  const { noteSealed, openCustomerId: _, ...fields } = row
  return {
    ...fields,
    priority: oneOf(PRIORITIES, row.priority) satisfies Priority,
    outcome: row.outcome === null ? null : (oneOf(STORED_OUTCOMES, row.outcome) satisfies Outcome),
    note: noteSealed ? cipher.open(NOTE, noteSealed) : null
  }
}

function oneOf<Value extends string>(known: readonly Value[], stored: string): Value {
  const value = known.find((one) => one === stored)
  if (!value) throw new Error(`The store holds "${stored}", which is none of ${known.join(', ')}`)
  return value
}
