import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFakeLine, type FakeLineOptions, RATE_LIMITED } from './index.ts'

const UUID = '0191d1a0-0000-7000-8000-000000000001'
const text = (words: string) => [{ type: 'text', text: words }]

function setUp(options: Partial<FakeLineOptions> = {}) {
  const clock = { now: new Date('2026-11-21T01:00:00Z') }
  const webhooks: { headers: Headers; body: string }[] = []
  const line = createFakeLine({
    channelSecret: 'secret',
    accessToken: 'token',
    botId: '@matane',
    now: () => clock.now,
    async deliver(request) {
      webhooks.push({ headers: request.headers, body: await request.text() })
      return new Response('ok')
    },
    ...options
  })
  const call = async (path: string, body?: object, headers: Record<string, string> = {}) => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'GET' }
    const request = new Request(`http://line.test${path}`, {
      ...init,
      headers: { authorization: 'Bearer token', ...headers }
    })
    const response = await line.fetch(request)
    return { status: response.status, headers: response.headers, body: await response.json().catch(() => undefined) }
  }
  const lastEvent = () => JSON.parse(webhooks.at(-1)?.body ?? '{}').events[0]
  const reply = (replyToken: string, words = 'x') =>
    call('/v2/bot/message/reply', { replyToken, messages: text(words) })
  const push = (to: string, words = 'x', key?: string) =>
    call('/v2/bot/message/push', { to, messages: text(words) }, key ? { 'x-line-retry-key': key } : {})
  const person = line.addPerson({ displayName: '佐藤 花子', language: 'ja' })
  return {
    line,
    clock,
    webhooks,
    call,
    lastEvent,
    reply,
    push,
    person,
    pass(ms: number) {
      clock.now = new Date(clock.now.getTime() + ms)
    }
  }
}

const words = (chat: readonly { message: { type: string } }[]) =>
  chat.map(({ message }) => 'text' in message && message.text)

