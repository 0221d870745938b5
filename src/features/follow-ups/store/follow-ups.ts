import { idOf } from '../../../core/ids.ts'
import { oneOf } from '../../../core/one-of.ts'
import { customerCipher, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { Work } from '../../../platform/work.ts'
import { PRIORITIES, type Priority } from '../rules/reason.ts'
import { type FollowUpState, OUTCOMES, type Outcome } from '../rules/state.ts'

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

/** A follow-up's row. */
export type FollowUpRow = Awaited<ReturnType<Tx['followUp']['findUniqueOrThrow']>>

const NOTE = 'follow_up.note'
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

export async function insertFollowUp(
  tx: Tx,
  cipher: FieldCipher,
  made: Pick<FollowUp, 'customerId' | 'priority' | 'dueAt' | 'openedAt' | 'assigneeId'> & { cause: string }
): Promise<FollowUp> {
  const { cause, ...fields } = made
  const id = idOf('follow_up', made.customerId, cause)
  return followUpOf(await tx.followUp.create({ data: { id, openCustomerId: made.customerId, ...fields } }), cipher)
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

/** Makes a follow-up the open one of a customer. */
export async function giveOpenPlace(tx: Tx, id: string, customerId: string): Promise<void> {
  await tx.followUp.update({ where: { id }, data: { openCustomerId: customerId } })
}

function followUpOf(row: FollowUpRow, cipher: FieldCipher): FollowUp {
  const { noteSealed, openCustomerId: _, ...fields } = row
  return {
    ...fields,
    priority: oneOf(PRIORITIES, row.priority) satisfies Priority,
    outcome: row.outcome === null ? null : (oneOf(STORED_OUTCOMES, row.outcome) satisfies Outcome),
    note: noteSealed ? cipher.open(NOTE, noteSealed) : null
  }
}
