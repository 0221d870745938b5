import { createServer, type IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import { Analytics } from '@segment/analytics-node'
import { afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { publish } from '../../src/features/definitions/index.ts'
import { checkFlow } from '../../src/features/flows/index.ts'
import { portOf } from '../../src/platform/http/index.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane, WRITE_KEYS } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})

function analytics(host: string, more: Partial<ConstructorParameters<typeof Analytics>[0]> = {}) {
  const client = new Analytics({ host, writeKey: WRITE_KEYS.shop, flushAt: 10, flushInterval: 50, ...more })
  const faults: unknown[] = []
  client.on('error', (fault) => faults.push(fault))
  return { client, faults }
}

/** Stands between the library and us, and does to the first requests what a bad network or server does. */
async function troubled(deeds: readonly ('lose the answer' | 'fail')[]): Promise<string> {
  let seen = 0
  const server = createServer(async (request, response) => {
    const deed = deeds[seen]
    seen += 1
    if (deed === 'fail') return void response.writeHead(503).end()
    const answer = await forward(request)
    if (deed === 'lose the answer') return void response.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  opened.push({ close: () => server.close() })
  return `http://127.0.0.1:${portOf(server)}`
}

async function forward(request: IncomingMessage): Promise<Response> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { authorization = '', 'content-type': type = '' } = request.headers
  const init = { method: 'POST', headers: { authorization, 'content-type': type }, body: Buffer.concat(chunks) }
  return fetch(`${world().origin}${request.url}`, init)
}

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${world().origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  } as RequestInit)
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) }
}
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` })
const shop = basic(WRITE_KEYS.shop)
const visits = async () => (await db().prisma.customerStats.findMany()).map(({ visits }) => visits)

describe('the official library of Segment', () => {
  test('works as it is: every kind of call is stored, and all of one person is one person', async () => {
    const { client, faults } = analytics(world().origin)
    const at = new Date(world().sandbox.clock.now().getTime() - 60_000)
    client.identify({ userId: 'hana', anonymousId: 'b1', traits: { email: 'hana@example.jp', name: '佐藤 花子' } })
    client.page({ anonymousId: 'b1', properties: { url: 'https://x.jp/lp?utm_source=ig' } })
    client.screen({ userId: 'hana', name: 'Menu' })
    client.track({
      userId: 'hana',
      event: 'Order Completed',
      properties: { order_id: 'o1', total: 1200 },
      timestamp: at
    })
    client.track({ userId: 'hana', event: 'Store Visited' })
    client.group({ userId: 'hana', groupId: 'office', traits: { plan: 'team' } })
    client.alias({ userId: 'hana', previousId: 'b0' })
    await client.closeAndFlush()
    expect(faults).toEqual([])
    expect(await db().prisma.customerStats.findMany()).toMatchObject([{ visits: 1, orders: 1, amountYen: 1200n }])
    const names = (await db().prisma.event.findMany({ where: { source: 'api:shop' } })).map(({ name }) => name)
    expect(names.sort()).toEqual(['group', 'order.completed', 'page.viewed', 'page.viewed', 'visit'])
    expect(await db().prisma.event.groupBy({ by: ['customerId'] })).toHaveLength(1)
  })

  test('what it sends again after faults of ours and lost answers counts once', { timeout: 60_000 }, async () => {
    const { client, faults } = analytics(await troubled(['fail', 'lose the answer']))
    for (let n = 0; n < 3; n += 1) client.track({ userId: 'hana', event: 'Store Visited' })
    await client.closeAndFlush({ timeout: 50_000 })
    expect(faults).toEqual([])
    expect(await visits()).toEqual([3])
  })

  test('with a wrong key it is told so, and nothing is stored', async () => {
    const { client, faults } = analytics(world().origin, { writeKey: 'somebody-elses-key' })
    client.track({ userId: 'hana', event: 'Store Visited' })
    await client.closeAndFlush()
    expect(faults).toHaveLength(1)
    expect(await db().prisma.customer.count()).toBe(0)
  })
})

const THANKS = `
id: thanks
kind: scenario
consent: service
trigger: { event: visit }
steps:
  - id: thanks
    do: say
    text: { ja: ご来店ありがとうございました。, en: Thank you for coming. }
    next: exit
