import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { LOCAL, useSandbox } from '../../test/support/sandbox-world.ts'
import { createPainter } from '../platform/image/painter.ts'
import { createRichMenuClient } from '../platform/line/index.ts'

const db = useDatabase()
const world = useSandbox(db)

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
    const response = await world().post(path, body)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).not.toBe('')
  })

  test('a body that is too large is refused', async () => {
    expect((await world().post('line', { do: 'say', person: 'U1', text: 'x'.repeat(100_000) })).status).toBe(413)
  })

  test('a person who blocks the account cannot write until they come back', async () => {
    const person = await world().idOf('田中 健')
    await world().post('line', { do: 'block', person })
    expect((await world().post('line', { do: 'say', person, text: 'x' })).status).toBe(400)
    await world().post('line', { do: 'follow', person })
    expect((await world().post('line', { do: 'say', person, text: 'x' })).status).toBe(200)
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
      expect((await world().sandbox.routes.request(path, { headers })).status, path).toBe(403)
    expect((await world().post('clock', { advance: '3d' }, headers)).status).toBe(403)
    expect(world().ticks).toBe(0)
  })

  test('a form of another site cannot act, even where browsers send no origin', async () => {
    expect(
      (await world().post('clock', 'advance=3d', { 'content-type': 'application/x-www-form-urlencoded' })).status
    ).toBe(415)
    expect((await world().post('clock', '{"advance":"3d"}', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await world().post('clock', { advance: '3d' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(world().ticks).toBe(0)
  })

  test.each(['localhost:3000', '127.0.0.1:8080', '[::1]:3000', 'localhost'])(
    'this machine is let in as %s',
    async (host) => {
      expect((await world().sandbox.routes.request('/', { headers: { host, origin: `http://${host}` } })).status).toBe(
        200
      )
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
      const response = await world().sandbox.routes.request(`/sandbox/page/${name}`, { headers: LOCAL })
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
      expect((await world().sandbox.routes.request(`/sandbox/page/${name}`, { headers: LOCAL })).status).toBe(404)
  })

  test('no script runs in it but its own', async () => {
    const policy = (await world().sandbox.routes.request('/', { headers: LOCAL })).headers.get(
      'content-security-policy'
    )
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  })

  test('it is told when something happens', async () => {
    const response = await world().sandbox.routes.request('/sandbox/stream', { headers: LOCAL })
    const reader = response.body?.getReader()
    const read = async () => new TextDecoder().decode((await reader?.read())?.value)
    expect(await read()).toContain('alive')
    await world().post('people', { name: '新しい人', language: 'ja' })
    expect(await read()).toContain('change')
    await reader?.cancel()
  })

  test('it is let go when the product stops', async () => {
    const response = await world().sandbox.routes.request('/sandbox/stream', { headers: LOCAL })
    const reader = response.body?.getReader()
    await reader?.read()
    world().sandbox.hangUp()
    expect((await reader?.read())?.done).toBe(true)
  })

  test("counters are shown from the page's own origin, whatever the public address is", async () => {
    expect((await world().state()).counters).toEqual([
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
  const { messages } = await world().get<{ messages: unknown[] }>('/sandbox/outbox')
  expect(messages).toMatchObject([
    {
      id,
      payload: { messages: [{ text: '秘密' }] },
      deliveries: [{ method: 'reply', result: 'accepted', status: 200 }]
    }
  ])
})

test('the menu below a chat is told with where its picture is', async () => {
  const { line } = world().sandbox
  const client = createRichMenuClient(line)
  const action = { type: 'message' as const, label: '設定', text: '設定' }
  const areas = [{ bounds: { x: 0, y: 0, width: 800, height: 540 }, action }]
  const size = { width: 800, height: 540 }
  expect((await world().state()).menu).toBeUndefined()
  const id = await client.create({ size, selected: true, name: 'one', chatBarText: 'メニュー', areas })
  const png = await createPainter()('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="540"/>')
  await client.setImage(id, png)
  await client.setDefault(id)
  const { menu } = await world().state()
  expect(menu).toEqual({ picture: `/sandbox/menu/${id}`, bar: 'メニュー', size, areas })
  const shown = await world().sandbox.routes.request(menu?.picture ?? '', { headers: LOCAL })
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(new Uint8Array(png))
  expect((await world().sandbox.routes.request('/sandbox/menu/none', { headers: LOCAL })).status).toBe(404)
})
