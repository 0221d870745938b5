import type { Scope } from '../scope.ts'
import { retryConflicts } from './conflict.ts'
import { withDeadline } from './deadline.ts'
import { faultOf } from './fault.ts'
import { beginSuspect, fenceEvent, giveBackEvent, type HeldEvent } from './inbox.ts'
import type { Lanes } from './lane.ts'
import { isOutage } from './outage.ts'
import { nextTry, type RetryPolicy } from './retry.ts'
import { EventRefused, type InboxConsumer, type InboxRow, type Place, type RunWork } from './types.ts'

export interface ProcessParts {
  readonly scope: Scope
  readonly runWork: RunWork
  readonly consumers: ReadonlyMap<string, InboxConsumer>
  readonly retry: RetryPolicy
  /** For tries that failed because the database was not at its work. */
  readonly outageRetry: RetryPolicy
  /** Lets in as many transactions as the database has room for. */
  readonly room: Lanes
  readonly prepareTimeoutMs: number
  /** Called when an event has put rows in these places. */
  readonly onTold: (places: readonly Place[]) => void
}

/** Another worker has the row: its lease ran out here. Nothing was changed. */
class LeaseLost extends Error {}

/** Handles one event: prepares it, then its whole effect and the mark "done" in one transaction, or gives it back. */
export async function processEvent(parts: ProcessParts, event: HeldEvent): Promise<void> {
  const { scope } = parts
  try {
    parts.onTold(await handle(parts, event))
  } catch (error) {
    if (error instanceof LeaseLost) return scope.log.warn('inbox: another worker has taken over', { id: event.id })
    await giveBack(parts, event, error)
  }
}

async function giveBack(
  { scope, retry, outageRetry, onTold }: ProcessParts,
  event: HeldEvent,
  error: unknown
): Promise<void> {
  const { id, source, outages } = event
  const outage = isOutage(error)
  const attempts = outage ? outages + 1 : event.attempts
  const failed = { attempts, unsureMs: 0, retry: retryOf(error), retryAfterSeconds: undefined, random: Math.random() }
  const next = nextTry(outage ? outageRetry : retry, failed)
  const fault = faultOf(error)
  scope.log.error('inbox: an event failed', { id, source, attempts, outage, next, fault })
  await giveBackEvent(scope.db, event, { next, fault, isOutage: outage })
  if (next === 'dead') onTold(['slack'])
}

function retryOf(error: unknown): 'never' | 'later' {
  return error instanceof EventRefused ? 'never' : 'later'
}

async function handle(parts: ProcessParts, event: HeldEvent): Promise<readonly Place[]> {
  const { scope, runWork } = parts
  const consumer = parts.consumers.get(event.source)
  if (!consumer) throw new Error(`Nobody handles events of the source "${event.source}"`)
  const row = openRow(scope, event)
  const prepare = async () =>
    consumer.prepare &&
    withDeadline(
      'preparing an event',
      consumer.prepareTimeoutMs ?? parts.prepareTimeoutMs,
      consumer.prepare(scope, row)
    )
  const effect = (prepared: unknown) =>
    retryConflicts(() =>
      scope.db.transaction(async (tx) => {
        if (!(await fenceEvent(tx, event))) throw new LeaseLost()
        const cause = `${event.source}:${event.event_id}`
        return (await runWork(tx, cause, (work) => consumer.handle(work, row, prepared))).told
      })
    )
  if (!event.suspect) {
    const prepared = await prepare()
    return parts.room.enter(() => effect(prepared))
  }
  // Wholly inside the room, so that few events are under suspicion when the worker vanishes again.
  return parts.room.enter(async () => {
    await beginSuspect(scope.db, event)
    return effect(await prepare())
  })
}

function openRow(scope: Scope, event: HeldEvent): InboxRow {
  return {
    source: event.source,
    eventId: event.event_id,
    key: event.key,
    occurredAt: event.occurred_at,
    receivedAt: event.received_at,
    body: scope.db.cipher.open('inbox.body', event.body_sealed),
    attempts: event.attempts
  }
}
