import type { Scope } from '../scope.ts'
import { withDeadline } from './deadline.ts'
import { faultOf } from './fault.ts'
import { claimEvents, type HeldEvent, releaseEvents } from './inbox.ts'
import { createLanes, createPump, type Pump } from './lane.ts'
import { RENEW_MS, renewLeases } from './lease.ts'
import { claimMessages, type HeldMessage, releaseMessages, unparkMessages } from './outbox.ts'
import { processEvent } from './process-event.ts'
import { INBOX_RETRY, OUTBOX_RETRY, type RetryPolicy } from './retry.ts'
import { sendMessage } from './send-message.ts'
import { fireDueTimers } from './timers.ts'
import type { InboxConsumer, RunWork, Sender } from './types.ts'

/** Works off the inbox, the outbox and the timers. Any number of engines may share one server database. */
export interface Engine {
  /** Something was stored: look for work now. Does nothing unless started. */
  wake(): void
  /** Runs everything that is due, and what follows from it, until nothing is. Rows waiting for another try are not due. */
  drain(): Promise<void>
  /** Works until stopped: woken by wake(), and looking by itself for what other processes stored. */
  start(): Promise<void>
  /** Claims no more and waits up to `graceMs` for what is in hand; what is cut off is done again after its lease. */
  stop(graceMs: number): Promise<void>
}

export interface EngineOptions {
  readonly scope: Scope
  readonly runWork: RunWork
  readonly consumers: readonly InboxConsumer[]
  readonly senders: readonly Sender[]
  /** How often to look for rows of other processes. Default 250 ms on a server, 1,000 ms embedded. */
  readonly pollMs?: number
  readonly inboxRetry?: RetryPolicy
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

const UPKEEP_MS = 1_000
const CLAIM_TIMEOUT_MS = 10_000
const SEND_TIMEOUT_MS = 120_000

export function createEngine(options: EngineOptions): Engine {
  const { scope } = options
  const { db, log } = scope
  const pumps = createPumps(options, () => wake())
  let timers: NodeJS.Timeout[] = []
  let started = false
  let tending: Promise<unknown> | undefined

  function wake(): void {
    if (started) for (const pump of pumps) pump.wake()
  }

  /** What no row asks for by itself: due timers, leases that ran out, parked messages whose time has come. */
  async function upkeep(): Promise<number> {
    const found = [
      await fireDueTimers(scope),
      await unparkMessages(db, scope.now()),
      await releaseEvents(db, { policy: options.inboxRetry ?? INBOX_RETRY }),
      await releaseMessages(db, { policy: options.outboxRetry ?? OUTBOX_RETRY })
    ]
    return found.reduce((sum, count) => sum + count)
  }

  function tend(): void {
    tending ??= upkeep()
      .then((found) => found > 0 && wake())
      .catch((error: unknown) => log.error('queue: upkeep failed', { fault: faultOf(error) }))
      .finally(() => {
        tending = undefined
      })
  }

  function renew(): void {
    for (const pump of pumps) void pump.renew()
  }

  async function keepingLeases(work: () => Promise<void>): Promise<void> {
    const renewing = setInterval(renew, RENEW_MS)
    await work().finally(() => clearInterval(renewing))
  }

  return {
    wake,
    drain: () =>
      keepingLeases(async () => {
        for (let done = 1; done > 0; ) {
          done = await upkeep()
          for (const pump of pumps) done += await pump.drained()
        }
      }),
    async start() {
      // A database with a single connection belongs to this process alone: nobody can be at work on what is in hand.
      const all = db.concurrency === 1
      await releaseEvents(db, { all })
      await releaseMessages(db, { all })
      started = true
      const pollMs = options.pollMs ?? (db.concurrency === 1 ? 1_000 : 250)
      timers = [setInterval(wake, pollMs), setInterval(tend, UPKEEP_MS), setInterval(renew, RENEW_MS)]
      wake()
    },
    async stop(graceMs) {
      started = false
      for (const timer of timers) clearInterval(timer)
      await keepingLeases(async () => {
        const inHand = Promise.all([tending, ...pumps.map((pump) => pump.stop())])
        await withDeadline('finishing the work in hand', graceMs, inHand).catch((error: unknown) =>
          log.warn('queue: work in hand was cut off', { fault: faultOf(error) })
        )
      })
    }
  }
}

function createPumps(options: EngineOptions, wakeAll: () => void): Pump[] {
  return [inboxPump(options, wakeAll), ...options.senders.map((sender) => outboxPump(options, sender, wakeAll))]
}

function inboxPump(options: EngineOptions, wakeAll: () => void): Pump {
  const { scope, runWork, inboxRetry = INBOX_RETRY, eventsAtOnce = 32, prepareTimeoutMs = 8_000 } = options
  const parts = {
    scope,
    runWork,
    consumers: new Map(options.consumers.map((consumer) => [consumer.source, consumer])),
    retry: inboxRetry,
    // The rest of the connections is for the intake and for people who wait in Slack.
    room: createLanes(Math.max(1, Math.floor(scope.db.concurrency * 0.6))),
    prepareTimeoutMs
  }
  return createPump<HeldEvent>({
    capacity: eventsAtOnce,
    claim: (count) => withDeadline('claiming events', CLAIM_TIMEOUT_MS, claimEvents(scope.db, count)),
    process: (event) => processEvent(parts, event),
    renew: (events) => renewLeases(scope.db, 'inbox', events),
    onProgress: wakeAll,
    onFault: faultLogger(scope)
  })
}

function outboxPump(options: EngineOptions, sender: Sender, wakeAll: () => void): Pump {
  const { scope, outboxRetry = OUTBOX_RETRY, messagesAtOnce = 16, callTimeoutMs = 30_000 } = options
  const parts = { scope, sender, retry: outboxRetry, callTimeoutMs, sendTimeoutMs: SEND_TIMEOUT_MS }
  return createPump<HeldMessage>({
    capacity: messagesAtOnce,
    claim: (count) =>
      withDeadline('claiming messages', CLAIM_TIMEOUT_MS, claimMessages(scope.db, sender.channel, count)),
    process: (message) => sendMessage(parts, message),
    renew: (messages) => renewLeases(scope.db, 'outbox', messages),
    onProgress: wakeAll,
    onFault: faultLogger(scope)
  })
}

/** Says that the database is in trouble, and not again until ten seconds later. */
function faultLogger({ log }: Scope): (error: unknown) => void {
  let saidAtMs = -Infinity
  return (error) => {
    if (performance.now() - saidAtMs < 10_000) return
    saidAtMs = performance.now()
    log.error('queue: the database did not do as asked; trying again', { fault: faultOf(error) })
  }
}