test('webhooks are signed over their exact bytes, in LINE’s format', async () => {
  const { line, webhooks, person } = setUp()
  const { webhookEventId, messageId, status } = await line.say(person.userId, 'こんにちは')
  const [webhook] = webhooks
  const expected = createHmac('sha256', 'secret')
    .update(webhook?.body ?? '')
    .digest('base64')
  expect([status, webhook?.headers.get('x-line-signature')]).toEqual([200, expected])
  expect(JSON.parse(webhook?.body ?? '')).toEqual({
    destination: expect.stringMatching(/^U[0-9a-f]{32}$/),
    events: [
      {
        type: 'message',
        mode: 'active',
        timestamp: 1_795_222_800_000,
        source: { type: 'user', userId: person.userId },
        webhookEventId,
        deliveryContext: { isRedelivery: false },
        replyToken: expect.stringMatching(/^[\w-]{32}$/),
        message: { type: 'text', id: messageId, text: 'こんにちは', quoteToken: expect.any(String) }
      }
    ]
  })
  expect(webhookEventId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
})

test('a reply token works once, within a minute', async () => {
  const { line, lastEvent, reply, pass, person } = setUp()
  await line.say(person.userId, '一')
  const { replyToken } = lastEvent()
  pass(60_000)
  expect((await reply(replyToken)).status).toBe(200)
  expect(await reply(replyToken)).toMatchObject({ status: 400, body: { message: 'Invalid reply token' } })
  await line.say(person.userId, '二')
  pass(60_001)
  expect((await reply(lastEvent().replyToken)).status).toBe(400)
  expect((await reply('made-up')).status).toBe(400)
  expect(words(line.chat(person.userId))).toEqual(['一', 'x', '二'])
})

test('a reply with a retry key is refused and uses nothing up', async () => {
  const { line, lastEvent, call, reply, person } = setUp()
  await line.say(person.userId, '一')
  const { replyToken } = lastEvent()
  const body = { replyToken, messages: text('x') }
  expect((await call('/v2/bot/message/reply', body, { 'x-line-retry-key': UUID })).status).toBe(400)
  expect((await reply(replyToken)).status).toBe(200)
})

test('an event told again has its flag set, and its token works again unless it was used', async () => {
  const { line, lastEvent, reply, pass, person } = setUp()
  const { webhookEventId } = await line.say(person.userId, '一')
  pass(600_000)
  await line.redeliver(webhookEventId)
  expect(lastEvent()).toMatchObject({
    webhookEventId,
    deliveryContext: { isRedelivery: true },
    timestamp: 1_795_222_800_000
  })
  expect((await reply(lastEvent().replyToken)).status).toBe(200)
  await line.redeliver(webhookEventId)
  expect((await reply(lastEvent().replyToken)).status).toBe(400)
})

test('a retry key delivers once in 24 hours and answers 409 with the first request’s id', async () => {
  const { line, push, pass, person } = setUp()
  await line.follow(person.userId)
  const first = await push(person.userId, 'x', UUID)
  const again = await push(person.userId, 'x', UUID.toUpperCase())
  expect([first.status, again.status]).toEqual([200, 409])
  expect(again.headers.get('x-line-accepted-request-id')).toBe(first.headers.get('x-line-request-id'))
  expect(again.body.sentMessages).toEqual(first.body.sentMessages)
  pass(24 * 3_600_000 + 1)
  expect((await push(person.userId, 'x', UUID)).status).toBe(200)
  expect((await push(person.userId, 'x', 'no uuid')).status).toBe(400)
  expect(line.chat(person.userId)).toHaveLength(2)
})

test('the monthly limit stops pushes, not replies, and begins anew with the month in Japan', async () => {
  const { line, call, push, reply, lastEvent, clock, person } = setUp()
  await line.follow(person.userId)
  line.setMonthlyLimit(1)
  expect((await push(person.userId)).status).toBe(200)
  expect(await push(person.userId)).toMatchObject({
    status: 429,
    body: { message: 'You have reached your monthly limit.' }
  })
  expect((await reply(lastEvent().replyToken)).status).toBe(200)
  expect((await call('/v2/bot/message/quota')).body).toEqual({ type: 'limited', value: 1 })
  expect((await call('/v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 1 })
  clock.now = new Date('2026-11-30T15:00:00Z')
  expect((await push(person.userId)).status).toBe(200)
})

test('someone who blocked the account sees nothing, costs nothing, tells no profile, and can come back', async () => {
  const { line, call, push, lastEvent, person } = setUp()
  await line.follow(person.userId)
  await line.block(person.userId)
  expect(lastEvent()).toMatchObject({ type: 'unfollow' })
  expect(lastEvent().replyToken).toBeUndefined()
  expect((await push(person.userId)).status).toBe(200)
  expect((await call(`/v2/bot/profile/${person.userId}`)).status).toBe(404)
  expect((await call('/v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  await expect(line.say(person.userId, 'x')).rejects.toThrow(/blocked/)
  await line.follow(person.userId)
  expect(lastEvent()).toMatchObject({ type: 'follow', follow: { isUnblocked: true } })
  expect(line.chat(person.userId)).toEqual([])
})

test.each<[string, unknown, string]>([
  ['no messages', [], 'messages'],
  ['six messages', Array.from({ length: 6 }, () => text('x')[0]), 'messages'],
  ['an empty text', text(''), 'messages[0].text'],
  ['a long text', text('x'.repeat(5001)), 'messages[0].text'],
  [
    '14 quick replies',
    [
      {
        type: 'text',
        text: 'x',
        quickReply: {
          items: Array.from({ length: 14 }, () => ({
            type: 'action',
            action: { type: 'message', label: 'x', text: 'x' }
          }))
        }
      }
    ],
    'messages[0].quickReply.items'
  ],
  [
    'a long quick reply label',
    [
      {
        type: 'text',
        text: 'x',
        quickReply: { items: [{ type: 'action', action: { type: 'message', label: 'あ'.repeat(21), text: 'x' } }] }
      }
    ],
    'messages[0].quickReply.items[0].action.label'
  ],
  [
    '13 bubbles',
    [
      {
        type: 'flex',
        altText: 'x',
        contents: { type: 'carousel', contents: Array.from({ length: 13 }, () => ({ type: 'bubble' })) }
      }
    ],
    'messages[0].contents.contents'
  ],
  [
    'an empty text in a box',
    [
      {
        type: 'flex',
        altText: 'x',
        contents: { type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: '' }] } }
      }
    ],
    'messages[0].contents.body.contents[0]'
  ],
  [
    'a bubble of 31 KB',
    [
      {
        type: 'flex',
        altText: 'x',
        contents: {
          type: 'bubble',
          body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'x'.repeat(31_000) }] }
        }
      }
    ],
    'messages[0].contents'
  ],
  ['no alt text', [{ type: 'flex', contents: { type: 'bubble' } }], 'messages[0].altText'],
  ['an unknown type', [{ type: 'hologram' }], 'messages[0].type']
])('%s: refused at its place, as LINE does, and nothing is delivered', async (_, messages, property) => {
  const { line, call, person } = setUp()
  await line.follow(person.userId)
  const refused = await call('/v2/bot/message/push', { to: person.userId, messages })
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(/error\(s\)/), details: [{ property }] }
  })
  expect(line.chat(person.userId)).toEqual([])
  expect((await call('/v2/bot/message/validate/push', { messages })).status).toBe(400)
})

