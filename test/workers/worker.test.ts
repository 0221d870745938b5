import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { deployMigrations } from '../../scripts/db/migration-status.ts'
import { counterUrls } from '../../src/features/shops/index.ts'
import { inboxEvents } from '../../src/platform/line/inbox-events.ts'
import { createIntake } from '../../src/platform/queue/index.ts'
import { type Actors, actorsOf } from '../support/actors.ts'
import { shopifyOrder, squarePayment, stripeEvent, stripeInvoice } from '../support/hook-payloads.ts'
import { fromShopify, fromSquare, fromStripe } from '../support/hook-requests.ts'
import type { PostgresServer } from '../support/postgres.ts'
import { unzip } from '../support/unzip.ts'
import { missingForWorkers, openWorkerWorld, tryPostgres, type WorkerWorld } from './worker-world.ts'

let world: WorkerWorld
let actors: Actors
let missing: string | undefined

beforeAll(async () => {
  const postgres = await tryPostgres()
  missing = missingForWorkers() ?? ('missing' in postgres ? postgres.missing : undefined)
  if (missing) console.warn(`The tests of the Worker are left out: ${missing}`)
  if ('server' in postgres) await (missing ? postgres.server.stop() : open(postgres.server))
}, 60_000)
afterAll(() => world?.close())
beforeEach(({ skip }) => {
  if (missing) skip(`Left out: ${missing}`)
  actors = actorsOf(world)
})

async function open(server: PostgresServer): Promise<void> {
  world = await openWorkerWorld(server)
}

const eventually = (assertion: () => void | Promise<void>) => vi.waitFor(assertion, { timeout: 10_000, interval: 25 })
const line = () => world.sandbox.fakes.line

test('while sessions do not run in UTC nothing is taken in, and the log says what to do', async () => {
  const person = line().addPerson({ displayName: '早い 人', language: 'ja' })
  const { status, webhookEventId } = await line().follow(person.userId)
  expect(status).toBe(503)
  expect(await get('/healthz')).toMatchObject({ status: 200 })
  expect(await get('/readyz')).toMatchObject({ status: 503 })
  expect(world.takeLog()).toContain('Asia/Tokyo, and must run in UTC: run npm run db -- deploy')
  expect(await world.db.prisma.inbox.count()).toBe(0)

  const { databaseUrl } = world
  expect(
    await deployMigrations({ databaseUrl, dataDir: '', encryptionKeys: undefined, timeZone: 'Asia/Tokyo' })
  ).toMatchObject({ ok: true })
  expect(await line().redeliver(webhookEventId)).toMatchObject({ status: 200 })
  await world.settle()
  expect(line().chat(person.userId)).not.toHaveLength(0)
})

test('it is alive, and ready', async () => {
  expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } })
  const { status, body } = await get('/readyz')
  expect(status).toBe(200)
  expect(body).toMatchObject({ checks: { database: { ok: true }, migrations: { ok: true }, queue: { ok: true } } })
})

test.each([
  ['/line/webhook', { 'x-line-signature': Buffer.alloc(32).toString('base64') }],
  ['/line/webhook', {}],
  ['/slack/events', { 'x-slack-signature': `v0=${'0'.repeat(64)}`, 'x-slack-request-timestamp': now() }],
  ['/slack/events', {}]
])('%s with the headers %j is forged: 401, and nothing is kept', async (path, headers) => {
  const before = await world.db.prisma.inbox.count()
  const answer = await fetch(world.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"destination":"U","events":[]}'
  })
  expect(answer.status).toBe(401)
  expect(await world.db.prisma.inbox.count()).toBe(before)
})

test('a follow is greeted with the stamp card, as a free reply', async () => {
  const { hanako } = actors
  await hanako.follow()
  expect(hanako.heard()).toContain('佐藤 花子')
  expect(hanako.heard()).toContain('0 / 10')
  expect(hanako.lastVia()).toBe('reply')
})

