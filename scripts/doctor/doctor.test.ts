import type { Context } from 'hono'
import { describe, expect, test } from 'vitest'
import { startProgram } from '../../test/support/program.ts'
import { type Answering, useSetUp } from '../../test/support/set-up.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'

const setUp = useSetUp()

/** What is not fine, but for what a test on this machine cannot have: https, and the hint that is always there. */
const faultsOf = (findings: Finding[]) =>
  findings.filter(({ level, what }) => level !== 'ok' && !/^PUBLIC_URL is|Webhook redelivery|^there is no/.test(what))

test('a set-up that is right has no faults, and everything was looked at', async () => {
  const findings = await examine(await setUp())
  expect(faultsOf(findings)).toEqual([])
  const areas = ['settings', 'store', 'server', 'line', 'slack', 'hooks', 'ingest']
  expect(new Set(findings.map(({ area }) => area))).toEqual(new Set(areas))
  expect(findings.filter(({ level }) => level === 'ok').length).toBeGreaterThanOrEqual(12)
})

test('without https it says what LINE and Slack need', async () => {
  const findings = await examine(await setUp())
  expect(findings).toContainEqual(
    expect.objectContaining({ level: 'problem', what: expect.stringMatching(/^PUBLIC_URL is http:/) })
  )
})

test('each webhook that has a secret is listed, and one that the server does not open is a problem', async () => {
  const MATANE_HOOK_SECRETS = 'shopify:shpss_0123456789abcdef till:whsec_0123456789abcdef'
  const findings = await examine({ ...(await setUp()), MATANE_HOOK_SECRETS })
  expect(findings.filter(({ area }) => area === 'hooks')).toEqual([
    { area: 'hooks', level: 'ok', what: expect.stringMatching(/\/hooks\/shopify is open/) },
    {
      ...{ area: 'hooks', level: 'problem', what: expect.stringMatching(/\/hooks\/till is not open/) },
      fix: expect.stringContaining('flows/hooks/till.yaml')
    }
  ])
  expect(JSON.stringify(findings)).not.toMatch(/shpss_|whsec_/)
})

test('a webhook that is answered by something else is a problem', async () => {
  const changes = { '/hooks/shopify': (c: Context) => c.text('Welcome', 200) }
  const findings = await examine({ ...(await setUp(changes)), MATANE_HOOK_SECRETS: 'shopify:shpss_0123456789abcdef' })
  expect(faultsOf(findings)).toMatchObject([{ area: 'hooks', what: expect.stringContaining('answered 200') }])
})

const json =
  (body: object, status: 200 | 401 | 404 | 500 | 503 = 200, headers: Record<string, string> = {}) =>
  (c: Context) =>
    c.json(body, status, headers)

/** What a ready server says of its audit log. */
const readyWith = (audit: { intact: boolean | null; oldestPendingSeconds: number }) => ({
  status: 'ok',
  checks: { database: { ok: true }, audit: { ok: true, ...audit } }
})

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
      'an audit log that was tampered with',
      { '/readyz': json(readyWith({ intact: false, oldestPendingSeconds: 0 })) },
      {},
      'problem',
      /audit log is broken/,
      /npm run db -- audit verify/
    ],
    [
      'an audit log that nobody chains',
      { '/readyz': json(readyWith({ intact: true, oldestPendingSeconds: 7_200 })) },
      {},
      'warning',
      /not been chained for 120 minutes/,
      /worker/
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
    const faults = faultsOf(await examine({ ...(await setUp(changes)), ...settings }))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatchObject({ level, what: expect.stringMatching(what), fix: expect.stringMatching(fix) })
  })

  test.each([
    [10_000, 'ok'],
    [-90_000, 'warning'],
    [400_000, 'problem']
  ])('a clock that is %i ms off', async (offsetMs, level) => {
    const findings = await examine(
      await setUp({ '/slack/events': json({ challenge: 'matane-doctor' }) }),
      () => Date.now() + offsetMs
    )
    expect(findings.find(({ what }) => /clock/.test(what))?.level).toBe(level)
  })

  test('nothing that answers', async () => {
    const nowhere = 'http://127.0.0.1:9'
    const settings = { ...(await setUp()), PUBLIC_URL: nowhere, LINE_API_BASE_URL: nowhere, SLACK_API_URL: nowhere }
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
  const settings = { ...(await setUp()), LINE_CHANNEL_ACCESS_TOKEN: 'geheim-line', SLACK_BOT_TOKEN: 'xoxb-geheim' }
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
      ...(await setUp()),
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
