import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testCipher } from '../../../test/support/database.ts'
import type { InboxEvent } from '../queue/types.ts'
import { inboxKey } from './inbox-events.ts'
import { signLine } from './signature.ts'
import { receiveLine } from './webhook.ts'

const SECRET = 'channel-secret'
const event = (changes: object = {}) => ({
  type: 'message',
  mode: 'active',
  timestamp: 1_795_000_000_000,
  source: { type: 'user', userId: 'U0123456789abcdef0123456789abcdef' },
  webhookEventId: '01KAHZ8S7Q9WQ2M0N3T0ZB5T7V',
  deliveryContext: { isRedelivery: false },
  replyToken: 'token',
  message: { type: 'text', id: '1', text: 'こんにちは' },
  ...changes
})
const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

/** Posts a body, signed unless a signature is given; tells the status, what was stored and what was logged. */
async function post(body: Uint8Array, signature: string | null = signLine(SECRET, body), put = async () => {}) {
  const stored: InboxEvent[] = []
  const warnings: string[] = []
  const log = { info() {}, warn: (text: string) => warnings.push(text), error: (text: string) => warnings.push(text) }
  const headers = signature === null ? {} : { 'x-line-signature': signature }
  const request = new Request('http://matane.test/line/webhook', { method: 'POST', body: Buffer.from(body), headers })
  const intake = {
    put: async (events: readonly InboxEvent[]) => {
      await put()
      stored.push(...events)
    }
  }
  const now = () => new Date('2026-11-21T00:00:00Z')
  const response = await receiveLine(request, { channelSecret: SECRET, cipher: testCipher, log, intake, now })
  return { status: response.status, stored, warnings }
}

test('a signed event is stored under its own id, its person and its own time, before the 200', async () => {
  const { status, stored } = await post(bytes({ destination: 'U1', events: [event()] }))
  expect(status).toBe(200)
  expect(stored).toHaveLength(1)
  expect(stored[0]).toMatchObject({
    source: 'line',
    eventId: '01KAHZ8S7Q9WQ2M0N3T0ZB5T7V',
    key: `line:${testCipher.blindIndex('identity.external', 'U0123456789abcdef0123456789abcdef')}`,
    occurredAt: new Date(1_795_000_000_000)
  })
  expect(JSON.parse(stored[0]?.body ?? '')).toEqual(event())
})

const good = bytes({ events: [event()] })
const changed = Buffer.from(good)
changed[changed.length - 4] = 0x20
test.each([
  ['missing', null],
  ['empty', ''],
  ['of another secret', signLine('other', good)],
  ['in hex', Buffer.from(signLine(SECRET, good), 'base64').toString('hex')],
  ['cut short', signLine(SECRET, good).slice(0, -2)],
  ['with something after it', `${signLine(SECRET, good)}AA`],
  ['not ASCII', 'é'.repeat(22)]
])(
  'a signature that is %s is refused with a log line that says what to check, and nothing is stored',
  async (_, sig) => {
    const { status, stored, warnings } = await post(good, sig)
    expect([status, stored]).toEqual([401, []])
    expect(warnings.join()).toMatch(sig ? /LINE_CHANNEL_SECRET/ : /x-line-signature/)
  }
)

test('a changed byte is refused', async () => {
  expect((await post(changed, signLine(SECRET, good))).status).toBe(401)
})

test('whatever single byte changes, the signature no longer fits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const body = Buffer.from(good)
      body[at] = (body[at] ?? 0) ^ flip
      expect((await post(body, signLine(SECRET, good))).status).toBe(401)
    }),
    { numRuns: 50 }
  )
})

test('a byte order mark does not matter', async () => {
  const { status, stored } = await post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), good]))
  expect([status, stored[0]?.quarantined]).toEqual([200, undefined])
})

test("the console's Verify (no events) is answered 200 without touching the store", async () => {
  const fail = () => Promise.reject(new Error('down'))
  const body = bytes({ destination: 'U1', events: [] })
  expect((await post(body, signLine(SECRET, body), fail)).status).toBe(200)
})

