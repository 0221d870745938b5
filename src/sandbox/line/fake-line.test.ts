import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { fakeLine, words } from '../../../test/support/fake-line.ts'

const UUID = '0191d1a0-0000-7000-8000-000000000001'

test('webhooks are signed over their exact bytes, in LINE’s format', async () => {
  const { line, webhooks, person } = fakeLine()
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

test('someone who blocked the account sees nothing, costs nothing, tells no profile, and can come back', async () => {
  const { line, call, push, lastEvent, person } = fakeLine()
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

test('quick replies are gone as soon as anything newer is in the chat', async () => {
  const { line, call, person } = fakeLine()
  await line.follow(person.userId)
  const quickReply = { items: [{ type: 'action', action: { type: 'message', label: '0', text: '0' } }] }
  await call('/v2/bot/message/push', { to: person.userId, messages: [{ type: 'text', text: 'x', quickReply }] })
  expect(line.chat(person.userId).at(-1)?.message).toHaveProperty('quickReply')
  await line.say(person.userId, '0')
  expect(line.chat(person.userId).some(({ message }) => 'quickReply' in message)).toBe(false)
})

test('tapping: a postback shows its text, a message is said, an address is opened with its text ready', async () => {
  const { line, lastEvent, person } = fakeLine()
  await line.tap(person.userId, { type: 'postback', label: '9', data: 'v1 a {}', displayText: '9点' })
  expect(lastEvent()).toMatchObject({ type: 'postback', postback: { data: 'v1 a {}' } })
  await line.tap(person.userId, { type: 'message', label: 'x', text: 'スタンプ' })
  expect(words(line.chat(person.userId))).toEqual(['9点', 'スタンプ'])
  const uri = `https://line.me/R/oaMessage/@matane/?${encodeURIComponent('スタンプ abc')}`
  expect(await line.tap(person.userId, { type: 'uri', uri })).toEqual({ kind: 'opened', uri, prefill: 'スタンプ abc' })
  await expect(line.tap(person.userId, { type: 'teleport' })).rejects.toThrow()
  const calendar = {
    type: 'datetimepicker',
    mode: 'date',
    label: 'x',
    data: 'v1 d {}',
    min: '2026-11-22',
    max: '2026-12-24'
  }
  for (const day of [undefined, '2026-11-21', '2026-12-25', 'soon'])
    await expect(line.tap(person.userId, calendar, day)).rejects.toThrow('The calendar has no day')
  const before = line.chat(person.userId).length
  await line.tap(person.userId, calendar, '2026-12-24')
  expect(lastEvent()).toMatchObject({ type: 'postback', postback: { data: 'v1 d {}', params: { date: '2026-12-24' } } })
  expect(line.chat(person.userId)).toHaveLength(before)
})

test('a message taken back is gone from the chat, and only its writer can take it back', async () => {
  const { line, push, lastEvent, person } = fakeLine()
  const { messageId } = await line.say(person.userId, 'ひみつ')
  await line.unsend(person.userId, messageId)
  expect(lastEvent()).toMatchObject({ type: 'unsend', unsend: { messageId } })
  expect(JSON.stringify(line.chat(person.userId))).not.toContain('ひみつ')
  await push(person.userId, 'account')
  await expect(line.unsend(person.userId, line.chat(person.userId).at(-1)?.id ?? '')).rejects.toThrow(/No message/)
})

test('a webhook nobody answers is remembered as undelivered, until it is told again', async () => {
  let up = false
  const deliver = async () => {
    if (!up) throw new Error('connection refused')
    return new Response()
  }
  const { line, person } = fakeLine({ deliver })
  const { webhookEventId, status } = await line.say(person.userId, 'x')
  expect([status, line.undelivered()]).toEqual([0, [webhookEventId]])
  up = true
  await line.redeliver(webhookEventId)
  expect(line.undelivered()).toEqual([])
})

test('calls are recorded without the access token, and listeners hear of every change until they stop', async () => {
  const recorded: unknown[] = []
  const { line, push, person } = fakeLine({ onCall: (record) => recorded.push(record) })
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
  const { line, push, reply, lastEvent, person } = fakeLine()
  await line.follow(person.userId)
  await push(person.userId, 'x', UUID)
  const other = fakeLine()
  other.line.restore(JSON.parse(JSON.stringify(line.snapshot())))
  expect(other.line.chat(person.userId)).toEqual(line.chat(person.userId))
  expect((await other.push(person.userId, 'x', UUID)).status).toBe(409)
  expect((await other.reply(lastEvent().replyToken)).status).toBe(200)
  expect((await reply(lastEvent().replyToken)).status).toBe(200)
  expect(() => line.restore({ people: 'x' })).toThrow()
})

test('ids are unguessable and sort by time where LINE’s do', () => {
  const { line } = fakeLine()
  const ids = Array.from({ length: 200 }, () => line.addPerson({ displayName: 'x', language: 'ja' }).userId)
  expect(new Set(ids).size).toBe(200)
  expect(ids.every((id) => /^U[0-9a-f]{32}$/.test(id))).toBe(true)
})