test('quick replies are gone as soon as anything newer is in the chat', async () => {
  const { line, call, person } = setUp()
  await line.follow(person.userId)
  const quickReply = { items: [{ type: 'action', action: { type: 'message', label: '0', text: '0' } }] }
  await call('/v2/bot/message/push', { to: person.userId, messages: [{ type: 'text', text: 'x', quickReply }] })
  expect(line.chat(person.userId).at(-1)?.message).toHaveProperty('quickReply')
  await line.say(person.userId, '0')
  expect(line.chat(person.userId).some(({ message }) => 'quickReply' in message)).toBe(false)
})

test('tapping: a postback shows its text, a message is said, an address is opened with its text ready', async () => {
  const { line, lastEvent, person } = setUp()
  await line.tap(person.userId, { type: 'postback', label: '9', data: 'v1 a {}', displayText: '9点' })
  expect(lastEvent()).toMatchObject({ type: 'postback', postback: { data: 'v1 a {}' } })
  await line.tap(person.userId, { type: 'message', label: 'x', text: 'スタンプ' })
  expect(words(line.chat(person.userId))).toEqual(['9点', 'スタンプ'])
  const uri = `https://line.me/R/oaMessage/@matane/?${encodeURIComponent('スタンプ abc')}`
  expect(await line.tap(person.userId, { type: 'uri', uri })).toEqual({ kind: 'opened', uri, prefill: 'スタンプ abc' })
  await expect(line.tap(person.userId, { type: 'teleport' })).rejects.toThrow()
})

test('a message taken back is gone from the chat, and only its writer can take it back', async () => {
  const { line, push, lastEvent, person } = setUp()
  const { messageId } = await line.say(person.userId, 'ひみつ')
  await line.unsend(person.userId, messageId)
  expect(lastEvent()).toMatchObject({ type: 'unsend', unsend: { messageId } })
  expect(JSON.stringify(line.chat(person.userId))).not.toContain('ひみつ')
  await push(person.userId, 'account')
  await expect(line.unsend(person.userId, line.chat(person.userId).at(-1)?.id ?? '')).rejects.toThrow(/No message/)
})

test('without the access token nothing is answered', async () => {
  const { call, person } = setUp()
  for (const authorization of ['', 'Bearer other', 'token'])
    expect((await call(`/v2/bot/profile/${person.userId}`, undefined, { authorization })).status).toBe(401)
})

test('the account, the profile and the webhook’s address are told; the webhook can be tested', async () => {
  const { call, person, webhooks } = setUp()
  expect((await call('/v2/bot/info')).body).toMatchObject({ basicId: '@matane' })
  expect((await call(`/v2/bot/profile/${person.userId}`)).body).toEqual({
    userId: person.userId,
    displayName: '佐藤 花子',
    language: 'ja'
  })
  expect((await call('/v2/bot/channel/webhook/endpoint')).body).toMatchObject({ active: true })
  expect((await call('/v2/bot/channel/webhook/test', {})).body).toMatchObject({ success: true, statusCode: 200 })
  expect(JSON.parse(webhooks.at(-1)?.body ?? '').events).toEqual([])
  expect((await call('/v2/bot/nothing')).status).toBe(404)
})

