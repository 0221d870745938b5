import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { signatureFault } from '../../src/platform/slack/signature.ts'
import { startProgram } from '../../test/support/program.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'
import { neededScopes } from './slack.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

type Answering = (context: Context) => Response | Promise<Response>

const SECRET = 'fedcba9876543210fedcba9876543210'

/** LINE, Slack and the server itself on one origin, all as they should be but for `changes`: by path, status and body. */
async function world(changes: Record<string, Answering> = {}) {
  const port: { value: number } = { value: 0 }
  const origin = () => `http://127.0.0.1:${port.value}`
  const app = new Hono()
  app.use(async (context, next) => {
    const change = changes[context.req.path]
    return change ? change(context) : next()
  })
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', (c) => c.json({ status: 'ok', checks: { database: { ok: true } } }))
  app.post('/slack/events', async (c) => {
    const fault = signatureFault(
      SECRET,
      {
        body: new Uint8Array(await c.req.arrayBuffer()),
        signature: c.req.header('x-slack-signature') ?? null,
        timestamp: c.req.header('x-slack-request-timestamp') ?? null
      },
      Date.now()
    )
    return fault ? c.json(fault, 401) : c.json({ challenge: 'matane-doctor' })
  })
  app.use('/v2/*', async (c, next) =>
    c.req.header('authorization') === 'Bearer line-token' ? next() : c.json({}, 401)
  )
  app.get('/v2/bot/info', (c) => c.json({ basicId: '@123abcde', displayName: '喫茶またね' }))
  app.get('/v2/bot/channel/webhook/endpoint', (c) => c.json({ endpoint: `${origin()}/line/webhook`, active: true }))
  app.post('/v2/bot/channel/webhook/test', (c) =>
    c.json({ success: true, statusCode: 200, reason: 'OK', detail: '200' })
  )
  app.get('/v2/bot/message/quota', (c) => c.json({ type: 'limited', value: 200 }))
  app.get('/v2/bot/message/quota/consumption', (c) => c.json({ totalUsage: 50 }))
  app.post('/api/auth.test', (c) => {
    if (c.req.header('authorization') !== 'Bearer xoxb-right') return c.json({ ok: false, error: 'invalid_auth' })
    return c.json({ ok: true, team: 'またね', user: 'matane' }, 200, { 'x-oauth-scopes': neededScopes().join(',') })
  })
  app.post('/api/conversations.info', async (c) => {
    const { channel } = await c.req.parseBody()
    if (channel !== 'C0123') return c.json({ ok: false, error: 'channel_not_found' })
    return c.json({
      ok: true,
      channel: { name: 'cs-alerts', is_member: true, is_archived: false, is_ext_shared: false }
    })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  stops.push(() => new Promise((done) => server.close(done)))
  const address = server.address()
  port.value = address && typeof address === 'object' ? address.port : 0
  return {
    LINE_CHANNEL_SECRET: '0123456789abcdef0123456789abcdef',
    LINE_CHANNEL_ACCESS_TOKEN: 'line-token',
    LINE_BOT_ID: '@123abcde',
    LINE_API_BASE_URL: origin(),
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_BOT_TOKEN: 'xoxb-right',
    SLACK_ALERT_CHANNEL: 'C0123',
    SLACK_API_URL: `${origin()}/api/`,
    PUBLIC_URL: origin()
  }
}

/** What is not fine, but for what a test on this machine cannot have: https, and the hint that is always there. */
const faultsOf = (findings: Finding[]) =>
  findings.filter(({ level, what }) => level !== 'ok' && !/^PUBLIC_URL is|Webhook redelivery/.test(what))

test('a set-up that is right has no faults, and everything was looked at', async () => {
  const findings = await examine(await world())
  expect(faultsOf(findings)).toEqual([])
  expect(new Set(findings.map(({ area }) => area))).toEqual(new Set(['settings', 'server', 'line', 'slack']))
  expect(findings.filter(({ level }) => level === 'ok').length).toBeGreaterThanOrEqual(12)
})

test('without https it says what LINE and Slack need', async () => {
  const findings = await examine(await world())
  expect(findings).toContainEqual(
    expect.objectContaining({ level: 'problem', what: expect.stringMatching(/^PUBLIC_URL is http:/) })
  )
})

const json =
  (body: object, status: 200 | 401 | 404 | 500 | 503 = 200, headers: Record<string, string> = {}) =>
  (c: Context) =>
    c.json(body, status, headers)

describe('each fault is found and its mending told', () => {
  test.each<[string, Record<string, Answering>, Record<string, string>, Finding['level'], RegExp, RegExp]>([
    [
      'a wrong LINE token',
      {},
      { LINE_CHANNEL_ACCESS_TOKEN: 'old' },
      'problem',
      /ACCESS_TOKEN is not valid/,
      /Issue a new one/
    ],
    [
      "another account's token",
      {},
      { LINE_BOT_ID: '@other' },
      'problem',
      /belongs to @123abcde/,
      /LINE_BOT_ID=@123abcde/
    ],
    ['LINE being down', { '/v2/bot/info': json({}, 500) }, {}, 'problem', /answered 500/, /status\.line\.biz/],
    [
      'no webhook URL',
      { '/v2/bot/channel/webhook/endpoint': json({ message: 'Not found' }, 404) },
      {},
      'problem',
      /no webhook URL/,
      /\/line\/webhook$/
    ],
    [
      'another webhook URL',
      { '/v2/bot/channel/webhook/endpoint': json({ endpoint: 'https://old.example.com/callback', active: true }) },
      {},
      'problem',
      /old\.example\.com/,
      /\/line\/webhook/
    ],
    [
      'a webhook that is off',
      {
        '/v2/bot/channel/webhook/endpoint': (c) =>
          c.json({ endpoint: `http://${c.req.header('host')}/line/webhook`, active: false })
      },
      {},
      'problem',
      /switched off/,
      /Use webhook/
    ],
    [
      'a wrong channel secret',
      {
        '/v2/bot/channel/webhook/test': json({
          success: false,
          statusCode: 401,
          reason: 'ERROR_STATUS_CODE',
          detail: '401'
        })
      },
      {},
      'problem',
      /ERROR_STATUS_CODE/,
      /LINE_CHANNEL_SECRET/
    ],
    [
      'a webhook LINE cannot reach',
      {
        '/v2/bot/channel/webhook/test': json({
          success: false,
          statusCode: 0,
          reason: 'COULD_NOT_CONNECT',
          detail: 'TLS'
        })
      },
      {},
      'problem',
      /COULD_NOT_CONNECT TLS/,
      /PUBLIC_URL/
    ],
    [
      'a quota that is nearly used',
      { '/v2/bot/message/quota/consumption': json({ totalUsage: 190 }) },
      {},
      'warning',
      /190 of 200/,
      /plan/
    ],
    ['a wrong Slack token', {}, { SLACK_BOT_TOKEN: 'xoxb-old' }, 'problem', /invalid_auth/, /Install the app/],
    [
      'missing scopes',
      { '/api/auth.test': json({ ok: true, team: 't', user: 'u' }, 200, { 'x-oauth-scopes': 'chat:write,commands' }) },
      {},
      'problem',
      /users:read/,
      /install the app again/
    ],
    ['an unknown channel', {}, { SLACK_ALERT_CHANNEL: 'C9999' }, 'problem', /channel_not_found/, /\/invite/],
    [
      'a channel the app is not in',
      { '/api/conversations.info': json({ ok: true, channel: { name: 'cs', is_member: false } }) },
      {},
      'problem',
      /not in the alert channel #cs/,
      /\/invite/
    ],
    [
      'a shared channel',
      { '/api/conversations.info': json({ ok: true, channel: { name: 'cs', is_member: true, is_ext_shared: true } }) },
      {},
      'problem',
      /shared with another organisation/,
      /channel of your own/
    ],
    [
      'an archived channel',
      { '/api/conversations.info': json({ ok: true, channel: { name: 'cs', is_archived: true } }) },
      {},
      'problem',
      /archived/,
      /another/
    ],
    [
      'another server at the address',
      { '/healthz': json({ hello: 'world' }) },
      {},
      'problem',
      /\/healthz answered 200/,
      /npm start/
    ],
    [
      'a server that is not ready',
      { '/readyz': json({ status: 'unavailable', checks: { database: { ok: false }, queue: { ok: true } } }, 503) },
      {},
      'problem',
      /not ready: database/,
      /log/
    ],
    [
      'another signing secret in the server',
      {},
      { SLACK_SIGNING_SECRET: 'another-secret' },
      'problem',
      /\/slack\/events answered 401/,
      /SLACK_SIGNING_SECRET/
    ]
  ])('%s', async (_fault, changes, settings, level, what, fix) => {
    const faults = faultsOf(await examine({ ...(await world(changes)), ...settings }))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatchObject({ level, what: expect.stringMatching(what), fix: expect.stringMatching(fix) })
  })

  test.each([
    [10_000, 'ok'],
    [-90_000, 'warning'],
    [400_000, 'problem']
  ])('a clock that is %i ms off', async (offsetMs, level) => {
    const findings = await examine(
      await world({ '/slack/events': json({ challenge: 'matane-doctor' }) }),
      () => Date.now() + offsetMs
    )
    expect(findings.find(({ what }) => /clock/.test(what))?.level).toBe(level)
  })

  test('nothing that answers', async () => {
    const nowhere = 'http://127.0.0.1:9'
    const settings = { ...(await world()), PUBLIC_URL: nowhere, LINE_API_BASE_URL: nowhere, SLACK_API_URL: nowhere }
    expect(
      faultsOf(await examine(settings))
        .map(({ area }) => area)
        .sort()
    ).toEqual(['line', 'server', 'slack'])
  })
})

test('half a set-up is not examined further, and every missing part is named', async () => {
  const findings = await examine({ LINE_CHANNEL_SECRET: 'x' })
  expect(findings).toHaveLength(5)
  expect(findings.every(({ area, level, fix }) => area === 'settings' && level === 'problem' && fix)).toBe(true)
})

test('nothing it says contains a secret', async () => {
  const settings = { ...(await world()), LINE_CHANNEL_ACCESS_TOKEN: 'geheim-line', SLACK_BOT_TOKEN: 'xoxb-geheim' }
  expect(JSON.stringify(await examine(settings))).not.toContain('geheim')
})

describe('the command', () => {
  const OFF = Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(LINE|SLACK|MATANE)_/.test(name))
      .map((name) => [name, undefined])
  )

  test('prints JSON for machines, and fails when something must be mended', async () => {
    const program = startProgram('scripts/doctor.ts', ['--json'], {
      ...OFF,
      ...(await world()),
      SLACK_BOT_TOKEN: 'xoxb-old'
    })
    expect(await program.ended).toBe(1)
    expect(JSON.parse(program.out())).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([expect.objectContaining({ area: 'slack', level: 'problem' })])
    })
  })

  test('is content with the sandbox', async () => {
    const program = startProgram('scripts/doctor.ts', [], { ...OFF, MATANE_SANDBOX: '1' })
    expect(await program.ended).toBe(0)
    expect(program.out()).toContain('sandbox')
  })
})
