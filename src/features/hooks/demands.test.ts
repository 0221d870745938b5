import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { shopifyCustomer } from '../../../test/support/hook-payloads.ts'
import { fromShopify } from '../../../test/support/hook-requests.ts'
import { hookWorld, REAL_PORT } from '../../../test/support/hook-world.ts'
import { member, staffDesk } from '../../../test/support/staff-desk.ts'
import { consentFeature } from '../consent/index.ts'
import { customersFeature } from '../customers/index.ts'
import { rightsFeature } from '../rights/index.ts'
import { settingsFeature } from '../settings/index.ts'

const db = useDatabase()
const DAY = 86_400_000
const BOSS = member('UBOSS', { role: 'manager' })
const CS = member('UCS')
const MEANT = { id: 7_310_000_000_001, email: 'hanako@example.jp', phone: '+819012345678' }

/** A shop whose customer is known here, and a desk at which staff decide what the shop passes on. */
async function shopWorld(told: object = {}) {
  const rooms = [customersFeature, consentFeature, rightsFeature(REAL_PORT)]
  const world = await hookWorld(db(), { more: [...rooms, settingsFeature(rooms)] })
  const desk = staffDesk(world.scope, world.features)
  await world.tell(fromShopify('customers/create', shopifyCustomer({ ...MEANT, ...told })))
  const { id } = await db().prisma.customer.findFirstOrThrow()
  return {
    ...{ ...world, desk, id },
    demand: (topic: string, { id: hookId = 'w-demand', ...customer }: { id?: string; [field: string]: unknown } = {}) =>
      world.tell(fromShopify(topic, { shop_id: 1, customer: { ...MEANT, ...customer } }, { id: hookId })),
    set: (name: string, value: string) => desk.command(BOSS, '/matane settings', `${name} ${value}`),
    /** What was to be said on LINE has been, by then. */
    async pass(ms: number) {
      await db().prisma.outbox.updateMany({ where: { channel: 'line' }, data: { state: 'done' } })
      world.scope.at = new Date(world.scope.at.getTime() + ms)
      await world.engine.drain()
    },
    requests: () => db().prisma.rightsRequest.findMany({ orderBy: { number: 'asc' } }),
    async request() {
      return db().prisma.rightsRequest.findFirstOrThrow()
    },
    notices: async () => (await desk.intents()).filter(({ kind }) => kind === 'notice').length,
    async card() {
      const { id } = await db().prisma.rightsRequest.findFirstOrThrow()
      const cards = world.features.map(({ slack }) => slack?.cards?.rights_request).find(Boolean)
      return JSON.stringify(await cards?.(desk.context, id))
    },
    onLine: () =>
      db().prisma.identity.create({
        data: {
          ...{ customerId: id, channel: 'line', externalHash: 'h', createdAt: world.scope.at },
          externalSealed: db().cipher.seal('identity.external', 'U1')
        }
      }),
    async said() {
      const rows = await db().prisma.outbox.findMany({ where: { channel: 'line' }, orderBy: { seq: 'asc' } })
      return rows.map(({ payloadSealed }) => db().cipher.open('outbox.payload', payloadSealed)).join('\n')
    }
  }
}

test('customers/redact is one request with its deadline however often it is told, and erases after the grace period', async () => {
  const world = await shopWorld()
  const start = world.scope.at.getTime()
  expect(await world.demand('customers/redact')).toEqual([200])
  await world.demand('customers/redact')
  await world.demand('customers/redact', { id: 'w-again' })
  expect(await world.requests()).toMatchObject([
    { right: 'erase', state: 'scheduled', customerId: world.id, dueAt: new Date(start + 14 * DAY) }
  ])
  const card = await world.card()
  expect(card).toContain('*届いた先*\\nshopify')
  expect(card).toContain('LINEでは届かないお客様')
  expect(await world.notices()).toBe(0)
  await world.pass(DAY - 1)
  expect(await db().prisma.customer.count()).toBe(1)
  await world.pass(1)
  await world.pass(3 * 60_000)
  expect(await world.requests()).toMatchObject([{ state: 'done' }])
  expect([await db().prisma.customer.count(), await db().prisma.identity.count()]).toEqual([0, 0])
  const audit = await db().prisma.audit.findMany({
    where: { customerId: world.id },
    orderBy: { seq: 'asc' }
  })
  expect(audit.map(({ actorKind, action }) => `${actorKind} ${action}`)).toEqual([
    'source rights.request',
    'source customer.erase',
    'system rights.done'
  ])
})