const deep = `{"events":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`
test.each([
  ['invalid UTF-8', Buffer.concat([good.subarray(0, 30), Buffer.from([0xff, 0xfe]), good.subarray(30)])],
  ['50,000-deep JSON', bytes(deep)],
  ['no JSON', bytes('hello')],
  ['empty', bytes('')],
  ['a JSON null', bytes('null')],
  ['without events', bytes({ destination: 'U1' })],
  ['with events that are no list', bytes({ events: { 0: event() } })]
])('a signed body that is %s is kept in quarantine under its hash and answered 200', async (_, body) => {
  const { status, stored, warnings } = await post(body)
  expect(status).toBe(200)
  expect(stored).toHaveLength(1)
  expect(stored[0]).toMatchObject({ quarantined: true, eventId: expect.stringMatching(/^sha256-[0-9a-f]{64}$/) })
  expect(Buffer.from(stored[0]?.body ?? '', 'latin1')).toEqual(Buffer.from(body))
  expect(warnings.join()).toMatch(/quarantine/)
  expect((await post(body)).stored[0]?.eventId).toBe(stored[0]?.eventId)
})

test('an unsigned body is refused without being read, however long or deep it is', async () => {
  expect((await post(bytes(deep), null)).status).toBe(401)
  expect((await post(Buffer.alloc(2_000_000, 0x5b), null)).status).toBe(401)
})

test.each([
  ['null', null],
  ['a number', 7],
  ['without an id', event({ webhookEventId: undefined })],
  ['with an endless id', event({ webhookEventId: 'x'.repeat(100_000) })],
  ['with a NUL in its id', event({ webhookEventId: 'a\u0000b' })],
  ['without a time', event({ timestamp: undefined })],
  ['in the year 9999', event({ timestamp: 253_402_300_799_000 })],
  ['a message without a message', event({ message: undefined })],
  ['a text without a text', event({ message: { type: 'text', id: '1' } })],
  ['a postback without data', event({ type: 'postback', postback: {} })],
  ['an unsend of nothing', event({ type: 'unsend', unsend: {} })]
])('in a batch, an event that is %s goes to quarantine and the others are stored to be handled', async (_, odd) => {
  const events = [event({ webhookEventId: 'A' }), odd, event({ webhookEventId: 'B' })]
  const { status, stored } = await post(bytes({ events }))
  expect(status).toBe(200)
  expect(stored.map((row) => row.quarantined ?? row.eventId)).toEqual(['A', true, 'B'])
})

test.each(['messageEdited', 'somethingNew', '__proto__', 'toString', 'constructor'])(
  'an event of type %s is stored as it came, to be ignored',
  async (type) => {
    const { stored } = await post(bytes({ events: [event({ type, extra: { deep: [1] } })] }))
    expect(stored[0]?.quarantined).toBeUndefined()
    expect(JSON.parse(stored[0]?.body ?? '')).toMatchObject({ type, extra: { deep: [1] } })
  }
)

test('NUL and lone surrogates in a text survive the way into the store', async () => {
  const text = 'a\u0000b\ud800c'
  const { stored } = await post(bytes({ events: [event({ message: { type: 'text', id: '1', text } })] }))
  expect(JSON.parse(stored[0]?.body ?? '').message.text).toBe(text)
  expect(stored[0]?.body.isWellFormed()).toBe(true)
})

test('a body above 1 MB is refused, whether or not its length is announced', async () => {
  const large = Buffer.alloc(2_000_000, 0x20)
  expect((await post(large)).status).toBe(413)
  const chunks = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(100_000))
  })
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: chunks,
    duplex: 'half',
    headers: { 'x-line-signature': 'x' }
  }
  const log = { info() {}, warn() {}, error() {} }
  const intake = { put: async () => {} }
  const request = new Request('http://matane.test/', init)
  expect((await receiveLine(request, { channelSecret: SECRET, cipher: testCipher, log, intake })).status).toBe(413)
})

test('a store that cannot take the events is answered 503, so that LINE tells them again', async () => {
  const { status, stored, warnings } = await post(good, signLine(SECRET, good), () =>
    Promise.reject(new Error('locked'))
  )
  expect([status, stored]).toEqual([503, []])
  expect(warnings.join()).toMatch(/could not be stored/)
})

test('events of a group share the key of the group, not of the person', () => {
  const source = { type: 'group', groupId: 'C1', userId: 'U1' }
  const base = { type: 'join', webhookEventId: 'A', timestamp: 0, mode: 'active' }
  expect(inboxKey({ ...base, source }, testCipher)).toBe(`line:${testCipher.blindIndex('identity.external', 'C1')}`)
  expect(inboxKey(base, testCipher)).toBe('line:account')
})

test('anything at all that is signed is answered 200 and kept, event by event', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), async (events) => {
      const { status, stored } = await post(bytes({ events }))
      expect([status, stored.length]).toEqual([200, events.length])
    })
  )
})