test('a webhook nobody answers is remembered as undelivered, until it is told again', async () => {
  let up = false
  const deliver = async () => {
    if (!up) throw new Error('connection refused')
    return new Response()
  }
  const { line, person } = setUp({ deliver })
  const { webhookEventId, status } = await line.say(person.userId, 'x')
  expect([status, line.undelivered()]).toEqual([0, [webhookEventId]])
  up = true
  await line.redeliver(webhookEventId)
  expect(line.undelivered()).toEqual([])
})

test('faults come as often as asked for, on the path asked for, and then are over', async () => {
  const { line, push, call, person } = setUp()
  await line.follow(person.userId)
  line.faults.failNext('/push', RATE_LIMITED, 2)
  expect((await call('/v2/bot/info')).status).toBe(200)
  const answers = [await push(person.userId), await push(person.userId), await push(person.userId)]
  expect(answers.map(({ status }) => status)).toEqual([429, 429, 200])
  expect(answers[0]?.headers.get('retry-after')).toBe('1')
  line.faults.failNext('/push', 'hang')
  const hanging = push(person.userId)
  await new Promise((resolve) => setImmediate(resolve))
  line.faults.clear()
  expect((await hanging).status).toBe(503)
  expect(line.chat(person.userId)).toHaveLength(1)
})

test('a lost answer is an answer nobody can read, to something that was done', async () => {
  const { line, push, person } = setUp()
  await line.follow(person.userId)
  line.faults.failNext('/push', 'lose-answer')
  expect((await push(person.userId)).body).toBeUndefined()
  expect(line.chat(person.userId)).toHaveLength(1)
})

test('calls are recorded without the access token, and listeners hear of every change until they stop', async () => {
  const recorded: unknown[] = []
  const { line, push, person } = setUp({ onCall: (record) => recorded.push(record) })
  let changes = 0
  const stop = line.onChange(() => {
    changes += 1
  })
  await line.follow(person.userId)
  await push(person.userId)
  stop()
  const seen = changes
  expect(seen).toBeGreaterThanOrEqual(3)
  await push(person.userId)
  expect(changes).toBe(seen)
  expect(line.calls()).toEqual(recorded)
  expect(line.calls().map(({ kind, status }) => `${kind} ${status}`)).toEqual(['webhook 200', 'api 200', 'api 200'])
  expect(JSON.stringify(line.calls())).not.toMatch(/Bearer|"token"/)
})

test('a snapshot brings everything back after JSON, and nothing but a snapshot is taken', async () => {
  const { line, push, reply, lastEvent, person } = setUp()
  await line.follow(person.userId)
  await push(person.userId, 'x', UUID)
  const other = setUp()
  other.line.restore(JSON.parse(JSON.stringify(line.snapshot())))
  expect(other.line.chat(person.userId)).toEqual(line.chat(person.userId))
  expect((await other.push(person.userId, 'x', UUID)).status).toBe(409)
  expect((await other.reply(lastEvent().replyToken)).status).toBe(200)
  expect((await reply(lastEvent().replyToken)).status).toBe(200)
  expect(() => line.restore({ people: 'x' })).toThrow()
})

test('ids are unguessable and sort by time where LINE’s do', () => {
  const { line } = setUp()
  const ids = Array.from({ length: 200 }, () => line.addPerson({ displayName: 'x', language: 'ja' }).userId)
  expect(new Set(ids).size).toBe(200)
  expect(ids.every((id) => /^U[0-9a-f]{32}$/.test(id))).toBe(true)
})

test('whatever comes as a request body is answered, never thrown', async () => {
  const { call } = setUp()
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom('reply', 'push', 'validate/push'), async (body, path) => {
      const { status } = await call(`/v2/bot/message/${path}`, { messages: body, to: body, replyToken: body })
      expect([200, 400]).toContain(status)
    })
  )
})