test('customers/redact waits for a manager where managers chose so', async () => {
  const world = await shopWorld()
  await world.set('erasure', 'staff')
  await world.demand('customers/redact')
  const { id, state } = await world.request()
  expect(state).toBe('waiting')
  const refused = await world.desk.click(CS, 'rights.approve', { value: id })
  expect(refused.whispers[0]?.text).toContain('マネージャーだけ')
  await world.desk.click(BOSS, 'rights.approve', { value: id })
  await world.pass(DAY)
  await world.pass(3 * 60_000)
  expect(await db().prisma.customer.count()).toBe(0)
})

test('customers/redact by an address alone is decided by staff, even where erasures are automatic', async () => {
  const world = await shopWorld()
  await world.demand('customers/redact', { id: 'w-1' })
  expect(await world.requests()).toMatchObject([{ state: 'scheduled' }])
  await db().prisma.rightsRequest.deleteMany()
  await db().prisma.identity.deleteMany({ where: { channel: 'ec' } })
  await world.demand('customers/redact', { id: 'w-2' })
  expect(await world.requests()).toMatchObject([{ state: 'waiting' }])
})

test('addresses that lead to two people open no request: staff are told', async () => {
  const world = await shopWorld({ phone: null })
  const other = shopifyCustomer({ id: 2, email: 'taro@example.jp', phone: MEANT.phone, updated_at: undefined })
  await world.tell(fromShopify('customers/create', other, { id: 'w-taro' }))
  await db().prisma.identity.deleteMany({ where: { channel: 'ec' } })
  await world.demand('customers/redact')
  expect(await world.requests()).toEqual([])
  expect(await world.notices()).toBe(1)
})

test('a customer on LINE is told, and can take the erasure back', async () => {
  const world = await shopWorld()
  await world.onLine()
  await world.demand('customers/redact')
  const said = await world.said()
  expect(said).toContain('オンラインショップから')
  expect(said).toContain('それまでは取り消せます')
  expect(said).toContain('依頼を取り消す')
  expect(await world.card()).toContain('判断の結果は、LINEでお客様に届きます')
})

test('customers/data_request reaches a customer on LINE at once, as a link', async () => {
  const world = await shopWorld()
  await world.onLine()
  await world.demand('customers/data_request')
  expect(await world.requests()).toMatchObject([{ right: 'disclose', state: 'done' }])
  expect(await world.said()).toContain('http://localhost:3000/privacy/')
})

test('customers/data_request of somebody LINE does not reach waits for staff: who approves gets the link, alone', async () => {
  const world = await shopWorld()
  await world.demand('customers/data_request')
  const { id, state, right } = await world.request()
  expect([right, state]).toEqual(['disclose', 'waiting'])
  const { whispers, said } = await world.desk.click(CS, 'rights.approve', { value: id })
  expect(whispers.map(({ text }) => text)).toEqual([expect.stringContaining('http://localhost:3000/privacy/')])
  expect(said).toEqual([])
  expect(await world.said()).not.toContain('/privacy/')
  expect(JSON.stringify(await world.desk.intents())).not.toContain('/privacy/')
  const again = await world.desk.click(CS, 'rights.approve', { value: id })
  expect(again.whispers.map(({ text }) => text)).toEqual([expect.stringContaining('すでに「✅ 完了」')])
  expect(await db().prisma.privacyLink.count()).toBe(1)
})
