import { once } from 'node:events'
import { connect } from 'node:net'
import { serve } from '@hono/node-server'
import fc from 'fast-check'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterEach, describe, expect, test } from 'vitest'
import { recordLog } from '../../../test/support/log.ts'
import {
  answerErrors,
  answerUnknown,
  clientAddress,
  healthRoutes,
  limitBody,
  limitRate,
  problem,
  securityHeaders
} from './index.ts'
import { portOf } from './port.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A real server: size limits depend on how a request really arrives. */
async function listen(app: Hono): Promise<{ port: number; url: string }> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  stops.push(() => new Promise((done) => server.close(done)))
  const port = portOf(server)
  return { port, url: `http://127.0.0.1:${port}` }
}

describe('errors', () => {
  const log = recordLog()
  const app = new Hono()
    .get('/r/:token', () => {
      throw new Error('boom: {"text":"ひみつ"}')
    })
    .get('/refused', () => {
      throw new HTTPException(403, { message: 'Not yours' })
    })
    .get('/own', () => {
      throw new HTTPException(418, { res: new Response('teapot', { status: 418 }) })
    })
    .get('/slow', (context) => problem(context, { status: 409, title: 'Twice', detail: 'Once is enough.' }))
  app.onError(answerErrors(log))
  app.notFound(answerUnknown)

  test('an unexpected one is a 500 that tells nothing, and a log line without token, query or personal text', async () => {
    const response = await app.request('/r/geheim-token?key=geheim-key')
    expect(response.status).toBe(500)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 500, title: expect.any(String), detail: expect.any(String) })
    expect(JSON.parse(log.lines[0] ?? '').data).toMatchObject({ method: 'GET', route: '/r/:token' })
    expect(log.text()).not.toMatch(/geheim|ひみつ/)
  })

  test.each([
    ['/refused', 403, 'Not yours'],
    ['/slow', 409, 'Twice'],
    ['/nowhere', 404, 'There is nothing at this address']
  ])('%s answers %i as a problem', async (path, status, title) => {
    const response = await app.request(path)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ type: 'about:blank', status, title })
  })

  test('an answer a handler threw is sent as it is', async () => {
    const response = await app.request('/own')
    expect([response.status, await response.text()]).toEqual([418, 'teapot'])
  })
})

describe('the body limit', () => {
  const app = new Hono().use(limitBody(1000)).all('/', async (context) => {
    const bytes = await context.req.arrayBuffer()
    return context.text(String(bytes.byteLength))
  })

  test.each([
    [0, 200],
    [1000, 200],
    [1001, 413],
    [2_000_000, 413]
  ])('%i bytes: %i', async (size, status) => {
    const { url } = await listen(app)
    const response = await fetch(url, { method: 'POST', body: new Uint8Array(size) })
    expect(response.status).toBe(status)
    if (status === 200) expect(await response.text()).toBe(String(size))
    else expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('an announced body is refused before any of it is sent', async () => {
    const { port } = await listen(app)
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2000000\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1.1 413/)
    socket.destroy()
  })

  test.each([
    ['small', 10, 200],
    ['large', 50_000, 413]
  ])('a %s body of unknown length', async (_size, chunks, status) => {
    const { url } = await listen(app)
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < chunks; i++) controller.enqueue(new Uint8Array(100))
        controller.close()
      }
    })
    const response = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit).catch(() => undefined)
    // A peer that is still sending may see the connection closed instead of the answer.
    if (response) expect(response.status).toBe(status)
    else expect(status).toBe(413)
  })

  test('the raw bytes stay as they were', async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x7b])
    const echo = new Hono().use(limitBody(1000)).post('/', async (c) => c.body(await c.req.arrayBuffer()))
    const { url } = await listen(echo)
    const response = await fetch(url, { method: 'POST', body: bytes })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
  })
})

