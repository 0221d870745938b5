import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testScope } from '../../../test/support/queue.ts'
import { newId } from '../../core/ids.ts'
import type { Feature } from '../../platform/feature.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Fact } from '../../platform/work.ts'
import { factConsumer } from './announce-later.ts'
import { announceLater, type NewEvent, recordEvents } from './index.ts'

const db = useDatabase()

function setUp() {
  const scope = testScope(db())
  const heard: Fact[] = []
  let failing = ''
  const listener: Feature = {
    name: 'listener',
    on: {
      visit: async (_work, fact) => {
        if (fact.sourceId === failing) throw new Error('This one fails')
        heard.push(fact)
      }
    }
  }
  const perform = createPerform({ scope, features: [listener], onCommit: () => undefined })
  const engine = testEngine(scope, { features: [listener], consumers: [factConsumer] })
  return {
    scope,
    heard,
    drain: () => engine.drain(),
    fail: (sourceId: string) => {
      failing = sourceId
    },
    customer: async () => (await db().prisma.customer.create({ data: { createdAt: scope.at } })).id,
    record: (events: readonly NewEvent[]) =>
      perform(`test:${newId()}`, async (work) => {
        await recordEvents(work, events)
        announceLater(work, events)
      }),
    waiting: () => db().prisma.inbox.count()
  }
}

const visit = (customerId: string, sourceId: string, more: Partial<NewEvent> = {}): NewEvent => ({
  ...{ customerId, name: 'visit', at: new Date('2026-11-21T00:59:00.123Z'), source: 'pos', sourceId },
  properties: { amount: 500 },
  ...more
})

test('features hear of an event after it is recorded, once, with its plain properties and its shop', async () => {
  const { customer, record, drain, heard } = setUp()
  const id = await customer()
  const lines = [{ sku: 'a', amount: 1 }]
  const event = visit(id, '1', { shop: 'kamakura', properties: { amount: 500, lines }, personal: { memo: '佐藤様' } })
  await record([event])
  await record([event])
  expect(heard).toEqual([])
  await drain()
  await drain()
  expect(heard).toEqual([
    {
      ...{ customerId: id, name: 'visit', at: event.at, source: 'pos', sourceId: '1', shop: 'kamakura' },
      properties: { amount: 500 }
    }
  ])
})

test('what nobody listens for, and what is no news, takes no place in the queue', async () => {
  const { customer, record, waiting } = setUp()
  const id = await customer()
  await record([
    visit(id, '1', { name: 'feature.used' }),
    visit(id, '2', { at: new Date('2026-11-14T00:59:59Z') }),
    visit(id, '3', { at: new Date('2026-11-14T01:00:00Z') })
  ])
  expect(await waiting()).toBe(1)
})

test('one that fails spoils no other, and is laid aside', async () => {
  const { customer, record, drain, heard, fail } = setUp()
  const [one, other] = [await customer(), await customer()]
  fail('bad')
  await record([visit(one, 'bad'), visit(other, 'good')])
  await drain()
  expect(heard.map(({ sourceId }) => sourceId)).toEqual(['good'])
  expect((await db().prisma.inbox.findMany({ where: { state: 'dead' } })).map(({ key }) => key)).toEqual([one])
})

test('an event that went over to another customer is told as theirs, one that was erased is not told', async () => {
  const { customer, record, drain, heard } = setUp()
  const [before, after] = [await customer(), await customer()]
  await record([visit(before, 'moved'), visit(before, 'erased')])
  await db().prisma.event.updateMany({ where: { sourceId: 'moved' }, data: { customerId: after } })
  await db().prisma.event.deleteMany({ where: { sourceId: 'erased' } })
  await drain()
  expect(heard.map(({ customerId, sourceId }) => [customerId, sourceId])).toEqual([[after, 'moved']])
})
