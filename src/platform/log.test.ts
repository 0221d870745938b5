import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordLog } from '../../test/support/log.ts'
import { consoleLog, scrubbedLog } from './console-log.ts'
import { createLog } from './log.ts'
import { isPrivateKey } from './scrub.ts'

const CANARY = 'kanariya-0f3c'

test('a line is JSON with level, time, message and data', () => {
  const log = recordLog()
  log.warn('The quota is used up', { month: '2026-11', used: 200 })
  expect(JSON.parse(log.text())).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    msg: 'The quota is used up',
    data: { month: '2026-11', used: 200 }
  })
})

test.each([
  'channelSecret',
  'channel_secret',
  'LINE_CHANNEL_SECRET',
  'accessToken',
  'replyToken',
  'SLACK_BOT_TOKEN',
  'password',
  'Authorization',
  'set-cookie',
  'x-line-signature',
  'apiKey',
  'MATANE_ENCRYPTION_KEYS',
  'nameSealed',
  'name_sealed',
  'name',
  'displayName',
  'text',
  'words',
  'note',
  'answer',
  'email',
  'body',
  'payload',
  'response_url',
  'trigger_id',
  'messages'
])('nothing is logged under the key %s', (key) => expect(isPrivateKey(key)).toBe(true))

test.each(['key', 'customerId', 'cause', 'job', 'attempts', 'status', 'route', 'kind', 'error', 'tokens', 'month'])(
  'the key %s is for everybody',
  (key) => expect(isPrivateKey(key)).toBe(false)
)

