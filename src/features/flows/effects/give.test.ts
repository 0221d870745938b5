import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { useDatabase } from '../../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld, textsOf } from '../../../../test/support/flow-world.ts'
import { lineTurns } from '../../../../test/support/line-turns.ts'
import { loyaltyFeatures, publishLoyalty } from '../../../../test/support/loyalty.ts'
import { changeConsent, changeFrequency } from '../../consent/index.ts'
import { checkFiles, faultLine, publish, retire } from '../../definitions/index.ts'
import { lastStampsAt } from '../../stamps/store/cards.ts'
import { flowDefinitions } from '../index.ts'

const db = useDatabase()
const loyalty = loyaltyFeatures(() => new Date(0))
const COUPON =
  '{ key: come_back, title: { ja: 10％引き, en: 10% off }, note: { ja: 一度だけ, en: Once }, valid_for: 30d }'
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

async function coupon(yaml = COUPON): Promise<void> {
  const body: unknown = parse(yaml)
  await db().transaction((tx) => publish(tx, { kind: 'coupon', key: 'come_back', body, at: world.scope.at }))
}
const say = (id: string, words = id) => `{ id: ${id}, do: say, text: { ja: '${words}', en: '${words}' } }`
const ask = (id: string) =>
  `{ id: ${id}, do: ask, text: { ja: 'あ', en: 'a' }, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 2d, to: exit } }`
const give = '{ id: g, do: give, coupon: come_back }'
const stamp = '{ id: s, do: give, stamp: true }'
const flow = (steps: string[], { consent = 'service', event = 'visit' } = {}) =>
  `{ id: f, kind: scenario, consent: ${consent}, trigger: { event: ${event} }, steps: [${steps.join(', ')}] }`
/** What the customer sees who asks for their coupons. */
async function wallet(): Promise<string> {
  const message = { id: 'M-wallet', type: 'text', text: 'クーポン' }
  const asked = { type: 'message', webhookEventId: 'E-wallet', message }
  return JSON.stringify(await lineTurns(world.scope, loyalty).handle('U-anna', asked))
}
const visit = () => world.fact(anna, 'visit')
const grants = () => db().prisma.couponGrant.findMany()
const facts = async (name: string) =>
  (await db().prisma.event.findMany({ where: { name } })).map((row) => row.properties)
const notices = () => db().prisma.outbox.count({ where: { channel: 'slack', key: 'notice' } })

test('a coupon is shown, and said in the words of the flow with the last day it holds', async () => {
  await coupon()
  await world.publish(flow([give, say('a', '{coupon.title} {coupon.expires}まで')]))
  const messages = await visit()
  expect(textsOf(messages)).toEqual(['flex', '10％引き 2026年12月21日(月)まで'])
  expect(JSON.stringify(messages[0])).toContain('クーポンをお届けします：10％引き')
  expect(await grants()).toMatchObject([
    { customerId: anna, coupon: 'come_back', expiresAt: new Date('2026-12-22T00:00:00+09:00') }
  ])
  expect(await facts('coupon.granted')).toEqual([{ coupon: 'come_back', serial: expect.any(String) }])
})

test('it keeps the terms it was given with, in the wallet and in texts that come much later', async () => {
  await publishLoyalty(db())
  await coupon()
  await world.publish(flow([give, '{ id: w, do: wait, for: 5d }', say('a', '{coupon.title}')]))
  await visit()
  await coupon(COUPON.replace('10％引き', '50％引き'))
  expect(textsOf(await world.pass('6d'))).toEqual(['10％引き'])
  const shown = await wallet()
  expect(shown).toContain('10％引き')
  expect(shown).toContain('喫茶またね クーポン')
})

test('each passing of the step gives one; one passing told twice gives no second', async () => {
  await coupon()
  await world.publish(flow([ask('q'), `{ id: g, do: give, coupon: come_back, next: q }`]))
  const [question] = await visit()
  const [, again] = await world.tap('U-anna', dataOf(question, '1'))
  await world.tap('U-anna', dataOf(question, '1'))
  expect(await grants()).toHaveLength(1)
  await world.tap('U-anna', dataOf(again, '2'))
  expect(await grants()).toHaveLength(2)
})

