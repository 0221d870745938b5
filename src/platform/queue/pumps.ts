import type { Scope } from '../scope.ts'
import { withDeadline } from './deadline.ts'
import { faultOf } from './fault.ts'
import { claimEvents, type HeldEvent } from './inbox.ts'
import { createLanes, createPump, type Pump } from './lane.ts'
import { renewLeases } from './lease.ts'
import { claimMessages, type HeldMessage } from './outbox.ts'
import { type ProcessParts, processEvent } from './process-event.ts'
import { INBOX_RETRY, OUTAGE_RETRY, OUTBOX_RETRY, type RetryPolicy } from './retry.ts'
import { sendMessage } from './send-message.ts'
import type { InboxConsumer, Place, RunWork, Sender } from './types.ts'

/** What is worked off, by whom, and how much of it at once. */
export interface PumpOptions {
  readonly scope: Scope
  readonly runWork: RunWork
  readonly consumers: readonly InboxConsumer[]
  readonly senders: readonly Sender[]
  readonly inboxRetry?: RetryPolicy
  readonly outageRetry?: RetryPolicy
  readonly outboxRetry?: RetryPolicy
  /** Events in hand at once, those waiting for the network included. Default 32. */
  readonly eventsAtOnce?: number
  /** Messages in hand at once for each channel. Default 16. */
  readonly messagesAtOnce?: number
  /** Default 8,000 ms. */
  readonly prepareTimeoutMs?: number
  /** Default 30,000 ms. The channels' clients have shorter limits of their own. */
  readonly callTimeoutMs?: number
}

interface Hooks {
  readonly onTold: ProcessParts['onTold']
  readonly onFault: (error: unknown) => void
}

const CLAIM_TIMEOUT_MS = 10_000
const SEND_TIMEOUT_MS = 120_000
const QUIET_MS = 10_000

/** One pump for the inbox and one for each channel, so that a slow channel holds up no other. */
export function createPumps(options: PumpOptions, hooks: Hooks): ReadonlyMap<Place, Pump> {
  const outboxes = options.senders.map((sender) => [sender.channel, outboxPump(options, sender, hooks)] as const)
  return new Map<Place, Pump>([['inbox', inboxPump(options, hooks)], ...outboxes])
}

function inboxPump(options: PumpOptions, { onTold, onFault }: Hooks): Pump {
  const { scope, runWork, eventsAtOnce = 32, prepareTimeoutMs = 8_000 } = options
  const parts = {
    scope,
    runWork,
    consumers: new Map(options.consumers.map((consumer) => [consumer.source, consumer])),
    retry: options.inboxRetry ?? INBOX_RETRY,
    outageRetry: options.outageRetry ?? OUTAGE_RETRY,
    // The rest of the connections is for the intake and for people who wait in Slack.
    room: createLanes(Math.max(1, Math.floor(scope.db.concurrency * 0.6))),
    prepareTimeoutMs,
    onTold
  }
  return createPump<HeldEvent>({
    onFault,
    capacity: eventsAtOnce,
    claim: (count) => withDeadline('claiming events', CLAIM_TIMEOUT_MS, claimEvents(scope.db, count)),
    process: (event) => processEvent(parts, event),
    isFollowed: ({ followed }) => followed,
    renew: (events) => renewLeases(scope.db, 'inbox', events)
  })
}

function outboxPump(options: PumpOptions, sender: Sender, { onFault }: Hooks): Pump {
  const { scope, outboxRetry = OUTBOX_RETRY, messagesAtOnce = 16, callTimeoutMs = 30_000 } = options
  const { channel } = sender
  const parts = { scope, sender, retry: outboxRetry, callTimeoutMs, sendTimeoutMs: SEND_TIMEOUT_MS }
  return createPump<HeldMessage>({
    onFault,
    capacity: messagesAtOnce,
    claim: (count) => withDeadline('claiming messages', CLAIM_TIMEOUT_MS, claimMessages(scope.db, channel, count)),
    process: (message) => sendMessage(parts, message),
    isFollowed: ({ followed }) => followed,
    renew: (messages) => renewLeases(scope.db, 'outbox', messages)
  })
}

/** Says that the database is in trouble, and not again until ten seconds later. */
export function createFaultLogger({ log }: Scope): (error: unknown) => void {
  let saidAtMs = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - saidAtMs < QUIET_MS) return
    saidAtMs = performance.now()
    log.error('queue: the database did not do as asked; trying again', { fault: faultOf(error) })
  }
}