describe('security headers', () => {
  test('are there by default, and a route may set its own', async () => {
    const app = new Hono()
      .use(securityHeaders('https://matane.example.com'))
      .get('/', (c) => c.text('ok'))
      .get('/page', (c) =>
        c.html('<p>', 200, { 'content-security-policy': "default-src 'self'", 'cache-control': 'max-age=60' })
      )
    const plain = await app.request('/')
    expect(plain.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff')
    expect(plain.headers.get('strict-transport-security')).toMatch(/^max-age=/)
    const page = await app.request('/page')
    expect(page.headers.get('content-security-policy')).toBe("default-src 'self'")
    expect(page.headers.get('cache-control')).toBe('max-age=60')
  })

  test('do not promise https where there is none, and cover errors as well', async () => {
    const app = new Hono().use(securityHeaders('http://localhost:3000'))
    app.onError(answerErrors(recordLog()))
    app.get('/', () => {
      throw new Error('boom')
    })
    const response = await app.request('/')
    expect(response.headers.get('strict-transport-security')).toBeNull()
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('the rate limit', () => {
  function limited(options: { maxRemembered?: number } = {}) {
    const clock = { nowMs: 0 }
    const app = new Hono()
      .use(
        limitRate({
          burst: 3,
          perMinute: 60,
          addressOf: (c) => c.req.header('x-from') ?? '',
          nowMs: () => clock.nowMs,
          ...options
        })
      )
      .get('/', (c) => c.text('ok'))
    const ask = async (from = 'a') => await app.request('/', { headers: { 'x-from': from } })
    return { clock, ask }
  }

  test('lets a burst through, then says how long to wait, and is right about it', async () => {
    const { clock, ask } = limited()
    for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(200)
    const refused = await ask()
    expect(refused.status).toBe(429)
    clock.nowMs += Number(refused.headers.get('retry-after')) * 1000 - 1
    expect((await ask()).status).toBe(429)
    clock.nowMs += 1
    expect((await ask()).status).toBe(200)
  })

  test('one address does not use up what another may ask', async () => {
    const { ask } = limited()
    for (let i = 0; i < 10; i++) await ask('a')
    expect((await ask('b')).status).toBe(200)
  })

  test('never lets more through than the burst and the rate allow', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2000), { maxLength: 60 }), async (waitsMs) => {
        const { clock, ask } = limited()
        let passed = 0
        for (const waitMs of waitsMs) {
          clock.nowMs += waitMs
          if ((await ask()).status === 200) passed += 1
        }
        expect(passed).toBeLessThanOrEqual(3 + clock.nowMs / 1000 + 1e-6)
      })
    ))

  test('a flood of addresses is forgotten again, and locks nobody out', async () => {
    const { ask } = limited({ maxRemembered: 2 })
    for (let i = 0; i < 4; i++) await ask('a')
    expect((await ask('a')).status).toBe(429)
    expect((await ask('b')).status).toBe(200)
    expect((await ask('c')).status).toBe(200)
    expect((await ask('a')).status).toBe(200)
  })
})

test.each([
  ['203.0.113.9', undefined, '203.0.113.9'],
  ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::ffff:127.0.0.1', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
  ['10.1.2.3', 'nonsense', '10.1.2.3'],
  ['::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', undefined, '2001:db8:1:2::/64'],
  ['2001:0db8::1', undefined, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
  [undefined, undefined, 'unknown']
])('a request over %s, forwarded for %s, comes from %s', (peer, forwarded, address) =>
  expect(clientAddress(peer, forwarded)).toBe(address)
)

describe('health', () => {
  const never = () => new Promise<undefined>(() => {})

  test('the process answers even when nothing else does', async () => {
    const app = healthRoutes({ checks: { database: never }, log: recordLog(), timeoutMs: 20 })
    expect((await app.request('/healthz')).status).toBe(200)
  })

  test('ready shows the figures of each check', async () => {
    const app = healthRoutes({
      checks: { database: async () => undefined, queue: async () => ({ inboxDead: 2 }) },
      log: recordLog()
    })
    const response = await app.request('/readyz')
    expect([response.status, await response.json()]).toEqual([
      200,
      { status: 'ok', checks: { database: { ok: true }, queue: { ok: true, inboxDead: 2 } } }
    ])
  })

  test('a check that fails makes it 503; why is in the log only', async () => {
    const log = recordLog()
    const failing = () => Promise.reject(new Error('relation "inbox" does not exist'))
    const response = await healthRoutes({ checks: { database: failing, queue: async () => ({ n: 1 }) }, log }).request(
      '/readyz'
    )
    const body = await response.text()
    expect(response.status).toBe(503)
    expect(JSON.parse(body)).toEqual({
      status: 'unavailable',
      checks: { database: { ok: false, problem: 'failed' }, queue: { ok: true, n: 1 } }
    })
    expect(body).not.toContain('relation')
    expect(log.text()).toContain('relation')
  })

  test('a database that hangs makes it 503 in time, and further probes do not pile up behind it', async () => {
    let asked = 0
    const hanging = () => {
      asked += 1
      return never()
    }
    const app = healthRoutes({ checks: { database: hanging }, log: recordLog(), timeoutMs: 30 })
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.request('/readyz')))
    expect(answers.map((answer) => answer.status)).toEqual([503, 503, 503, 503, 503])
    expect(asked).toBe(1)
  })

  test('it recovers when the database does', async () => {
    let ok = false
    const flaky = () => (ok ? Promise.resolve(undefined) : Promise.reject(new Error('down')))
    const app = healthRoutes({ checks: { database: flaky }, log: recordLog() })
    expect((await app.request('/readyz')).status).toBe(503)
    ok = true
    expect((await app.request('/readyz')).status).toBe(200)
  })
})