test('who wants no words is given nothing on the way', async () => {
  await coupon()
  await world.publish(flow(['{ id: w, do: wait, for: 1d }', give], { consent: 'marketing' }))
  const allow = (allowed: boolean) =>
    world.perform((work) =>
      changeConsent(work, { customerId: anna, purpose: 'marketing', allow: allowed, source: 'test' })
    )
  await allow(true)
  await visit()
  await allow(false)
  expect(await world.pass('26h')).toEqual([])
  expect(await grants()).toEqual([])
})

test('a flow that gives a coupon reaches who wants only coupons, without saying so', async () => {
  await coupon()
  await world.publish(flow([give], { consent: 'marketing' }))
  await world.perform(async (work) => {
    await changeConsent(work, { customerId: anna, purpose: 'marketing', allow: true, source: 'test' })
    await changeFrequency(work, anna, 'coupons')
  })
  expect(textsOf(await visit())).toEqual(['flex'])
})

test('a coupon that is not published any more is told to staff once, and the flow goes on', async () => {
  await coupon()
  await world.publish(flow([give, say('a', 'bye {coupon.title}')]))
  await db().transaction((tx) => retire(tx, 'coupon', { key: 'come_back', at: world.scope.at }))
  expect(textsOf(await visit())).toEqual(['bye —'])
  expect(textsOf(await visit())).toEqual(['bye —'])
  expect([await grants(), await notices()]).toEqual([[], 1])
})

test('a stamp comes onto the card whenever the last one was, is no visit, and keeps no counter waiting', async () => {
  await publishLoyalty(db())
  await world.publish(flow([stamp], { event: 'stamp_card.completed' }))
  const [card] = await world.fact(anna, 'stamp_card.completed')
  await world.fact(anna, 'stamp_card.completed')
  expect(JSON.stringify(card)).toContain('スタンプを1個プレゼントします（1 / 10）')
  expect(await db().prisma.stamp.findMany({ orderBy: { position: 'asc' } })).toMatchObject([
    { position: 1, shop: null, code: null },
    { position: 2, shop: null, code: null }
  ])
  expect(await facts('stamp.granted')).toContainEqual({
    programme: 'main',
    card: 1,
    position: 1,
    goal: 10,
    count: 1,
    present: true
  })
  expect(await facts('visit')).toEqual([])
  expect((await lastStampsAt(db().prisma, anna)).size).toBe(0)
})

test('a stamp that fills the card brings what the card promised', async () => {
  await publishLoyalty(db(), { goal: 1 })
  await world.publish(flow([stamp]))
  const messages = await visit()
  expect(textsOf(messages)).toEqual(['flex', 'flex', 'flex'])
  expect(JSON.stringify(messages[1])).toContain('お好きなドリンク1杯無料')
  expect(await grants()).toMatchObject([{ coupon: 'free-drink' }])
})

test('while there is no stamp card, staff are told once', async () => {
  await world.publish(flow([stamp, say('a')]))
  expect(textsOf(await visit())).toEqual(['a'])
  await visit()
  expect(await notices()).toBe(1)
})

test('a coupon that there is not is a fault of the files', () => {
  const files = [
    { path: 'scenarios/f.yaml', text: flow([give]) },
    { path: 'loyalty/coupons/b.yaml', text: COUPON.replace('come_back', 'birthday') }
  ]
  const { faults } = checkFiles([...flowDefinitions, ...loyalty.flatMap(({ definitions = [] }) => definitions)], files)
  expect(faults.map(faultLine).join()).toContain(
    'there is no coupon "come_back": write one of birthday, or make flows/loyalty/coupons/come_back.yaml'
  )
})

test('points are given and said; without any published nothing is, and staff hear of it', async () => {
  await world.publish(flow(['{ id: p, do: give, points: 50 }', say('a')]))
  expect(textsOf(await visit())).toEqual(['a'])
  expect(await notices()).toBe(1)
  const body: unknown = parse('{ name: { ja: ポイント, en: Points }, earn: [{ on: visit, points: 5 }] }')
  await db().transaction((tx) => publish(tx, { kind: 'points', key: 'points', body, at: world.scope.at }))
  expect(textsOf(await visit())).toEqual(['50ポイントをプレゼントします。あわせて50ポイントになりました。', 'a'])
  expect(await db().prisma.pointsEntry.findMany()).toMatchObject([{ customerId: anna, kind: 'present', points: 50 }])
})