test('what a manager exports comes whole, although it is read while it is fetched', async () => {
  const { manager } = actors
  const slack = world.sandbox.fakes.slack
  await slack.command(manager.id, world.sandbox.slack.alertChannel, '/matane', 'export')
  await eventually(() => expect(slack.modal(manager.id)).toHaveLength(1))
  await slack.submitModal(manager.id, { choice: 'all_jsonl' })
  const [, path = ''] =
    /"https:\/\/matane.example.com(\/export\/[\w-]+)"/.exec(JSON.stringify(slack.modal(manager.id))) ?? []
  const answer = await fetch(world.origin + path, { method: 'POST' })
  const files = unzip(Buffer.from(await answer.arrayBuffer()))
  expect(files.get('tables/customer.jsonl')).toContain('佐藤 花子')
  await eventually(async () => {
    const [end] = await world.db.prisma.audit.findMany({ where: { action: 'data.export_end' } })
    expect(JSON.parse(world.db.cipher.open('audit.detail', end?.detailSealed ?? ''))).toMatchObject({
      outcome: 'complete'
    })
  })
  await slack.closeModal(manager.id)
})

test('times are stored as they are, whatever the time zone of the server', async () => {
  const [row] = await world.db.query<{ offMs: number }>(
    `SELECT extract(epoch FROM now() - max(created_at))::float8 * 1000 AS "offMs" FROM customer`
  )
  expect(row?.offMs).toBeGreaterThan(-1_000)
  expect(row?.offMs).toBeLessThan(60_000)
})

test('the counter’s code gives a stamp; a low score alerts staff; a button, a form and a mention change the card', async () => {
  const { hanako, aya, kenta } = actors
  await hanako.say(await counterCode('kichijoji'))
  expect(hanako.heard()).toContain('1 / 10')
  await hanako.tap('3')
  expect(aya.cards()).toHaveLength(1)
  expect(aya.cardText()).toContain('佐藤 花子')

  await aya.click('follow_up.claim')
  await eventually(() => expect(aya.cardText()).toContain(`<@${aya.id}>`))
  await kenta.mention('タグ 価格')
  await eventually(() => expect(kenta.cardText()).toContain('価格'))
  await aya.click('follow_up.resolve')
  await eventually(() => expect(world.sandbox.fakes.slack.modal(aya.id)).toHaveLength(1))
  await aya.submit({ outcome: 'retained', note: '次回予約をいただいた' })
  await eventually(() => expect(aya.cardText()).toContain('解決'))
  expect(aya.cards()).toHaveLength(1)
}, 30_000)

test('/kpi is answered in the channel', async () => {
  const { aya } = actors
  await aya.command('/kpi', 'nps 今月')
  await eventually(() => expect(aya.said('kpi')).toMatch(/NPS.*-100/))
})

test('the cron trigger fires due timers, and jobs that were missed', async () => {
  const { emma, aya } = actors
  await emma.follow()
  await emma.say(await counterCode('kichijoji'))
  await emma.tap('2')
  const [timer] = await world.db.query(`UPDATE timer SET due_at = now() - interval '1 minute' RETURNING id`)
  expect(timer).toBeDefined()
  const lastWeek = new Date(Date.now() - 7 * 86_400_000)
  await world.db.prisma.jobRun.create({ data: { job: 'line.quota', scheduledAt: lastWeek, finishedAt: lastWeek } })

  expect(await world.tick()).toBe('ok')
  expect(await world.db.prisma.timer.count({ where: { dueAt: { lt: new Date() } } })).toBe(0)
  const runs = await world.db.prisma.jobRun.findMany({ where: { job: 'line.quota', scheduledAt: { gt: lastWeek } } })
  expect(runs).toMatchObject([{ error: null, finishedAt: expect.any(Date) }])
  await eventually(() => expect(aya.cards()).toHaveLength(2))
}, 30_000)

test('forty webhooks at once are all answered, and each has its effect once', async () => {
  const people = Array.from({ length: 40 }, (_, n) => line().addPerson({ displayName: `客 ${n}`, language: 'ja' }))
  const before = await world.db.prisma.customer.count()
  const sent = await Promise.all(people.map(({ userId }) => line().follow(userId)))
  // A machine with too much to do may say so instead of keeping LINE waiting, and is told again, as often as LINE does.
  expect([200, 503]).toEqual(expect.arrayContaining([...new Set(sent.map(({ status }) => status))]))
  for (let round = 0; round < 5; round += 1) for (const id of line().undelivered()) await line().redeliver(id)
  expect(line().undelivered()).toEqual([])
  await world.settle()
  expect(await world.db.prisma.customer.count()).toBe(before + people.length)
  const greetings = people.map(({ userId }) => line().chat(userId).length)
  expect(new Set(greetings)).toEqual(new Set([2]))
  expect(await world.db.prisma.inbox.count({ where: { state: { not: 'done' } } })).toBe(0)
}, 60_000)

