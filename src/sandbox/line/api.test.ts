import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeLine, words } from '../../../test/support/fake-line.ts'
import { RATE_LIMITED } from './index.ts'

const UUID = '0191d1a0-0000-7000-8000-000000000001'
const text = (words: string) => [{ type: 'text', text: words }]

test('a reply token works once, within a minute', async () => {
  const { line, lastEvent, reply, pass, person } = fakeLine()
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
  const { line, lastEvent, call, reply, person } = fakeLine()
  await line.say(person.userId, '一')
  const { replyToken } = lastEvent()
  const body = { replyToken, messages: text('x') }
  expect((await call('/v2/bot/message/reply', body, { 'x-line-retry-key': UUID })).status).toBe(400)
  expect((await reply(replyToken)).status).toBe(200)
})

test('an event told again has its flag set, and its token works again unless it was used', async () => {
  const { line, lastEvent, reply, pass, person } = fakeLine()
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
  const { line, push, pass, person } = fakeLine()
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
  const { line, call, push, reply, lastEvent, clock, person } = fakeLine()
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
  const { line, call, person } = fakeLine()
  await line.follow(person.userId)
  const refused = await call('/v2/bot/message/push', { to: person.userId, messages })
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(/error\(s\)/), details: [{ property }] }
  })
  expect(line.chat(person.userId)).toEqual([])
  expect((await call('/v2/bot/message/validate/push', { messages })).status).toBe(400)
})

test('without the access token nothing is answered', async () => {
  const { call, person } = fakeLine()
  for (const authorization of ['', 'Bearer other', 'token'])
    expect((await call(`/v2/bot/profile/${person.userId}`, undefined, { authorization })).status).toBe(401)
})

test('the account, the profile and the webhook’s address are told; the webhook can be tested', async () => {
  const { call, person, webhooks } = fakeLine()
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

test('faults come as often as asked for, on the path asked for, and then are over', async () => {
  const { line, push, call, person } = fakeLine()
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
  const { line, push, person } = fakeLine()
  await line.follow(person.userId)
  line.faults.failNext('/push', 'lose-answer')
  expect((await push(person.userId)).body).toBeUndefined()
  expect(line.chat(person.userId)).toHaveLength(1)
})

test('whatever comes as a request body is answered, never thrown', async () => {
  const { call } = fakeLine()
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom('reply', 'push', 'validate/push'), async (body, path) => {
      const { status } = await call(`/v2/bot/message/${path}`, { messages: body, to: body, replyToken: body })
      expect([200, 400]).toContain(status)
    })
  )
})
