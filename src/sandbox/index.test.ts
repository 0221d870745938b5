import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messagingApi } from '@line/bot-sdk'
import { WebClient } from '@slack/web-api'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { type Server, serveHttp } from '../serve.ts'
import { createSandbox, type Sandbox } from './index.ts'
import type { SandboxState } from './page/state.ts'

const db = useDatabase()
const warnings: string[] = []
const log = { info() {}, warn: (message: string) => void warnings.push(message), error() {} }
const LOCAL = { host: 'localhost:3000' }

let dataDir: string
let sandbox: Sandbox
let server: Server
let got: { path: string; body: string; signature: string | null }[]
let ticks: number
let webhookStatus: number

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'matane-sandbox-'))
  got = []
  ticks = 0
  webhookStatus = 200
  const product = new Hono()
  product.post('*', async (c) => {
    const signature = c.req.header('x-line-signature') ?? c.req.header('x-slack-signature') ?? null
    got.push({ path: c.req.path, body: await c.req.text(), signature })
    return c.body('', webhookStatus === 200 ? 200 : 401)
  })
  server = await serveHttp(product.fetch, { port: 0, host: '127.0.0.1' })
  await open()
})
afterEach(async () => {
  await sandbox.close()
  await server.close(0)
  rmSync(dataDir, { recursive: true })
})

async function open(): Promise<void> {
  sandbox = await createSandbox({ dataDir, timeZone: 'Asia/Tokyo', log })
  sandbox.connect({
    origin: `http://127.0.0.1:${server.port}`,
    db: db(),
    counters: async () => [
      { shop: 'kamakura', name: { ja: '鎌倉店', en: 'Kamakura' }, url: 'https://shop.example/counter/kamakura?key=k' }
    ],
    tick: async () => {
      ticks += 1
    }
  })
}