test('the clock works off what waits a few at a time: a request has six connections', async () => {
  const people = Array.from({ length: 24 }, (_, n) => line().addPerson({ displayName: `客 ${n}`, language: 'ja' }))
  const events = people.map(({ userId }) => ({
    type: 'follow',
    mode: 'active',
    timestamp: Date.now(),
    source: { type: 'user', userId },
    webhookEventId: `clock-${userId}`,
    deliveryContext: { isRedelivery: false },
    follow: { isUnblocked: false }
  }))
  const body = Buffer.from(JSON.stringify({ destination: 'U', events }))
  await createIntake(world.db).put(inboxEvents(body, world.db.cipher, new Date()))
  let most = 0
  let ended = false
  const ticked = world.tick().finally(() => {
    ended = true
  })
  while (!ended) {
    const [row] = await world.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM inbox WHERE state = 'running' GROUP BY token ORDER BY 1 DESC LIMIT 1`
    )
    most = Math.max(most, row?.n ?? 0)
  }
  expect(await ticked).toBe('ok')
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(4)
  // Requests of before may have taken some of them.
  await world.settle()
  expect(await world.db.prisma.inbox.count({ where: { state: { not: 'done' } } })).toBe(0)
}, 60_000)

test('webhooks of shops and payment services are verified and recorded; a forged one is not', async () => {
  const seconds = Math.floor(Date.now() / 1_000) - 60
  const at = new Date(seconds * 1_000).toISOString()
  const order = shopifyOrder({ created_at: at, processed_at: at })
  const posted = [
    fromStripe(stripeEvent('invoice.paid', stripeInvoice({ status_transitions: null }), { created: seconds })),
    fromShopify('orders/paid', order),
    fromSquare(squarePayment({ created_at: at }), { url: 'https://matane.example.com/hooks/square' }),
    { ...fromStripe({ id: 'evt_forged', type: 'invoice.paid' }), body: '{}' },
    fromShopify('orders/paid', order, { secret: 'shpss_of-somebody-else' })
  ]
  const statuses: number[] = []
  for (const { path, headers, body } of posted)
    statuses.push((await fetch(world.origin + path, { method: 'POST', headers, body })).status)
  expect(statuses).toEqual([200, 200, 200, 401, 401])
  await world.settle()
  const events = await world.db.prisma.event.findMany({ where: { source: { in: ['stripe', 'shopify', 'square'] } } })
  expect(events.map(({ source, name }) => `${source} ${name}`).sort()).toEqual([
    ...['shopify order.completed', 'square order.completed', 'stripe subscription.paid']
  ])
}, 60_000)

test('requests share what they learn of the workspace', async () => {
  const { aya } = actors
  const asked = () => world.sandbox.fakes.slack.calls().filter(({ name }) => name === 'auth.test').length
  await aya.command('/kpi', 'nps 今月')
  const before = asked()
  for (let more = 0; more < 3; more += 1) await aya.command('/kpi', 'nps 今月')
  expect(asked()).toBe(before)
}, 30_000)

test('nothing went wrong on the way that only the log tells', () => {
  const troubles = world
    .takeLog()
    .split('\n')
    .filter((text) => /"level":"(warn|error)"|Uncaught|hang/.test(text))
  expect(
    troubles.filter((text) => !/refused|Not stored within|timeout exceeded when trying to connect/.test(text))
  ).toEqual([])
})

function now(): string {
  return String(Math.floor(Date.now() / 1_000))
}

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(world.origin + path)
  const text = await answer.text()
  return { status: answer.status, body: answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text }
}

/** The text that a scan of the shop's counter, served by the Worker, writes into the chat. */
async function counterCode(shop: string): Promise<string> {
  const counters = await counterUrls(world.db.prisma, world.db.cipher, world.origin)
  const page = new URL(counters.find((each) => each.shop === shop)?.url ?? '', world.origin)
  const { body } = await get(`${page.pathname}/code${page.search}`)
  const link = new URL((body as { link: string }).link)
  return decodeURIComponent(link.search.slice(1))
}
