import { customerPort } from '../../src/features/customers/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { lineConsumer } from '../../src/platform/line/consume.ts'
import type { LineProfile } from '../../src/platform/line/index.ts'
import { createPerform } from '../../src/platform/perform.ts'
import type { InboxRow, LinePayload } from '../../src/platform/queue/index.ts'
import type { TestScope } from './queue.ts'

type Message = LinePayload['messages'][number]

export interface LineTurns {
  /** Real time: when LINE takes what is sent, and what counter codes run by. Assign to travel. */
  realNow: Date
  readonly profiles: Map<string, LineProfile | Error>
  /** Hands an event over as the queue would, each in a unit of work of its own; what was told to its sender. */
  handle(userId: string, event: { type: string; [field: string]: unknown }): Promise<Message[]>
  say(userId: string, text: string): Promise<Message[]>
  follow(userId: string): Promise<Message[]>
  unfollow(userId: string): Promise<Message[]>
  customerId(userId: string): Promise<string>
}

/** LINE events on the real road from the inbox to the outbox, without a queue or a network. */
export function lineTurns(scope: TestScope, features: readonly Feature[]): LineTurns {
  const profiles = new Map<string, LineProfile | Error>()
  const { db } = scope
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  const customers = customerPort({
    scope,
    fetchProfile: async (userId) => {
      const profile = profiles.get(userId)
      if (profile instanceof Error) throw profile
      return profile
    }
  })
  let events = 0
  const turns: LineTurns = {
    realNow: new Date('2026-11-21T01:00:00Z'),
    profiles,
    async handle(userId, event) {
      events += 1
      const row = rowOf(userId, { webhookEventId: `E${events}`, timestamp: turns.realNow.getTime(), ...event })
      const consumer = lineConsumer({
        features: features.flatMap(({ line }) => line ?? []),
        customers,
        now: () => turns.realNow
      })
      const prepared = await consumer.prepare?.(scope, row)
      const cause = `line:${row.eventId}`
      await perform(cause, (work) => consumer.handle(work, row, prepared))
      const sent = await db.prisma.outbox.findMany({ where: { cause, channel: 'line' }, orderBy: { seq: 'asc' } })
      return sent.flatMap(
        ({ payloadSealed }) => (JSON.parse(db.cipher.open('outbox.payload', payloadSealed)) as LinePayload).messages
      )
    },
    say: (userId, text) => {
      const message = { id: `M${events + 1}`, type: 'text', text }
      return turns.handle(userId, { type: 'message', message })
    },
    follow: (userId) => turns.handle(userId, { type: 'follow' }),
    unfollow: (userId) => turns.handle(userId, { type: 'unfollow' }),
    async customerId(userId) {
      const externalHash = db.cipher.blindIndex('identity.external', userId)
      return (await db.prisma.identity.findFirstOrThrow({ where: { externalHash } })).customerId
    }
  }
  return turns
}

function rowOf(userId: string, event: { webhookEventId: string; timestamp: number }): InboxRow {
  const whole = { mode: 'active', source: { type: 'user', userId }, replyToken: 'token', ...event }
  return {
    source: 'line',
    eventId: event.webhookEventId,
    key: `line:${userId}`,
    occurredAt: new Date(event.timestamp),
    receivedAt: new Date(event.timestamp),
    body: JSON.stringify(whole),
    attempts: 0
  }
}