describe('a secret does not get into a line', () => {
  const nested: [string, Record<string, unknown>][] = [
    ['at the top', { accessToken: CANARY }],
    ['deep down', { a: { b: { c: { d: { e: { replyToken: CANARY } } } } } }],
    ['below the depth shown', { a: { b: { c: { d: { e: { f: { g: { h: { i: { j: CANARY } } } } } } } } } }],
    ['in an array', { events: [1, [{ message: { text: CANARY } }]] }],
    ['in a Map', { map: new Map([['token', CANARY]]) }],
    ['in a Set', { set: new Set([{ secret: CANARY }]) }],
    [
      'in an error with a request attached',
      { error: Object.assign(new Error('refused'), { config: { headers: { authorization: CANARY } } }) }
    ],
    [
      'in the row a database error quotes',
      { error: Object.assign(new Error('null value'), { code: '23502', detail: `Failing row contains (${CANARY})` }) }
    ],
    ['in the cause of an error', { error: new Error('outer', { cause: new Error(`{"displayName":"${CANARY}"}`) }) }],
    ['in one of many errors', { error: new AggregateError([new Error(`{"text": "${CANARY}"}`)], 'all failed') }],
    [
      "in Prisma's copy of the arguments",
      {
        error: new Error(
          `\nInvalid \`tx.customer.create()\` invocation:\n{ data: { nick: "${CANARY}" } }\nUnknown argument`
        )
      }
    ],
    ['in a quoted body', { problem: `400 {"messages":[{"type":"text","text":"${CANARY} \\" and more"}]}` }],
    ['in a twice quoted body', { problem: JSON.stringify(JSON.stringify({ text: CANARY })) }],
    ['as bytes', { sent: Buffer.from(CANARY) }],
    ['as a bearer token', { header: `Bearer ${CANARY}` }],
    ['in a URL', { url: `https://example.com/counter/kichijoji?lang=ja&key=${CANARY}` }],
    ['in a URL object', { url: new URL(`https://example.com/?token=${CANARY}`) }],
    ['as a database password', { problem: `connect postgresql://matane:${CANARY}@db:5432/matane` }]
  ]
  test.each(nested)('%s', (_where, data) => {
    const log = recordLog()
    log.error('Refused', data)
    expect(log.lines).toHaveLength(1)
    expect(log.text()).not.toContain(CANARY)
    expect(log.text()).not.toContain(Buffer.from(CANARY).toString('base64'))
  })

  test.each([
    'xoxb-1234567890-abcdefghij',
    'xapp-1-A012-345-abcdef',
    'U0123456789abcdef0123456789abcdef',
    'hanako@example.co.jp',
    '090-1234-5678',
    '+819012345678',
    `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    'https://hooks.slack.com/actions/T1/2/abc',
    'A'.repeat(170)
  ])('%s is known by its look', (secret) => {
    const log = recordLog()
    log.info(`before ${secret} after`, { any: `(${secret})` })
    expect(log.text()).not.toContain(secret)
    expect(JSON.parse(log.text()).msg).toMatch(/^before .*after$/)
  })

  test('a configured value is known wherever it stands', () => {
    const log = recordLog([CANARY])
    log.info(`a${CANARY}b`, { anything: [`x${CANARY}`] })
    expect(log.text()).not.toContain(CANARY)
  })

  test('under any shape of data', () => {
    const shape = fc.letrec((tie) => ({
      tree: fc.oneof(
        fc.constant({ token: CANARY }),
        fc.constant([{ text: CANARY }]),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 3 }),
        fc.array(tie('tree'), { maxLength: 3 })
      )
    })).tree
    fc.assert(
      fc.property(shape, (tree) => {
        const log = recordLog()
        log.info('Any', { tree })
        expect(log.text()).not.toContain(CANARY)
      })
    )
  })
})

test('what helps to find a fault stays', () => {
  const log = recordLog()
  const error = Object.assign(new Error('duplicate key value violates unique constraint "stamp_code_key"'), {
    code: '23505',
    constraint: 'stamp_code_key'
  })
  log.error('A unit of work failed', {
    cause: 'line:01HXYZ',
    key: 'line:pV3x',
    at: new Date('2026-11-21T00:00:00Z'),
    n: 3n,
    error
  })
  const { data } = JSON.parse(log.text())
  expect(data).toMatchObject({ cause: 'line:01HXYZ', key: 'line:pV3x', at: '2026-11-21T00:00:00.000Z', n: '3' })
  expect(data.error).toMatchObject({
    type: 'Error',
    code: '23505',
    constraint: 'stamp_code_key',
    message: error.message
  })
  expect(data.error.stack).toContain('log.test.ts')
})

test('ids and times are no telephone numbers', () => {
  const log = recordLog()
  const kept = '0198a7f2-0123-7000-8000-0123456789ab 2026-11-21T10:00:00.000Z 1763715600000'
  log.info(kept)
  expect(JSON.parse(log.text()).msg).toBe(kept)
})

test('odd data neither throws nor hangs', () => {
  const log = recordLog()
  const circle: Record<string, unknown> = {}
  circle.self = circle
  const trap = {
    get boom() {
      throw new Error('no')
    }
  }
  log.info('circle', { circle })
  log.info('trap', { trap })
  log.info('others', { f: () => 1, s: Symbol('s'), u: undefined, nan: new Date('x'), long: 'x '.repeat(1_000_000) })
  expect(log.text().length).toBeLessThan(20_000)
  expect(log.text()).toContain('circle')
})

test('at a terminal the lines are short, and as clean', () => {
  const lines: string[] = []
  const log = createLog({ readable: true, destination: { write: (line) => void lines.push(line) } })
  log.warn('The quota is used up', { month: '2026-11', replyToken: CANARY })
  log.info('Ready')
  expect(lines[0]).toMatch(
    /^\d\d:\d\d:\d\d ! The quota is used up \{"month":"2026-11","replyToken":"\[scrubbed\]"\}\n$/
  )
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d {3}Ready\n$/)
})

test('without pino the lines look the same', () => {
  const written: string[] = []
  const original = console.warn
  console.warn = (line: string) => written.push(line)
  consoleLog(['hush-hush']).warn('Careful hush-hush', { token: CANARY })
  console.warn = original
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    level: 'warn',
    msg: 'Careful [scrubbed]',
    data: { token: '[scrubbed]' }
  })
})

test('a log that cannot write does not undo the work', () => {
  const log = scrubbedLog(() => {
    throw new Error('EPIPE')
  })
  expect(() => log.info('any')).not.toThrow()
})
