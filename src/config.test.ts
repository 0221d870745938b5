import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConfigError, linksAt, loadConfig, loadStoreConfig, secretsOf, unsetOf } from './config.ts'

const CHANNELS = {
  LINE_CHANNEL_SECRET: '0123456789abcdef0123456789abcdef',
  LINE_CHANNEL_ACCESS_TOKEN: 'line-access-token',
  LINE_BOT_ID: '@123abcde',
  SLACK_SIGNING_SECRET: 'fedcba9876543210fedcba9876543210',
  SLACK_BOT_TOKEN: 'xoxb-1-2-3',
  SLACK_ALERT_CHANNEL: 'C0123456789'
}
const KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`

function faultsOf(environment: Record<string, unknown>): Record<string, string> {
  try {
    loadConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.faults.map((f) => [f.variable, f.problem]))
    throw error
  }
  return {}
}

test('an empty environment starts the sandbox, for this machine only, on the embedded database', () => {
  expect(loadConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    timeZone: 'Asia/Tokyo',
    role: 'all',
    dataDir: './data',
    databaseUrl: undefined,
    encryptionKeys: undefined,
    hookSecrets: new Map(),
    writeKeys: [{ source: 'demo', kind: 'ec', key: 'matane-sandbox-key' }],
    sandbox: true
  })
})

test('real channels end the sandbox and open the server to the network', () => {
  const config = loadConfig({ ...CHANNELS, PORT: '8080', PUBLIC_URL: 'https://matane.example.com/' })
  expect(config).toMatchObject({
    sandbox: false,
    host: '0.0.0.0',
    port: 8080,
    publicUrl: 'https://matane.example.com',
    line: { apiBaseUrl: 'https://api.line.me', botId: '@123abcde', channelSecret: CHANNELS.LINE_CHANNEL_SECRET },
    slack: { apiUrl: 'https://slack.com/api/', alertChannel: 'C0123456789', botToken: 'xoxb-1-2-3' },
    writeKeys: []
  })
})

test('the default public URL follows the port', () => {
  expect(loadConfig({ PORT: '4000' }).publicUrl).toBe('http://localhost:4000')
})

test.each(Object.keys(CHANNELS))('a set-up without %s names it and says where to find it', (missing) => {
  const faults = faultsOf({ ...CHANNELS, [missing]: undefined })
  expect(Object.keys(faults)).toEqual([missing])
  expect(faults[missing]).toMatch(/^is missing; you find it here: .+/)
})

test.each([...Object.keys(CHANNELS), 'DATABASE_URL', 'MATANE_ENCRYPTION_KEYS', 'MATANE_HOOK_SECRETS'])(
  'an empty %s is an error, not a default',
  (name) => {
    for (const empty of ['', '  ', '\n'])
      expect(faultsOf({ ...CHANNELS, [name]: empty })).toHaveProperty(name, expect.stringMatching(/^is empty/))
  }
)

test('an empty secret alone does not start the sandbox', () => {
  expect(faultsOf({ LINE_CHANNEL_SECRET: '' })).toEqual({ LINE_CHANNEL_SECRET: expect.stringMatching(/^is empty/) })
})

test.each([
  ['PORT', '99999'],
  ['PORT', 'http'],
  ['PORT', '-1'],
  ['PUBLIC_URL', 'matane.example.com'],
  ['PUBLIC_URL', 'ftp://matane.example.com'],
  ['MATANE_TIMEZONE', 'Asia/Tokio'],
  ['MATANE_ROLE', 'boss'],
  ['MATANE_SANDBOX', 'yes'],
  ['DATABASE_URL', 'mysql://localhost/matane'],
  ['DATABASE_URL', 'file:./data'],
  ['MATANE_ENCRYPTION_KEYS', 'secret'],
  ['MATANE_ENCRYPTION_KEYS', `k1:${Buffer.alloc(16).toString('base64')}`],
  ['MATANE_ENCRYPTION_KEYS', `${KEY},${KEY}`],
  ['MATANE_HOOK_SECRETS', 'whsec_without-its-source'],
  ['MATANE_HOOK_SECRETS', 'stripe:short'],
  ['MATANE_HOOK_SECRETS', 'Stripe!:whsec_0123456789abcdef'],
  ['LINE_BOT_ID', '123abcde'],
  ['LINE_CHANNEL_SECRET', 'two words'],
  ['LINE_API_BASE_URL', 'http://localhost:4000/line'],
  ['SLACK_BOT_TOKEN', 'xoxp-1'],
  ['SLACK_ALERT_CHANNEL', '#cs-alerts'],
  ['SLACK_API_URL', 'slack.com']
])('%s=%s is refused with what to write instead, without repeating the value', (name, value) => {
  const faults = faultsOf({ ...CHANNELS, [name]: value })
  expect(Object.keys(faults)).toEqual([name])
  expect(faults[name]?.length).toBeGreaterThan(15)
  if (/SECRET|TOKEN|KEYS|DATABASE/.test(name)) expect(faults[name]).not.toContain(value)
})

test('webhooks have secrets by their source, several while one changes', () => {
  const written = 'stripe:whsec_0123456789abcdef, shopify:shpss_0123456789ab\nstripe:whsec_fedcba9876543210'
  expect(loadConfig({ MATANE_HOOK_SECRETS: written }).hookSecrets).toEqual(
    new Map([
      ['stripe', ['whsec_0123456789abcdef', 'whsec_fedcba9876543210']],
      ['shopify', ['shpss_0123456789ab']]
    ])
  )
})

test('every fault is listed at once, one for each variable', () => {
  const faults = faultsOf({ PORT: 'x', MATANE_TIMEZONE: 'y', LINE_CHANNEL_SECRET: '', SLACK_BOT_TOKEN: 'z' })
  expect(Object.keys(faults).sort()).toEqual(
    [
      'LINE_BOT_ID',
      'LINE_CHANNEL_ACCESS_TOKEN',
      'LINE_CHANNEL_SECRET',
      'MATANE_TIMEZONE',
      'PORT',
      'SLACK_ALERT_CHANNEL',
      'SLACK_BOT_TOKEN',
      'SLACK_SIGNING_SECRET'
    ].sort()
  )
})

test('the message is readable by itself', () => {
  expect(() => loadConfig({ PORT: 'x', MATANE_ROLE: 'y' })).toThrow(
    /^The configuration has 2 faults:\n {2}PORT: .+\n {2}MATANE_ROLE: .+$/
  )
})

describe('the sandbox', () => {
  test.each(['LINE_CHANNEL_SECRET', 'LINE_CHANNEL_ACCESS_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN'])(
    'is refused beside a real %s',
    (name) => {
      const faults = faultsOf({ MATANE_SANDBOX: '1', [name]: 'xoxb-real' })
      expect(faults.MATANE_SANDBOX).toContain(name)
    }
  )

  test('can be asked for, and be switched off', () => {
    expect(loadConfig({ MATANE_SANDBOX: '1' }).sandbox).toBe(true)
    expect(Object.keys(faultsOf({ MATANE_SANDBOX: '0' })).sort()).toEqual(Object.keys(CHANNELS).sort())
    expect(loadConfig({ ...CHANNELS, MATANE_SANDBOX: '0' }).sandbox).toBe(false)
  })

  test('does not start because of one forgotten variable', () => {
    expect(faultsOf({ LINE_BOT_ID: '@123abcde' })).not.toEqual({})
  })

  test('runs in one process', () => {
    expect(faultsOf({ MATANE_ROLE: 'web', DATABASE_URL: 'postgresql://h/d' })).toHaveProperty('MATANE_ROLE')
  })
})

test.each(['web', 'worker'])('the role %s needs a database that several processes can share', (role) => {
  expect(faultsOf({ ...CHANNELS, MATANE_ROLE: role }).MATANE_ROLE).toContain('DATABASE_URL')
  expect(faultsOf({ ...CHANNELS, MATANE_ROLE: role, DATABASE_URL: 'postgresql://localhost/matane' })).toEqual({})
})

test('commands reach the data while the channels are half set up, and still refuse what would lead elsewhere', () => {
  const half = { LINE_CHANNEL_SECRET: 'x', PORT: 'nonsense' }
  expect(loadStoreConfig({ ...half, MATANE_DATA_DIR: '/data', MATANE_ENCRYPTION_KEYS: KEY })).toEqual({
    dataDir: '/data',
    databaseUrl: undefined,
    encryptionKeys: [KEY],
    timeZone: 'Asia/Tokyo'
  })
  expect(() => loadStoreConfig({ DATABASE_URL: '' })).toThrow(ConfigError)
  expect(() => loadStoreConfig({ DATABASE_URL: 'mysql://h/d' })).toThrow(/DATABASE_URL/)
})

test('several encryption keys keep their order', () => {
  const older = `k0:${Buffer.alloc(32, 9).toString('base64')}`
  expect(loadConfig({ MATANE_ENCRYPTION_KEYS: ` ${KEY},\n${older} ` }).encryptionKeys).toEqual([KEY, older])
})

test("a Worker's bindings that are not texts are passed over", () => {
  expect(
    loadConfig({ ...CHANNELS, HYPERDRIVE: { connectionString: 'x' }, ASSETS: () => {}, PORT: undefined })
  ).toMatchObject({ sandbox: false })
})

test('no environment whatsoever gets past: a configuration that can work, or a list of faults', () => {
  const names = [
    ...Object.keys(CHANNELS),
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'DATABASE_URL',
    'MATANE_SANDBOX',
    'MATANE_ROLE',
    'MATANE_TIMEZONE',
    'MATANE_ENCRYPTION_KEYS'
  ]
  const value = fc.oneof(fc.string(), fc.constantFrom('1', '0', 'web', '@id', 'C01', 'xoxb-1', 'postgresql://h/d', KEY))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (environment) => {
      try {
        const config = loadConfig(environment)
        expect(Number.isInteger(config.port) && config.host.length > 0 && URL.canParse(config.publicUrl)).toBe(true)
        if (!config.sandbox) expect([...Object.values(config.line), ...Object.values(config.slack)]).not.toContain('')
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError)
      }
    })
  )
})

describe('the keys of those who send events', () => {
  const A = 'aaaaaaaaaaaaaaaa'
  const B = 'bbbbbbbbbbbbbbbb'

  test('name a source and whose ids it sends; a source may have two while they change', () =>
    expect(loadConfig({ ...CHANNELS, MATANE_WRITE_KEYS: `shop/ec:${A}, pos:${B} shop/ec:c${A}` }).writeKeys).toEqual([
      { source: 'shop', kind: 'ec', key: A },
      { source: 'pos', kind: 'pos', key: B },
      { source: 'shop', kind: 'ec', key: `c${A}` }
    ]))

  test.each([
    ['no source', A],
    ['no kind', `shop:${A}`],
    ['a kind that is none', `shop/line:${A}`],
    ['a key that can be guessed', 'shop/ec:short'],
    ['a key of two sources', `shop/ec:${A} till/pos:${A}`],
    ['two kinds of one source', `shop/ec:${A} shop/browser:${B}`],
    ['nothing', '']
  ])('with %s nothing starts, and the fault does not repeat the key', (_what, keys) => {
    const { MATANE_WRITE_KEYS: fault = '' } = faultsOf({ ...CHANNELS, MATANE_WRITE_KEYS: keys })
    expect(fault.length).toBeGreaterThan(10)
    for (const secret of [A, B, 'short']) expect(fault).not.toContain(secret)
  })
})

test('the log is told every secret there is, each by its value', () => {
  const env = {
    ...CHANNELS,
    MATANE_ENCRYPTION_KEYS: KEY,
    MATANE_HOOK_SECRETS: 'stripe:whsec_0123456789abcdef stripe:whsec_fedcba9876543210',
    MATANE_WEBHOOK_SECRET: `whsec_${'A'.repeat(43)}=`,
    MATANE_WRITE_KEYS: 'shop/ec:write-key-of-the-shop'
  }
  const config = loadConfig(env)
  if (config.sandbox) expect.fail('real channels are set')
  const { LINE_BOT_ID, SLACK_ALERT_CHANNEL, ...credentials } = CHANNELS
  expect(secretsOf(config).sort()).toEqual(
    [
      ...Object.values(credentials),
      ...[
        'whsec_0123456789abcdef',
        'whsec_fedcba9876543210',
        'write-key-of-the-shop',
        KEY,
        env.MATANE_WEBHOOK_SECRET,
        `${'A'.repeat(43)}=`,
        KEY.slice('k1:'.length)
      ]
    ].sort()
  )
})

test.each([
  ['https://matane.example.com', false, 'https://matane.example.com'],
  ['http://localhost:3000', false, undefined],
  ['http://localhost:3000', true, 'http://localhost:3000']
])('links in messages lead by %s (sandbox: %s) as customers reach it, or not at all', (publicUrl, sandbox, at) =>
  expect(linksAt({ publicUrl, sandbox })).toBe(at)
)

describe('what webhooks of flows are signed with', () => {
  test('is a secret as Standard Webhooks writes it, or a flow that needs it says so', () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    expect(loadConfig({ ...CHANNELS, MATANE_WEBHOOK_SECRET: secret }).webhookSecret).toBe(secret)
    expect(unsetOf(loadConfig({ ...CHANNELS, MATANE_WEBHOOK_SECRET: secret }))).toEqual([])
    expect(unsetOf(loadConfig(CHANNELS))).toEqual(['MATANE_WEBHOOK_SECRET'])
  })

  test.each(['', 'secret', 'whsec_short', `whsec_${'あ'.repeat(40)}`])('%j is refused, and not repeated', (value) => {
    const { MATANE_WEBHOOK_SECRET: fault = '' } = faultsOf({ ...CHANNELS, MATANE_WEBHOOK_SECRET: value })
    expect(fault).not.toBe('')
    if (value !== '') expect(fault).not.toContain(value)
  })
})
