import { Hono } from 'hono'
import { beforeEach, expect, test } from 'vitest'
import { testConfig } from '../../../test/support/config.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import type { Config } from '../../config.ts'
import type { HttpEnv } from '../../platform/feature.ts'
import type { Perform } from '../../platform/work.ts'
import { giveIdentity, toldIdentity } from '../customers/index.ts'
import { enterRoutes } from './routes.ts'

const db = useDatabase()
const HELLO = `{ id: hello, kind: scenario, consent: service, trigger: { by_hand: true },
  steps: [{ id: hello, do: say, text: { ja: こんにちは, en: Hello } }] }`
const KEYS: Config['writeKeys'] = [
  { kind: 'ec', source: 'shop', key: 'server-key-0123456789' },
  { kind: 'browser', source: 'site', key: 'browser-key-0123456789' }
]
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  world.scope.at = new Date('2026-11-21T11:00:00+09:00')
  anna = await world.person('U-anna')
  await own(anna, 'ec', 'C-1')
  await world.publish(HELLO)
})

async function own(customerId: string, kind: string, value: string): Promise<void> {
  const told = toldIdentity(kind, value)
  if (!told.ok) throw new Error(told.message)
  await world.perform((work) => giveIdentity(work, customerId, told.value))
}

function server(perform: Perform = world.performAs) {
  const app = new Hono<HttpEnv>()
  enterRoutes(app, { scope: world.scope, perform, config: { ...testConfig, writeKeys: KEYS } })
  return async (
    body: unknown,
    { key = KEYS[0]?.key, flow = 'hello' }: { key?: string | undefined; flow?: string } = {}
  ) => {
    const headers = { authorization: `Basic ${btoa(`${key}:`)}` }
    const answer = await app.request(`/v1/flows/${flow}/enter`, {
      ...{ method: 'POST', headers },
      body: typeof body === 'string' ? body : JSON.stringify(body)
    })
    const json: Record<string, unknown> = await answer.json()
    return { ...json, status: answer.status, media: answer.headers.get('content-type') }
  }
}

const told = async () => {
  const rows = await db().prisma.outbox.findMany({ where: { channel: 'line' }, orderBy: { seq: 'asc' } })
  return rows.flatMap(({ payloadSealed }) =>
    textsOf(JSON.parse(db().cipher.open('outbox.payload', payloadSealed)).messages)
  )
}

test('a customer whom a source names enters, and it is on record which source it was', async () => {
  const before = (await told()).length
  expect(await server()({ messageId: 'm1', userId: 'C-1' })).toMatchObject({ status: 200, entry: 'entered' })
  expect((await told()).slice(before)).toEqual(['こんにちは'])
  expect(await db().prisma.audit.findMany({ where: { action: 'flow.start' } })).toMatchObject([
    { actorKind: 'source', actorId: 'api:shop', subjectId: 'scenario hello', customerId: anna }
  ])
})

test('one messageId starts a flow once, another one once more', async () => {
  const post = server()
  expect(await post({ messageId: 'm1', userId: 'C-1' })).toMatchObject({ entry: 'entered' })
  expect(await post({ messageId: 'm1', userId: 'C-1' })).toMatchObject({ status: 200, entry: 'known' })
  expect(await post({ messageId: 'm2', userId: 'C-1' })).toMatchObject({ entry: 'entered' })
  expect(await db().prisma.flowRun.count()).toBe(2)
})

test('requests of one messageId that come at the same moment start it once', async () => {
  const post = server()
  const answers = await Promise.all([1, 2, 3].map(() => post({ messageId: 'm1', userId: 'C-1' })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await db().prisma.flowRun.count()).toBe(1)
})

test('any identity names a customer, and those of one request have to be of one', async () => {
  await own(anna, 'email', 'anna@example.com')
  await own(await world.person('U-emma'), 'pos', 'P-9')
  const post = server()
  expect(await post({ messageId: 'm1', traits: { email: 'anna@example.com' } })).toMatchObject({ entry: 'entered' })
  const externalIds = [{ id: 'P-9', type: 'pos' }]
  expect(await post({ messageId: 'm2', context: { externalIds } })).toMatchObject({ entry: 'entered' })
  expect(await post({ messageId: 'm3', userId: 'C-1', context: { externalIds } })).toMatchObject({ status: 409 })
})

test('what the customer wants holds as ever: at night they enter in the morning', async () => {
  world.scope.at = new Date('2026-11-21T22:00:00+09:00')
  expect(await server()({ messageId: 'm1', userId: 'C-1' })).toMatchObject({ status: 200, entry: 'held' })
  expect(textsOf(await world.pass('11h'))).toEqual(['こんにちは'])
})

const good = { messageId: 'm1', userId: 'C-1' }
test.each([
  ['a key that is not known', good, { key: 'nobody-knows-this' }, 401],
  ['a browser’s key', good, { key: KEYS[1]?.key }, 403],
  ['what is no JSON', '{', {}, 400],
  ['no messageId', { userId: 'C-1' }, {}, 400],
  ['a messageId that is none', { ...good, messageId: 'あ い' }, {}, 400],
  ['nobody', { messageId: 'm1' }, {}, 400],
  ['a LINE id', { messageId: 'm1', userId: `U${'0'.repeat(32)}` }, {}, 400],
  ['somebody unknown', { ...good, userId: 'C-2' }, {}, 404],
  ['a flow that there is not', good, { flow: 'bye' }, 404]
])('%s starts nothing, and is told what to do', async (_, body, how, status) => {
  const answer = await server()(body, how)
  expect(answer).toMatchObject({ status, media: 'application/problem+json', title: expect.any(String) })
  expect(await db().prisma.flowRun.count()).toBe(0)
})

test('a fault of our own is told as one: the sender may send it again', async () => {
  const post = server(async () => {
    throw new Error('the database is away')
  })
  expect(await post(good)).toMatchObject({ status: 503, media: 'application/problem+json' })
  expect(JSON.stringify(world.scope.lines)).not.toContain('C-1')
})
