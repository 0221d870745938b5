import type { Scope } from '../scope.ts'
import { withDeadline } from './deadline.ts'
import { faultOf } from './fault.ts'
import { releaseEvents } from './inbox.ts'
import type { Pump } from './lane.ts'
import { RENEW_MS } from './lease.ts'
import { releaseMessages, unparkMessages } from './outbox.ts'
import { createFaultLogger, createPumps, type PumpOptions } from './pumps.ts'
import { INBOX_RETRY, OUTBOX_RETRY } from './retry.ts'
import { fireDueTimers } from './timers.ts'
import type { Place } from './types.ts'

/** Works off the inbox, the outbox and the timers. Any number of engines may share one server database. */
export interface Engine {
  /** Something was stored in these places (default: everywhere): look for it now. Does nothing unless started. */
  wake(places?: readonly Place[]): void
  /**
   * Runs everything that is due, and what follows from it, until nothing is; on a server that is never idle, for half a
   * minute. Rows waiting for another try are not due.
   */
  drain(): Promise<void>
  /** Works until stopped: woken by wake(), and looking by itself for what other processes stored. */
  start(): Promise<void>
  /** Claims no more and waits up to `graceMs` for what is in hand; what is cut off is done again after its lease. */
  stop(graceMs: number): Promise<void>
}

export interface EngineOptions extends PumpOptions {
  /** How often to look for rows of other processes. Default 250 ms on a server, 1,000 ms embedded. */
  readonly pollMs?: number
}

const UPKEEP_MS = 1_000
const LONGEST_DRAIN_MS = 30_000

/** An engine at rest: call start() in a server, drain() where nothing outlives a request. */
export function createEngine(options: EngineOptions): Engine {
  const { scope } = options
  const isOnlyProcess = scope.db.concurrency === 1
  const onFault = createFaultLogger(scope)
  const pumpAt = createPumps(options, { onTold: wake, onFault })
  const pumps = [...pumpAt.values()]
  let timers: NodeJS.Timeout[] = []
  let started = false
  let tending: Promise<unknown> | undefined

  function wake(places: Iterable<Place> = pumpAt.keys()): void {
    if (!started) return
    for (const place of places) pumpAt.get(place)?.wake()
  }

  function tend(): void {
    tending ??= upkeep(options)
      .then((found) => found > 0 && wake())
      .catch(onFault)
      .finally(() => {
        tending = undefined
      })
  }

  return {
    wake,
    drain: () =>
      keepingLeases(pumps, async () => {
        const untilMs = performance.now() + LONGEST_DRAIN_MS
        for (let done = 1; done > 0 && performance.now() < untilMs; ) {
          done = await upkeep(options)
          for (const pump of pumps) done += await pump.drained(untilMs)
        }
      }),
    async start() {
      if (isOnlyProcess) await takeOver(scope)
      started = true
      const pollMs = options.pollMs ?? (isOnlyProcess ? 1_000 : 250)
      timers = [
        setInterval(() => wake(), pollMs),
        setInterval(tend, UPKEEP_MS),
        setInterval(() => renew(pumps), RENEW_MS)
      ]
      wake()
      tend()
    },
    async stop(graceMs) {
      started = false
      for (const timer of timers) clearInterval(timer)
      const inHand = () => Promise.all([tending, ...pumps.map((pump) => pump.stop())])
      await keepingLeases(pumps, () => withDeadline('finishing the work in hand', graceMs, inHand())).catch(
        (error: unknown) => scope.log.warn('queue: work in hand was cut off', { fault: faultOf(error) })
      )
    }
  }
}

/** What no row asks for by itself: due timers, leases that ran out, parked messages whose time has come. How many. */
async function upkeep({ scope, inboxRetry, outboxRetry }: EngineOptions): Promise<number> {
  const fired = await fireDueTimers(scope)
  const unparked = await unparkMessages(scope.db, scope.now())
  const events = await releaseEvents(scope.db, { policy: inboxRetry ?? INBOX_RETRY })
  const messages = await releaseMessages(scope.db, { policy: outboxRetry ?? OUTBOX_RETRY })
  return fired + unparked + events + messages
}

/** An embedded database belongs to one process: what is in hand when it starts was left by the one before. */
async function takeOver({ db }: Scope): Promise<void> {
  await releaseEvents(db, { all: true })
  await releaseMessages(db, { all: true })
}

function renew(pumps: readonly Pump[]): void {
  for (const pump of pumps) void pump.renew()
}

async function keepingLeases(pumps: readonly Pump[], work: () => Promise<unknown>): Promise<void> {
  const renewing = setInterval(() => renew(pumps), RENEW_MS)
  await work().finally(() => clearInterval(renewing))
}
