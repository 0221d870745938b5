import { describe, expect, test } from 'vitest'
import { fakeLine } from '../../../test/support/fake-line.ts'

const OK = [{ type: 'text', text: 'x' }]
const action = (over: object) => ({ type: 'message', label: 'x', text: 'x', ...over })
const quick = (over: object) => [{ type: 'text', text: 'x', quickReply: { items: [{ type: 'action', ...over }] } }]
const bubble = (...contents: object[]) => ({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents } })
const flex = (contents: object) => [{ type: 'flex', altText: 'x', contents }]

test.each<[string, unknown[]]>([
  ['an alt text of 1,501', [{ type: 'flex', altText: 'x'.repeat(1501), contents: bubble() }]],
  ['a postback of 301', quick({ action: { type: 'postback', label: 'x', data: 'x'.repeat(301) } })],
  ['a postback without data', quick({ action: { type: 'postback', label: 'x', data: '' } })],
  ['an address of another kind', quick({ action: { type: 'uri', label: 'x', uri: 'javascript:alert(1)' } })],
  ['an action nobody knows', quick({ action: { type: 'teleport' } })],
  ['a quick reply that is none', quick({ type: 'button', action: action({}) })],
  ['no quick replies in a list for them', [{ type: 'text', text: 'x', quickReply: { items: [] } }]],
  ['a label of 41 on a button', flex(bubble({ type: 'button', action: action({ label: 'あ'.repeat(41) }) }))],
  ['a button without a label', flex(bubble({ type: 'button', action: { type: 'message', text: 'x' } }))],
  ['a colour in words', flex(bubble({ type: 'text', text: 'x', color: 'red' }))],
  ['a picture without TLS', flex(bubble({ type: 'image', url: 'http://a.example/a.png' }))],
  ['a layout nobody knows', flex({ type: 'bubble', body: { type: 'box', layout: 'diagonal', contents: [] } })],
  ['a size nobody knows', flex({ ...bubble(), size: 'huge' })],
  ['an empty carousel', flex({ type: 'carousel', contents: [] })],
  [
    'a carousel of 51 KB',
    flex({ type: 'carousel', contents: Array(3).fill(bubble({ type: 'text', text: 'x'.repeat(18_000) })) })
  ],
  ['a good message beside a bad one', [...OK, { type: 'text', text: '' }]]
])('%s: refused as reply and push, and the reply token is still good', async (_name, messages) => {
  const { line, call, reply, push, lastEvent, person } = fakeLine()
  await line.follow(person.userId)
  const { replyToken } = lastEvent()
  expect((await call('/v2/bot/message/reply', { replyToken, messages })).status).toBe(400)
  expect((await call('/v2/bot/message/push', { to: person.userId, messages })).status).toBe(400)
  expect(line.chat(person.userId)).toEqual([])
  expect((await call('/v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  expect([(await reply(replyToken)).status, (await push(person.userId)).status]).toEqual([200, 200])
})

test.each<[string, object]>([
  ['a text of 5,000', { type: 'text', text: 'あ'.repeat(5000) }],
  ['a label of 20 emoji', quick({ action: action({ label: '👨‍👩‍👧'.repeat(20) }) })[0] ?? {}],
  ['a carousel of 12', flex({ type: 'carousel', contents: Array(12).fill(bubble()) })[0] ?? {}]
])('%s is at the limit and goes', async (_name, message) => {
  const { line, call, person } = fakeLine()
  await line.follow(person.userId)
  expect((await call('/v2/bot/message/push', { to: person.userId, messages: [message] })).status).toBe(200)
})

describe('calls that LINE does not take', () => {
  test.each([
    ['GET', '/v2/bot/message/push'],
    ['POST', '/v2/bot/message/quota'],
    ['DELETE', '/v2/bot/channel/webhook/endpoint'],
    ['POST', '/v2/bot/message/shout']
  ])('%s %s is nothing LINE has', async (method, path) => {
    const { line } = fakeLine()
    const headers = { authorization: 'Bearer token' }
    expect((await line.fetch(new Request(`http://line.test${path}`, { method, headers }))).status).toBe(404)
  })

  test.each([undefined, '', 'nobody', 7])('a push to %j reaches nobody and costs nothing', async (to) => {
    const { call } = fakeLine()
    expect((await call('/v2/bot/message/push', { to, messages: OK })).status).toBe(400)
    expect((await call('/v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 0 })
  })

  test('a refused push does not use up its retry key', async () => {
    const { line, call, push, person } = fakeLine()
    await line.follow(person.userId)
    const key = '0191d1a0-0000-7000-8000-000000000002'
    const headers = { 'x-line-retry-key': key }
    expect((await call('/v2/bot/message/push', { to: person.userId, messages: [] }, headers)).status).toBe(400)
    expect((await push(person.userId, 'x', key)).status).toBe(200)
    expect((await push(person.userId, 'x', key)).status).toBe(409)
  })

  test.each(['', 'not an address', 7])('the webhook does not move to %j', async (endpoint) => {
    const { line, call } = fakeLine()
    const before = (await call('/v2/bot/channel/webhook/endpoint')).body
    const moved = await line.fetch(
      new Request('http://line.test/v2/bot/channel/webhook/endpoint', {
        method: 'PUT',
        headers: { authorization: 'Bearer token' },
        body: JSON.stringify({ endpoint })
      })
    )
    expect(moved.status).toBe(400)
    expect((await call('/v2/bot/channel/webhook/endpoint')).body).toEqual(before)
  })

  test('a reply to one person’s words cannot be sent to another', async () => {
    const { line, reply, lastEvent, person } = fakeLine()
    const other = line.addPerson({ displayName: '鈴木', language: 'ja' })
    await line.say(person.userId, '一')
    const { replyToken } = lastEvent()
    await line.say(other.userId, '二')
    await reply(replyToken, '返事')
    expect(line.chat(other.userId)).toHaveLength(1)
    expect(line.chat(person.userId)).toHaveLength(2)
  })
})

test('what strangers to the account may do is what LINE lets them: nothing that needs a chat', async () => {
  const { line, webhooks } = fakeLine()
  await expect(line.say('U0', 'x')).rejects.toThrow()
  await expect(line.follow('U0')).rejects.toThrow()
  await expect(line.tap('U0', { type: 'message', text: 'x' })).rejects.toThrow()
  expect(webhooks).toEqual([])
})
