import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { createRunWork } from '../../src/platform/perform.ts'
import { createEngine, type Engine, type EngineOptions, type InboxEvent } from '../../src/platform/queue/index.ts'
import type { Log, LogData, Scope } from '../../src/platform/scope.ts'

export type LogLine = { level: keyof Log; message: string; data: LogData | undefined }

/** A scope over a test's database, with a clock the test sets and a log it can read. */
export interface TestScope extends Scope {
  /** Business time; assign to travel. */
  at: Date
  readonly lines: readonly LogLine[]
}

export function testScope(db: Database, at = new Date('2026-11-21T01:00:00Z')): TestScope {
  const lines: LogLine[] = []
  const write = (level: keyof Log) => (message: string, data?: LogData) => void lines.push({ level, message, data })
  const scope: TestScope = {
    db,
    at,
    lines,
    now: () => scope.at,
    timeZone: 'Asia/Tokyo',
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    waitUntil: () => undefined
  }
  return scope
}

/**
 * Tries again at once, a few times: due a moment ago, since the machine's clock may be set back by some milliseconds, and a
 * row that is due only then is left by whoever drains the queue.
 */
export const AT_ONCE = {
  firstMs: -1_000,
  longestMs: -1_000,
  maxAttempts: 4,
  maxUnsureMs: Number.POSITIVE_INFINITY
} as const

/** An engine whose failing rows are due again at once; `features` listen to facts and timers. */
export function testEngine(
  scope: Scope,
  parts: Partial<Omit<EngineOptions, 'scope'>> & { readonly features?: readonly Feature[] } = {}
): Engine {
  const { features = [], ...options } = parts
  return createEngine({
    scope,
    runWork: createRunWork({ scope, features }),
    consumers: [],
    senders: [],
    inboxRetry: AT_ONCE,
    outboxRetry: AT_ONCE,
    ...options
  })
}

let made = 0

/** An event of the source "test"; each has an id of its own unless given. */
export function testEvent(event: Partial<InboxEvent> = {}): InboxEvent {
  made += 1
  return {
    source: 'test',
    eventId: `event-${made}`,
    key: 'key-a',
    occurredAt: new Date(Date.UTC(2026, 10, 21, 0, 0, 0, made)),
    body: '{}',
    ...event
  }
}
