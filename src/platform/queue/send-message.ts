import type { Scope } from '../scope.ts'
import { withDeadline } from './deadline.ts'
import { faultOf } from './fault.ts'
import { beginAttempt, endAttempt, finishMessage, giveBackMessage, type HeldMessage, parkMessage } from './outbox.ts'
import { nextTry, type RetryPolicy } from './retry.ts'
import { DeliveryError, type OutboxRow, type RecordAttempt, type Sender } from './types.ts'

export interface SendParts {
  readonly scope: Scope
  readonly sender: Sender
  readonly retry: RetryPolicy
  /** How long one call may take; shorter than the lease. */
  readonly callTimeoutMs: number
  /** How long a row may be in hand, waiting included. */
  readonly sendTimeoutMs: number
}

/** Another worker has the row: its lease ran out here. */
class LeaseLost extends Error {}

/** Sends one message through its channel's sender: done, parked, given back or dead. Every call is on record before it is made. */
export async function sendMessage(parts: SendParts, message: HeldMessage): Promise<void> {
  const { scope, sender } = parts
  const calls = recordCalls(parts, message)
  // Its customer was erased, or its record, while it was in hand.
  if (message.payload_sealed === '') return calls.finish('dropped')
  try {
    const sending = sender.send(scope, openRow(scope, message), calls.attempt)
    const outcome = await withDeadline(`sending to ${sender.channel}`, parts.sendTimeoutMs, sending)
    if ('outcome' in outcome) return await calls.finish(outcome.outcome)
    await calls.noteAccepted()
    await parkMessage(scope.db, message, outcome.parkUntil, outcome.reason)
  } catch (error) {
    await calls.noteAccepted()
    if (error instanceof LeaseLost) return scope.log.warn('outbox: another worker has taken over', { id: message.id })
    await giveBack(parts, message, error)
  }
}

async function giveBack({ scope, sender, retry }: SendParts, message: HeldMessage, error: unknown): Promise<void> {
  const refusal = error instanceof DeliveryError ? error : undefined
  const counts = refusal?.counts ?? true
  const attempts = message.attempts - (counts ? 0 : 1)
  const next = nextTry(retry, {
    attempts,
    unsureMs: message.unsure_ms,
    retry: refusal?.retry ?? 'later',
    retryAfterSeconds: refusal?.retryAfterSeconds,
    random: Math.random()
  })
  const fault = faultOf(error)
  const data = { id: message.id, channel: sender.channel, attempts, next, fault }
  if (next === 'dead') scope.log.error('outbox: a message could not be sent', data)
  else if (counts) scope.log.warn('outbox: a message will be tried again', data)
  await giveBackMessage(scope.db, message, { next, fault, counts })
}

/** How the calls of a message are put on record. */
interface Calls {
  readonly attempt: RecordAttempt
  /** Notes the call that was accepted last; nothing when that was done. */
  noteAccepted(): Promise<void>
  /** Marks the message sent, in one statement with the note about its last call. */
  finish(outcome: string): Promise<void>
}

function recordCalls({ scope, callTimeoutMs }: SendParts, message: HeldMessage): Calls {
  let acceptedAttempt: string | undefined
  const noteAccepted = async () => {
    const id = acceptedAttempt
    acceptedAttempt = undefined
    if (id !== undefined) await endAttempt(scope.db, id, { result: 'accepted' })
  }
  const attempt: RecordAttempt = async (method, call) => {
    await noteAccepted()
    const attemptId = await beginAttempt(scope.db, message, method)
    if (attemptId === undefined) throw new LeaseLost()
    try {
      const answer = await withDeadline(method, callTimeoutMs, call())
      acceptedAttempt = attemptId
      return answer
    } catch (error) {
      const refusal = error instanceof DeliveryError && error.answered
      const status = error instanceof DeliveryError ? error.status : undefined
      await endAttempt(scope.db, attemptId, { result: refusal ? 'refused' : 'unknown', status, detail: faultOf(error) })
      throw error
    }
  }
  return {
    attempt,
    noteAccepted,
    async finish(outcome) {
      await finishMessage(scope.db, message, { outcome, acceptedAttempt })
      acceptedAttempt = undefined
    }
  }
}

function openRow(scope: Scope, message: HeldMessage): OutboxRow {
  return {
    id: message.id,
    key: message.key,
    customerId: message.customer_id ?? undefined,
    cause: message.cause,
    payload: scope.db.cipher.open('outbox.payload', message.payload_sealed),
    attempts: message.attempts,
    createdAt: message.created_at,
    earlier: (message.earlier ?? []).map((attempt) => ({
      method: attempt.method,
      result: attempt.result,
      status: attempt.status ?? undefined,
      detail: attempt.detail ?? undefined,
      startedAt: new Date(attempt.startedAt)
    }))
  }
}