async function get<T>(path: string): Promise<T> {
  const response = await sandbox.routes.request(path, { headers: LOCAL })
  expect(response.status, path).toBe(200)
  return (await response.json()) as T
}
const state = (query = '') => get<SandboxState>(`/sandbox/state${query}`)
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  sandbox.routes.request(`/sandbox/${path}`, {
    method: 'POST',
    headers: { ...LOCAL, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
async function idOf(name: string): Promise<string> {
  return (await state()).people.find((person) => person.name === name)?.id ?? ''
}

describe('the wires', () => {
  test('following the account sends a webhook that LINE could have signed', async () => {
    expect((await post('line', { do: 'follow', person: await idOf('佐藤 花子') })).status).toBe(200)
    const [webhook] = got
    const expected = createHmac('sha256', sandbox.line.channelSecret)
      .update(webhook?.body ?? '')
      .digest('base64')
    expect(webhook).toMatchObject({ path: '/line/webhook', signature: expected })
    expect(JSON.parse(webhook?.body ?? '')).toMatchObject({ events: [{ type: 'follow', source: { type: 'user' } }] })
  })

  test("the official LINE client's reply arrives on the phone, once", async () => {
    const person = await idOf('佐藤 花子')
    await post('line', { do: 'say', person, text: 'こんにちは' })
    const { replyToken } = JSON.parse(got[0]?.body ?? '').events[0]
    const client = new messagingApi.MessagingApiClient({
      channelAccessToken: sandbox.line.accessToken,
      baseURL: sandbox.line.apiBaseUrl
    })
    await client.replyMessage({ replyToken, messages: [{ type: 'text', text: 'ようこそ' }] })
    await expect(client.replyMessage({ replyToken, messages: [{ type: 'text', text: 'もう一度' }] })).rejects.toThrow()
    const { chat } = await state(`?person=${person}`)
    expect(chat.map(({ from, via, message }) => [from, via, message.text])).toEqual([
      ['person', undefined, 'こんにちは'],
      ['shop', 'reply', 'ようこそ']
    ])
  })

  test("the official Slack client's post arrives in the alert channel", async () => {
    const client = new WebClient(sandbox.slack.botToken, { slackApiUrl: sandbox.slack.apiUrl })
    await client.chat.postMessage({ channel: sandbox.slack.alertChannel, text: '要対応' })
    const { messages, channels } = await state(`?channel=${sandbox.slack.alertChannel}`)
    expect(messages.map(({ text }) => text)).toEqual(['要対応'])
    expect(channels.find(({ name }) => name === 'cs-alerts')?.count).toBe(1)
  })

  test('a slash command is a signed form; in a thread it is only words, as in Slack', async () => {
    const { staff, channels } = await state()
    const where = {
      staff: staff.find(({ name }) => name === '彩')?.id,
      channel: channels.find(({ name }) => name === 'kpi')?.id
    }
    await post('slack', { ...where, do: 'post', text: '/kpi 継続率 先月' })
    expect(new URLSearchParams(got[0]?.body).get('text')).toBe('継続率 先月')
    expect(got[0]?.signature).toMatch(/^v0=[0-9a-f]{64}$/)
    await post('slack', { ...where, do: 'post', text: '/kpi nps', threadTs: '1.000001' })
    expect(got).toHaveLength(1)
  })

  test('the inspector shows each exchange, and whether the signature held', async () => {
    webhookStatus = 401
    await post('line', { do: 'follow', person: await idOf('Emma Wilson') })
    const { entries } = await get<{ entries: unknown[] }>('/sandbox/inspector?after=0')
    expect(entries).toMatchObject([
      {
        platform: 'line',
        kind: 'webhook',
        status: 401,
        signature: 'invalid',
        request: { events: [{ type: 'follow' }] }
      }
    ])
    expect((await get<{ entries: unknown[] }>('/sandbox/inspector?after=1')).entries).toEqual([])
  })
})

describe('the memory', () => {
  test('people, messages, time and secrets are the same after a restart', async () => {
    const person = await idOf('佐藤 花子')
    await post('line', { do: 'say', person, text: '覚えていて' })
    await post('clock', { advance: '3d' })
    const before = {
      state: await state(`?person=${person}`),
      secret: sandbox.line.channelSecret,
      token: sandbox.slack.botToken
    }
    await sandbox.close()
    await open()
    const after = await state(`?person=${person}`)
    expect({ ...after, now: '' }).toEqual({ ...before.state, now: '' })
    expect([sandbox.line.channelSecret, sandbox.slack.botToken]).toEqual([before.secret, before.token])
    expect(after.aheadMs).toBe(3 * 86_400_000)
  })

  test('it begins with regulars who are friends, and others who are not yet', async () => {
    const { people, staff, channels } = await state()
    expect(people.map(({ name, relation }) => [name, relation])).toEqual([
      ['佐藤 花子', 'new'],
      ['田中 健', 'following'],
      ['Emma Wilson', 'new'],
      ['鈴木 美咲', 'following']
    ])
    expect(new Set(staff.filter(({ isBot }) => !isBot).map(({ kind }) => kind))).toEqual(
      new Set(['owner', 'cs', 'member', 'guest'])
    )
    expect(channels.map(({ name, isShared }) => [name, isShared])).toEqual([
      ['cs-alerts', false],
      ['kpi', false],
      ['general', false],
      ['partner', true]
    ])
  })
})

describe('time', () => {
  test('moving it on lets what is due happen on the way', async () => {
    const before = Date.parse((await state()).now)
    const answer = await post('clock', { advance: '3d' })
    const { now } = (await answer.json()) as { now: string }
    expect(Date.parse(now) - before).toBeGreaterThanOrEqual(3 * 86_400_000)
    expect(ticks).toBe(24)
  })

  test('messages keep the time of day they were sent at', async () => {
    const person = await idOf('佐藤 花子')
    await post('line', { do: 'say', person, text: '前' })
    await post('clock', { advance: '30d' })
    await post('line', { do: 'say', person, text: '後' })
    const [before, after] = (await state(`?person=${person}`)).chat.map(({ at }) => Date.parse(at))
    expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(30 * 86_400_000)
  })

  test.each([{ advance: 'tomorrow' }, { advance: '-3d' }, {}, { advance: 3 }])(
    '%j is refused and moves nothing',
    async (body) => {
      expect((await post('clock', body)).status).toBe(400)
      expect((await state()).aheadMs).toBe(0)
    }
  )
})

describe('bad input', () => {
  test.each([
    ['line', { do: 'say', person: 'nobody', text: 'x' }],
    ['line', { do: 'say', person: '', text: 'x' }],
    ['line', { do: 'say', person: 'U1', text: '' }],
    ['line', { do: 'fly', person: 'U1' }],
    ['line', { do: 'tap', person: 'U1', action: { type: 'camera' } }],
    [
      'slack',
      { do: 'click', staff: 'U1', channel: 'C1', ts: '1.1', actionId: 'a', blockId: 'b', type: 'button', value: '' }
    ],
    ['slack', { do: 'submit', staff: 'U1', channel: 'C1', values: {} }],
    ['people', { name: '   ', language: 'ja' }],
    ['people', { name: 'x', language: 'tlh' }],
    ['line', '{"do":'],
    ['line', 'null']
  ])('POST /sandbox/%s %j is refused with words', async (path, body) => {
    const response = await post(path, body)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).not.toBe('')
  })

  test('a body that is too large is refused', async () => {
    expect((await post('line', { do: 'say', person: 'U1', text: 'x'.repeat(100_000) })).status).toBe(413)
  })

  test('a person who blocks the account cannot write until they come back', async () => {
    const person = await idOf('田中 健')
    await post('line', { do: 'block', person })
    expect((await post('line', { do: 'say', person, text: 'x' })).status).toBe(400)
    await post('line', { do: 'follow', person })
    expect((await post('line', { do: 'say', person, text: 'x' })).status).toBe(200)
  })
})

describe('strangers', () => {
  const SITES = [
    { host: 'evil.example' },
    { host: 'localhost.evil.example:3000' },
    { host: '192.168.0.7:3000' },
    { host: 'localhost:3000', origin: 'https://evil.example' },
    { host: 'localhost:3000', origin: 'http://localhost:4000' },
    { host: 'localhost:3000', origin: 'null' }
  ]
  test.each(SITES)('a request with %j is turned away', async (headers) => {
    for (const path of ['/', '/sandbox/state', '/sandbox/outbox', '/sandbox/stream', '/sandbox/page/app.ts'])
      expect((await sandbox.routes.request(path, { headers })).status, path).toBe(403)
    expect((await post('clock', { advance: '3d' }, headers)).status).toBe(403)
    expect(ticks).toBe(0)
  })

  test('a form of another site cannot act, even where browsers send no origin', async () => {
    expect((await post('clock', 'advance=3d', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(
      415
    )
    expect((await post('clock', '{"advance":"3d"}', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post('clock', { advance: '3d' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(ticks).toBe(0)
  })

  test.each(['localhost:3000', '127.0.0.1:8080', '[::1]:3000', 'localhost'])(
    'this machine is let in as %s',
    async (host) => {
      expect((await sandbox.routes.request('/', { headers: { host, origin: `http://${host}` } })).status).toBe(200)
    }
  )
})

describe('the page', () => {
  test('every script it is made of is JavaScript by the time a browser gets it, and nothing else is handed out', async () => {
    const seen = new Set<string>()
    const queue = ['app.ts']
    for (let name = queue.pop(); name; name = queue.pop()) {
      if (seen.has(name)) continue
      seen.add(name)
      const response = await sandbox.routes.request(`/sandbox/page/${name}`, { headers: LOCAL })
      expect([name, response.status, response.headers.get('content-type')]).toEqual([
        name,
        200,
        'text/javascript; charset=utf-8'
      ])
      const code = await response.text()
      expect(code).not.toMatch(/^\s*(import type|interface) /m)
      queue.push(...[...code.matchAll(/from '\.\/([^']+)'/g)].map(([, file = '']) => file))
    }
    expect(seen.size).toBeGreaterThan(20)
    for (const name of ['flex.test.ts', 'nothing.ts', '..%2Findex.ts', '%2e%2e%2findex.ts'])
      expect((await sandbox.routes.request(`/sandbox/page/${name}`, { headers: LOCAL })).status).toBe(404)
  })

  test('no script runs in it but its own', async () => {
    const policy = (await sandbox.routes.request('/', { headers: LOCAL })).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  })

  test('it is told when something happens', async () => {
    const response = await sandbox.routes.request('/sandbox/stream', { headers: LOCAL })
    const reader = response.body?.getReader()
    const read = async () => new TextDecoder().decode((await reader?.read())?.value)
    expect(await read()).toContain('alive')
    await post('people', { name: '新しい人', language: 'ja' })
    expect(await read()).toContain('change')
    await reader?.cancel()
  })

  test('it is let go when the product stops', async () => {
    const response = await sandbox.routes.request('/sandbox/stream', { headers: LOCAL })
    const reader = response.body?.getReader()
    await reader?.read()
    sandbox.hangUp()
    expect((await reader?.read())?.done).toBe(true)
  })

  test("counters are shown from the page's own origin, whatever the public address is", async () => {
    expect((await state()).counters).toEqual([
      { shop: 'kamakura', name: '鎌倉店', nameEn: 'Kamakura', url: '/counter/kamakura?key=k' }
    ])
  })
})

test('the outbox tells what was sent, opened for the person at this machine', async () => {
  const { cipher, prisma } = db()
  const sealed = cipher.seal('outbox.payload', JSON.stringify({ messages: [{ type: 'text', text: '秘密' }] }))
  const id = '018f0000-0000-7000-8000-000000000001'
  await prisma.outbox.create({
    data: {
      id,
      channel: 'line',
      key: 'k',
      cause: 'line:1',
      payloadSealed: sealed,
      deliveries: { create: { attempt: 1, method: 'reply', result: 'accepted', status: 200 } }
    }
  })
  const { messages } = await get<{ messages: unknown[] }>('/sandbox/outbox')
  expect(messages).toMatchObject([
    {
      id,
      payload: { messages: [{ text: '秘密' }] },
      deliveries: [{ method: 'reply', result: 'accepted', status: 200 }]
    }
  ])
})
