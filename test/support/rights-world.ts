import { consentFeature } from '../../src/features/consent/index.ts'
import { customersFeature } from '../../src/features/customers/index.ts'
import { type PrivacyPort, rightsFeature } from '../../src/features/rights/index.ts'
import { settingsFeature } from '../../src/features/settings/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { timerConsumer } from '../../src/platform/queue/index.ts'
import type { Card } from '../../src/platform/slack/index.ts'
import { dataOf, textsOf } from './flow-world.ts'
import { type LineTurns, lineTurns } from './line-turns.ts'
import { testEngine, testScope } from './queue.ts'
import { member, staffDesk } from './staff-desk.ts'

type Messages = Awaited<ReturnType<LineTurns['say']>>
const BOSS = member('UBOSS', { role: 'manager' })

/** Customers who ask for their rights, the desk at which staff decide, and time that passes. */
export function rightsWorld(db: Database, { port, more = [] }: { port?: PrivacyPort; more?: readonly Feature[] } = {}) {
  const scope = testScope(db)
  const rooms = [customersFeature, consentFeature, rightsFeature(port), ...more]
  const features = [...rooms, settingsFeature(rooms)]
  const turns = lineTurns(scope, features)
  const desk = staffDesk(scope, features)
  const engine = testEngine(scope, { features, consumers: [timerConsumer(features)] })
  const sentSince = async (seq: bigint): Promise<Messages> => {
    const rows = await db.prisma.outbox.findMany({
      where: { channel: 'line', seq: { gt: seq } },
      orderBy: { seq: 'asc' }
    })
    return rows.flatMap(({ payloadSealed }) => JSON.parse(db.cipher.open('outbox.payload', payloadSealed)).messages)
  }
  const lastSeq = async () => (await db.prisma.outbox.aggregate({ _max: { seq: true } }))._max.seq ?? 0n
  const world = {
    scope,
    turns,
    desk,
    boss: BOSS,
    tap: (from: Messages, label: string, who: string) =>
      turns.handle(who, { type: 'postback', postback: { data: dataOf(from.at(-1), label) } }),
    /** Explains, confirms; what was said then. */
    async request(who: string, word: string, confirm: string): Promise<Messages> {
      return world.tap(await turns.say(who, word), confirm, who)
    },
    set: (name: string, value: string) => desk.command(BOSS, '/matane settings', `${name} ${value}`),
    /** Lets time pass and due timers run; what customers were told. */
    async pass(ms: number): Promise<string[]> {
      const before = await lastSeq()
      scope.at = new Date(scope.at.getTime() + ms)
      await engine.drain()
      return textsOf(await sentSince(before))
    },
    /** What customers were told by what staff did. */
    async told(by: () => Promise<unknown>): Promise<string[]> {
      const before = await lastSeq()
      await by()
      return textsOf(await sentSince(before))
    },
    rows: () => db.prisma.rightsRequest.findMany({ orderBy: { number: 'asc' } }),
    async card(): Promise<Card> {
      const row = await db.prisma.rightsRequest.findFirstOrThrow({ orderBy: { number: 'desc' } })
      for (const { slack } of features) {
        const card = await slack?.cards?.rights_request?.(desk.context, row.id)
        if (card) return card
      }
      throw new Error('There is no card')
    },
    /** How many times a card was to be drawn. */
    async drawn(): Promise<number> {
      return (await desk.intents()).filter(({ kind }) => kind === 'card').length
    },
    async threads(): Promise<string[]> {
      return (await desk.intents()).flatMap((intent) => (intent.kind === 'thread' ? [intent.text] : []))
    }
  }
  return world
}

export type RightsWorld = ReturnType<typeof rightsWorld>
