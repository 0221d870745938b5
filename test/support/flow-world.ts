import { parse } from 'yaml'
import { durationMs } from '../../src/core/time.ts'
import { customersFeature } from '../../src/features/customers/index.ts'
import { publish } from '../../src/features/definitions/index.ts'
import { recordFact } from '../../src/features/events/index.ts'
import { checkFlow, flowsFeature } from '../../src/features/flows/index.ts'
import { followUpsFeature } from '../../src/features/follow-ups/index.ts'
import { surveysFeature } from '../../src/features/surveys/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { type LinePayload, timerConsumer } from '../../src/platform/queue/index.ts'
import type { Fact, Work } from '../../src/platform/work.ts'
import { lineTurns } from './line-turns.ts'
import { testEngine, testScope } from './queue.ts'

type Message = LinePayload['messages'][number]
/** Only what the tests look at. */
interface Tappable {
  readonly label?: string | undefined
  readonly data?: string | undefined
  readonly displayText?: string | undefined
}

/** Customers, surveys, flows and follow-ups on a real database: people who type and tap, facts, and time that passes. */
export function flowWorld(db: Database) {
  const scope = testScope(db)
  const features = [customersFeature, surveysFeature, flowsFeature, followUpsFeature]
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  const turns = lineTurns(scope, features)
  const engine = testEngine(scope, { features, consumers: [timerConsumer(features)] })
  let causes = 0
  const nextCause = () => {
    causes += 1
    return `test:${causes}`
  }

  return {
    scope,
    turns,
    perform: <T>(work: (work: Work) => Promise<T>) => perform(nextCause(), work),
    /** The same, by a cause of its own: told again, it is the same work. */
    performAs: perform,
    /** Publishes a flow written as YAML; throws when it has a fault. */
    async publish(yaml: string): Promise<string> {
      const checked = checkFlow(parse(yaml))
      if (!checked.ok) throw new Error(JSON.stringify(checked.faults))
      const { key, body } = checked
      return (await db.transaction((tx) => publish(tx, { kind: body.kind, key, body, at: scope.now() }))).id
    },
    /** A person who follows the account; their customer id. */
    async person(userId: string, language = 'ja'): Promise<string> {
      turns.profiles.set(userId, { displayName: '佐藤 花子', language })
      await turns.follow(userId)
      return turns.customerId(userId)
    },
    /** Records a fact in a unit of work of its own; the messages it brought. */
    async fact(customerId: string, name: string, more: Partial<Fact> = {}): Promise<Message[]> {
      const cause = nextCause()
      const fact = { customerId, name, at: scope.now(), source: 'test', sourceId: cause, properties: {}, ...more }
      await perform(cause, (work) => recordFact(work, fact))
      return messagesOf(db, { cause })
    },
    /** Moves business time forward and lets due timers run; the messages they brought. */
    async pass(duration: string): Promise<Message[]> {
      const last = await db.prisma.outbox.aggregate({ _max: { seq: true } })
      scope.at = new Date(scope.at.getTime() + durationMs(duration))
      await engine.drain()
      return messagesOf(db, { seq: { gt: last._max.seq ?? 0n } })
    },
    tap: (userId: string, data: string) => turns.handle(userId, { type: 'postback', postback: { data } })
  }
}
export type FlowWorld = ReturnType<typeof flowWorld>

/** The buttons under a message. */
export function buttonsOf(message: Message | undefined): Tappable[] {
  return (message?.quickReply?.items ?? []).flatMap(({ action }) => (action ? [action as Tappable] : []))
}

/** The data of the button with this label. */
export function dataOf(message: Message | undefined, label: string): string {
  const data = buttonsOf(message).find((button) => button.label === label)?.data
  if (!data) throw new Error(`No button "${label}" under ${JSON.stringify(message)}`)
  return data
}

/** The texts of messages. */
export function textsOf(messages: readonly Message[]): string[] {
  return messages.map((message) =>
    'text' in message && typeof message.text === 'string' ? message.text : message.type
  )
}

async function messagesOf(db: Database, where: { cause: string } | { seq: { gt: bigint } }): Promise<Message[]> {
  const rows = await db.prisma.outbox.findMany({ where: { ...where, channel: 'line' }, orderBy: { seq: 'asc' } })
  return rows.flatMap(({ payloadSealed }) => {
    const payload: LinePayload = JSON.parse(db.cipher.open('outbox.payload', payloadSealed))
    return payload.messages
  })
}
