import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { shippedTiers } from '../../../test/support/tier-world.ts'
import { tagCustomer } from '../customers/index.ts'
import { publish as publishDefinition } from '../definitions/index.ts'
import { knownFacts } from './known-facts.ts'
import { FACT_NAMES } from './rules/customer-facts.ts'
import { Flow } from './rules/schema.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

const text = (words: string) => `text: { ja: '${words}', en: '${words}' }`
const say = (id: string, words = id) => `{ id: ${id}, do: say, ${text(words)}, next: exit }`
const branch = (when: string) => `{ id: b, do: branch, next: [{ when: { ${when} }, to: yes }, { to: no }] }`
const publish = (...steps: string[]) =>
  world.publish(
    `{ id: a, kind: scenario, consent: service, trigger: { event: coupon.granted }, steps: [${steps.join(', ')}] }`
  )
const start = async () => textsOf(await world.fact(anna, 'coupon.granted'))
const tag = (name: string) => world.perform((work) => tagCustomer(work, { customerId: anna, tag: name, by: 'test' }))

test('a flow sees the customer as they are when it moves', async () => {
  await publish(
    `{ id: w, do: wait, for: 1h }`,
    branch("'customer.visits': { gte: 2 }, 'customer.tags': { includes: VIP }"),
    say('yes', '{customer.visits}回 {customer.last_nps|—}'),
    say('no')
  )
  await world.fact(anna, 'visit')
  await start()
  expect(textsOf(await world.pass('1h'))).toEqual(['no'])
  await start()
  await world.fact(anna, 'visit')
  await tag('VIP')
  expect(textsOf(await world.pass('1h'))).toEqual(['2回 —'])
})

test('segments, stage and figures of a customer', async () => {
  await db().prisma.segmentMember.create({ data: { segment: 'regulars', customerId: anna, enteredAt: world.scope.at } })
  await tag('常連')
  await world.fact(anna, 'order.completed', { properties: { order_id: '1', amount: 4800 } })
  await world.fact(anna, 'visit')
  await world.fact(anna, 'survey.answered', { properties: { measure: 'csat', score: 4 } })
  await world.pass('2d')
  const steps = [{ id: 'a', do: 'branch', next: [{ when: whenAll(), to: 'exit' }] }]
  const flow = Flow.parse({ id: 'f', kind: 'scenario', consent: 'service', trigger: { event: 'visit' }, steps })
  expect(await world.perform((work) => knownFacts(work, flow, anna))).toEqual({
    'customer.stage': 'new',
    'customer.locale': 'ja',
    'customer.visits': 1,
    'customer.visits_90d': 1,
    'customer.days_since_visit': 2,
    'customer.orders': 1,
    'customer.amount_yen': 4800,
    'customer.amount_365d_yen': 4800,
    'customer.last_csat': 4,
    'customer.coupons_granted': 0,
    'customer.tags': ['常連'],
    'customer.segments': ['regulars']
  })
})

test('the tier of a customer, by its key and as it is called, and nothing where there are no tiers', async () => {
  await publish(say('a', '{customer.tier_name|なし}'))
  expect(await start()).toEqual(['なし'])
  const tiers = shippedTiers()
  await db().transaction((tx) =>
    publishDefinition(tx, { kind: 'tiers', key: 'tiers', body: tiers, at: world.scope.at })
  )
  expect(await start()).toEqual(['レギュラー'])
  const since = new Date('2026-11-01')
  await db().prisma.customerTier.create({ data: { customerId: anna, tier: 'gold', rank: 2, since } })
  await publish(branch("'customer.tier': { in: [silver, gold] }"), say('yes', '{customer.tier_name|なし}'), say('no'))
  expect(await start()).toEqual(['ゴールド'])
})

test('of somebody nothing is known of, counts are 0 and the words for what is unknown are said', async () => {
  await publish(say('a', '{customer.amount_yen} {customer.orders} {customer.days_since_visit|初めて}'))
  expect(await start()).toEqual(['¥0 0 初めて'])
})

test('a question asked again, and staff, read them too; the run keeps nothing of it', async () => {
  const retry = `retry: { ja: '{customer.visits}回のお客様、1〜5で', en: 'a' }`
  await publish(
    `{ id: q, do: ask, ${text('q')}, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 2d, to: exit }, ${retry} }`,
    `{ id: f, do: follow_up, priority: high, due: 1d, score: q, title: { ja: '{customer.visits}回目', en: 'a' } }`
  )
  await world.fact(anna, 'visit')
  const [question] = await world.fact(anna, 'coupon.granted')
  expect(textsOf(await world.turns.say('U-anna', '9'))).toEqual(['1回のお客様、1〜5で'])
  const { factsSealed } = await db().prisma.flowRun.findFirstOrThrow()
  expect(db().cipher.open('flow_run.facts', factsSealed)).not.toContain('customer')
  await world.tap('U-anna', dataOf(question, '2'))
  const reason = await db().prisma.followUpReason.findFirstOrThrow()
  expect(db().cipher.open('follow_up_reason.title', reason.titleSealed ?? '')).toContain('1回目')
})

test('a flow that begins with a question for some is asked after those that only tell', async () => {
  const ask = `{ id: q, do: ask, ${text('q?')}, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 2d, to: exit } }`
  await publish("{ id: b, do: branch, next: [{ when: { 'customer.visits': 0 }, to: q }, { to: exit }] }", ask)
  await world.publish(
    `{ id: z, kind: scenario, consent: service, trigger: { event: coupon.granted }, steps: [${say('news')}] }`
  )
  expect(await start()).toEqual(['news', 'q?'])
})

function whenAll(): object {
  return Object.fromEntries(FACT_NAMES.map((name) => [name, { answered: true }]))
}
