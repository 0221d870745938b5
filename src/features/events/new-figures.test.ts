import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testScope } from '../../../test/support/queue.ts'
import type { Feature } from '../../platform/feature.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Fact, FiguresChange } from '../../platform/work.ts'
import { factConsumer } from './announce-later.ts'
import { recordEvents } from './record-events.ts'
import { recordFacts } from './record-fact.ts'

const db = useDatabase()
const DAY_MS = 86_400_000

/** A room that looks at new figures and makes a fact of them, and who hears what, in order. */
async function setUp() {
  const scope = testScope(db())
  const looked: FiguresChange[][] = []
  const heard: string[] = []
  const hear = async (_: unknown, { name }: Fact) => void heard.push(name)
  const room: Feature = {
    name: 'room',
    async onFigures(_, changes) {
      looked.push([...changes])
      return changes.map(({ customerId }) => fact({ customerId, name: 'tier.changed', sourceId: `up:${customerId}` }))
    },
    on: { visit: hear, 'tier.changed': hear }
  }
  const perform = createPerform({ scope, features: [room], onCommit: () => undefined })
  const engine = testEngine(scope, { features: [room], consumers: [factConsumer] })
  const ids = ['01', '02'].map((end) => `01990000-0000-7000-8000-0000000000${end}`)
  await db().prisma.customer.createMany({ data: ids.map((id) => ({ id, createdAt: scope.now() })) })
  let made = 0
  const fact = (more: Partial<Fact>): Fact => {
    made += 1
    const [customerId = ''] = ids
    return { customerId, name: 'visit', at: scope.now(), source: 'test', sourceId: `${made}`, properties: {}, ...more }
  }
  return { scope, looked, heard, perform, engine, ids, fact }
}

test('rooms look once at all whose visits, orders or amounts a batch changed, with the latest that changed them', async () => {
  const { scope, looked, perform, ids, fact } = await setUp()
  const [one = '', other = ''] = ids
  const earlier = new Date(scope.at.getTime() - DAY_MS)
  const order = { order_id: 'o', amount: 1 }
  const visit = fact({ customerId: one, at: earlier })
  const facts = [
    ...[visit, visit, fact({ customerId: other, name: 'order.completed', properties: order })],
    ...[fact({ customerId: one, at: scope.at }), fact({ customerId: other, name: 'message.sent', at: scope.at })]
  ]
  await perform('batch', (work) => recordEvents(work, facts))
  const changes = [one, other].map((customerId) => ({ customerId, at: scope.at }))
  expect([looked.length, new Set(looked[0])]).toEqual([1, new Set(changes)])
  await perform('again', (work) => recordEvents(work, [visit, fact({ name: 'message.sent' })]))
  expect(looked).toHaveLength(1)
})

test('what comes of them is told before the fact itself at a counter, and later where facts come in bulk', async () => {
  const { heard, perform, engine, ids, fact } = await setUp()
  await perform('told', (work) => recordFacts(work, [fact({})]))
  expect(heard).toEqual(['tier.changed', 'visit'])
  const customerId = ids[1] ?? ''
  await perform('sent', (work) => recordEvents(work, [fact({ customerId })]))
  expect(heard).toHaveLength(2)
  await engine.drain()
  expect(heard).toEqual(['tier.changed', 'visit', 'tier.changed'])
  expect(await db().prisma.event.count({ where: { name: 'tier.changed' } })).toBe(2)
})