`

test('a visit that a till tells of leads into a flow, once', async () => {
  const checked = checkFlow(parse(THANKS))
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults))
  const { key, body } = checked
  await db().transaction((tx) => publish(tx, { kind: body.kind, key, body, at: world().sandbox.clock.now() }))
  const { line } = world().sandbox.fakes
  const person = line.addPerson({ displayName: '花子', language: 'ja' })
  await line.follow(person.userId)
  await world().settle()
  await post('/v1/identify', { userId: 'hana', traits: { seat: '窓側' } }, shop)
  // As a merge or a link in the chat leaves it: one customer with LINE and an account.
  const { customerId } = await db().prisma.identity.findFirstOrThrow({ where: { channel: 'line' } })
  await db().prisma.identity.updateMany({ where: { channel: 'ec' }, data: { customerId } })
  const visit = { userId: 'hana', event: 'Store Visited', messageId: 'v1' }
  expect(await post('/v1/track', visit, shop)).toMatchObject({ status: 200, body: { success: true, stored: 1 } })
  expect(await post('/v1/track', visit, shop)).toMatchObject({ status: 200, body: { duplicates: 1 } })
  await world().settle()
  // At night it waits for the morning.
  await world().advance('14h')
  const said = JSON.stringify(line.chat(person.userId))
  expect(said.split('ご来店ありがとうございました。')).toHaveLength(2)
})

describe('the door', () => {
  const visit = { type: 'track', userId: 'hana', event: 'Store Visited', messageId: 'v1' }

  test.each([
    ['Basic', () => shop, {}],
    ['Bearer', () => ({ authorization: `Bearer ${WRITE_KEYS.shop}` }), {}],
    ['the body', () => ({ 'content-type': 'text/plain' }), { writeKey: WRITE_KEYS.shop }]
  ])('takes the key in %s', async (_where, headers, more) => {
    expect(await post('/v1/batch', { batch: [visit], ...more }, headers())).toMatchObject({
      ...{ status: 200, body: { success: true, received: 1, stored: 1 } }
    })
  })

  test.each([
    ['no key', {}, {}],
    ['a wrong key', basic('somebody-elses-key'), {}],
    ['a wrong key in front of a right one', basic('somebody-elses-key'), { writeKey: WRITE_KEYS.shop }],
    ['a part of a key', basic(WRITE_KEYS.shop.slice(0, -1)), {}],
    ['a key that is no text', {}, { writeKey: [WRITE_KEYS.shop] }],
    ['another scheme', { authorization: 'Digest x' }, {}]
  ])('with %s stays shut', async (_what, headers, more) => {
    const { status, headers: answered, body } = await post('/v1/batch', { batch: [visit], ...more }, headers)
    expect([status, answered.get('content-type'), body.status]).toEqual([401, 'application/problem+json', 401])
    expect(await db().prisma.customer.count()).toBe(0)
  })

  test('takes what is gzipped', async () => {
    const packed = gzipSync(JSON.stringify({ batch: [visit] }))
    expect(await post('/v1/batch', packed, { ...shop, 'content-encoding': 'gzip' })).toMatchObject({ status: 200 })
    expect(await visits()).toEqual([1])
  })

  test.each([
    ['too much', () => 'x'.repeat(2_097_153), {}, 413],
    ['what unpacks to too much', () => gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }, 413],
    ['no gzip', () => 'x', { 'content-encoding': 'gzip' }, 400],
    ['another packing', () => 'x', { 'content-encoding': 'br' }, 415],
    ['no JSON', () => '{"batch":[', {}, 400],
    ['no UTF-8', () => Buffer.from([0x22, 0xff, 0x22]), {}, 400],
    ['lists in lists without end', () => '['.repeat(200_000), {}, 400],
    ['no batch', () => '{"batch":7}', {}, 400],
    ['more messages than are taken', () => JSON.stringify({ batch: Array(2_501).fill(1) }), {}, 400]
  ])('refuses %s, and says what to send', async (_what, body, headers, status) => {
    const answer = await post('/v1/batch', body(), { ...shop, ...headers })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    expect(answer.body.detail.length).toBeGreaterThan(10)
  })

  test('a bad message of a batch is told in the answer, and the rest is stored; alone it is refused', async () => {
    const bad = { ...visit, messageId: 'bad', userId: 'null' }
    expect(await post('/v1/batch', { batch: [bad, visit] }, shop)).toMatchObject({
      status: 200,
      body: { success: false, stored: 1, errors: [{ index: 0, messageId: 'bad', error: 'userId' }] }
    })
    expect(await post('/v1/track', bad, shop)).toMatchObject({ status: 400, body: { success: false, stored: 0 } })
  })

  test('one too large spoils no other', async () => {
    const large = { ...visit, messageId: 'large', properties: { note: 'x'.repeat(1_000_000) } }
    expect(await post('/v1/batch', { batch: [large, visit] }, shop)).toMatchObject({
      body: { stored: 1, errors: [{ index: 0, messageId: 'large' }] }
    })
  })

  test('opens to pages of any origin, which can only be a browser', async () => {
    const origin = { origin: 'https://shop.example.jp' }
    const asked = {
      ...origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type'
    }
    const preflight = await fetch(`${world().origin}/v1/batch`, { method: 'OPTIONS', headers: asked })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const page = { type: 'page', anonymousId: 'b1', userId: 'victim', properties: { path: '/menu' } }
    const answer = await post('/v1/batch', { batch: [page, visit], writeKey: WRITE_KEYS.site }, origin)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.body).toMatchObject({
      stored: 1,
      errors: [
        { index: 1, error: 'userId' },
        { index: 1, error: 'event' }
      ]
    })
    expect((await db().prisma.identity.findMany()).map(({ channel }) => channel)).toEqual(['anonymous'])
  })

  test('a browser that sends without end has to wait, and says how long; others go on', async () => {
    const page = { messageId: 'p1', writeKey: WRITE_KEYS.site }
    const sendSome = () => Promise.all(Array.from({ length: 40 }, () => post('/v1/page', page)))
    let refused: Awaited<ReturnType<typeof post>> | undefined
    // A slow machine sends hardly faster than is allowed.
    for (let round = 0; round < 10 && !refused; round += 1)
      refused = (await sendSome()).find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await post('/v1/track', visit, shop)).toMatchObject({ status: 200 })
  })

  test('what the database does not take is our fault: 503, and nothing of it is stored', async () => {
    await db().query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$`
    )
    await db().query('CREATE TRIGGER fail BEFORE INSERT ON customer_day FOR EACH ROW EXECUTE FUNCTION fail()')
    try {
      const { status, headers } = await post('/v1/track', visit, shop)
      expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    } finally {
      await db().query('DROP TRIGGER fail ON customer_day')
      await db().query('DROP FUNCTION fail()')
    }
    expect(await post('/v1/track', visit, shop)).toMatchObject({ status: 200, body: { stored: 1 } })
  })

  test('what was said of a person is in no log', async () => {
    await post('/v1/identify', { userId: 'hana', traits: { email: 'hana@example.jp', name: '佐藤' } }, shop)
    await post('/v1/track', { userId: 'hana', event: '佐藤の来店', timestamp: 'never' }, shop)
    for (const secret of ['hana', '佐藤', WRITE_KEYS.shop]) expect(world().log.text()).not.toContain(secret)
  })
})
