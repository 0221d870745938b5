import { expect, test } from 'vitest'
import { createFeed, type Feed, readable } from './feed.ts'
import { tapped } from './wires.ts'

test.each([
  ['{"a":1}', 'application/json', { a: 1 }],
  ['payload=%7B%22type%22%3A%22block_actions%22%7D', 'application/x-www-form-urlencoded', { type: 'block_actions' }],
  [
    'channel=C1&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D',
    'application/x-www-form-urlencoded',
    { channel: 'C1', blocks: [{ type: 'divider' }] }
  ],
  ['{broken', 'application/json', '{broken'],
  ['', null, '']
])('the body %j is shown as %j', (body, type, expected) => expect(readable(body, type)).toEqual(expected))

test('a huge body is cut', () => expect(String(readable('x'.repeat(30_000), null)).length).toBeLessThan(20_010))

test('the newest 300 are kept, and each is told once', async () => {
  let told = 0
  const feed = createFeed(() => (told += 1), 0)
  const call = tapped(async () => Response.json({ ok: true }), { feed, platform: 'line', kind: 'call' })
  for (let index = 0; index < 305; index += 1) await call(new Request(`http://a.test/v2/${index}`))
  expect(told).toBe(305)
  expect(feed.after(0)).toHaveLength(300)
  expect(feed.after(303).map(({ title }) => title)).toEqual(['303', '304'])
})

test('after a restart, a page that stayed open finds what is new behind the last it saw', async () => {
  const [seen, since] = [createFeed(() => {}), createFeed(() => {}, Math.floor(performance.timeOrigin) + 60_000)]
  const call = (feed: Feed) => tapped(async () => Response.json({}), { feed, platform: 'line', kind: 'call' })
  await call(seen)(new Request('http://a.test/v2/before'))
  await call(since)(new Request('http://a.test/v2/since'))
  expect(since.after(seen.after(0).at(-1)?.id ?? 0)).toMatchObject([{ title: 'since' }])
})

test.each([
  [200, 'valid'],
  [401, 'invalid'],
  [503, 'valid']
] as const)('a webhook answered with %i had a signature that was %s', async (status, signature) => {
  const feed = createFeed(() => {})
  const call = tapped(async () => new Response('', { status }), { feed, platform: 'line', kind: 'webhook' })
  await call(new Request('http://a.test/line/webhook', { method: 'POST', body: '{}' }))
  expect(feed.after(0)).toMatchObject([{ status, signature, kind: 'webhook', request: {} }])
})

test('a call without an answer is shown as such, and still fails', async () => {
  const feed = createFeed(() => {})
  const call = tapped(() => Promise.reject(new Error('refused')), { feed, platform: 'slack', kind: 'call' })
  await expect(call(new Request('http://a.test/api/chat.postMessage'))).rejects.toThrow('refused')
  expect(feed.after(0)).toMatchObject([{ title: 'chat.postMessage', status: undefined, response: 'Error: refused' }])
})

test.each([
  ['{"events":[{"type":"follow"},{"type":"message"}]}', 'application/json', 'follow, message'],
  ['{"events":[]}', 'application/json', 'hook'],
  ['{"type":"event_callback","event":{"type":"app_mention"}}', 'application/json', 'app_mention'],
  ['command=%2Fkpi&text=nps', 'application/x-www-form-urlencoded', '/kpi'],
  ['payload=%7B%22type%22%3A%22block_actions%22%7D', 'application/x-www-form-urlencoded', 'block_actions'],
  ['null', 'application/json', 'hook']
])('a webhook %s (%s) is called %j', async (body, type, title) => {
  const feed = createFeed(() => {})
  const call = tapped(async () => new Response(''), { feed, platform: 'slack', kind: 'webhook' })
  await call(new Request('http://a.test/hook', { method: 'POST', body, headers: { 'content-type': type } }))
  expect(feed.after(0).map((entry) => entry.title)).toEqual([title])
})

test.each([
  ['line', 'POST', '/v2/bot/message/push', 'message/push'],
  ['line', 'GET', '/v2/bot/profile/U1', 'profile/U1'],
  ['slack', 'POST', '/api/chat.update', 'chat.update']
] as const)('a call of %s, %s %s, is called %j', async (platform, method, path, title) => {
  const feed = createFeed(() => {})
  const call = tapped(async () => new Response(''), { feed, platform, kind: 'call' })
  await call(new Request(`http://a.test${path}`, { method }))
  expect(feed.after(0).map((entry) => entry.title)).toEqual([title])
})

test.each([
  [{ type: 'block_actions', actions: [{ action_id: 'follow_up.claim' }] }, 'follow_up.claim'],
  [{ type: 'view_submission', view: { callback_id: 'follow_up.resolve' } }, 'follow_up.resolve']
])('an interaction %j is called %j, however long it is', async (payload, title) => {
  const feed = createFeed(() => {})
  const call = tapped(async () => new Response(''), { feed, platform: 'slack', kind: 'webhook' })
  const body = new URLSearchParams({ payload: JSON.stringify({ ...payload, message: 'あ'.repeat(5_000) }) })
  await call(new Request('http://a.test/slack/events', { method: 'POST', body }))
  expect(feed.after(0)).toMatchObject([{ title, request: expect.stringMatching(/…$/) }])
})

test('the conversation itself is passed on unread', async () => {
  const feed = createFeed(() => {})
  const echo = tapped(async (request) => new Response(await request.text(), { status: 418 }), {
    feed,
    platform: 'line',
    kind: 'call'
  })
  const answer = await echo(new Request('http://a.test/', { method: 'POST', body: 'あ' }))
  expect([answer.status, await answer.text()]).toEqual([418, 'あ'])
})
