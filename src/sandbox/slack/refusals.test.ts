import { describe, expect, test } from 'vitest'
import { code, fakeSetting, type Setting, trigger, view } from '../../../test/support/fake-slack.ts'

const API = 'http://slack.test/api/'
const TOKEN = 'xoxb-fake'
const LONGEST = 40_000

async function said({ client, channel }: Setting, text = 'x'): Promise<string> {
  return (await client.chat.postMessage({ channel, text })).ts ?? ''
}

/** A call without the official client, which would not make some of these mistakes. */
async function raw({ fake }: Setting, path: string, init: RequestInit): Promise<unknown> {
  const response = await fake.fetch(new Request(`${API}${path}`, init))
  return response.headers.get('content-type')?.includes('json') ? response.json() : response.status
}

describe('messages that Slack does not take', () => {
  test('of 40,001 characters; 40,000 still go', async () => {
    const given = fakeSetting()
    const post = (length: number) =>
      code(given.client.chat.postMessage({ channel: given.channel, text: 'x'.repeat(length) }))
    expect(await post(LONGEST + 1)).toBe('msg_too_long')
    expect(await post(LONGEST)).toBe('ok')
    expect(given.fake.messages(given.channel)).toHaveLength(1)
  })

  test('with blocks at fault: neither posted, nor whispered, nor put in place of good ones', async () => {
    const given = fakeSetting()
    const { client, channel, aya, fake } = given
    const ts = await said(given, 'gut')
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }]
    expect(await code(client.chat.postMessage({ channel, text: 'x', blocks }))).toBe('invalid_blocks')
    expect(await code(client.chat.postEphemeral({ channel, user: aya, text: 'x', blocks }))).toBe('invalid_blocks')
    expect(await code(client.chat.update({ channel, ts, text: 'x', blocks }))).toBe('invalid_blocks')
    expect(fake.messages(channel).map(({ blocks }) => blocks)).toEqual([[]])
    expect(fake.ephemerals(aya)).toEqual([])
  })

  test('deleted ones cannot be changed, answered by a look into their thread, or deleted again', async () => {
    const given = fakeSetting()
    const { client, channel, fake } = given
    const ts = await said(given)
    fake.deleteMessage(channel, ts)
    expect(await code(client.chat.update({ channel, ts, text: 'y' }))).toBe('message_not_found')
    expect(await code(client.chat.delete({ channel, ts }))).toBe('message_not_found')
    expect(await code(client.conversations.replies({ channel, ts }))).toBe('thread_not_found')
  })

  test('those of others cannot be deleted, ours can', async () => {
    const given = fakeSetting()
    const { client, channel, aya, fake } = given
    const theirs = await fake.say(aya, channel, '私の言葉')
    expect(await code(client.chat.delete({ channel, ts: theirs }))).toBe('cant_delete_message')
    expect(await code(client.chat.delete({ channel, ts: await said(given) }))).toBe('ok')
    expect(fake.messages(channel).map(({ ts }) => ts)).toEqual([theirs])
  })
})

describe('forms that Slack does not take', () => {
  test('one at fault leaves the trigger for a better one', async () => {
    const given = fakeSetting()
    const trigger_id = await trigger(given)
    const wordy = { ...view, title: { type: 'plain_text' as const, text: 'x'.repeat(25) } }
    expect(await code(given.client.views.open({ trigger_id, view: wordy }))).toBe('invalid_arguments')
    expect(given.fake.modal(given.aya)).toEqual([])
    expect(await code(given.client.views.open({ trigger_id, view }))).toBe('ok')
  })

  test('a change to one that is closed, or that was changed meanwhile', async () => {
    const given = fakeSetting()
    const { client, fake, aya } = given
    const opened = await client.views.open({ trigger_id: await trigger(given), view })
    const change = { view_id: opened.view?.id ?? '', view, hash: opened.view?.hash ?? '' }
    expect(await code(client.views.update(change))).toBe('ok')
    expect(await code(client.views.update(change))).toBe('hash_conflict')
    await fake.closeModal(aya)
    expect(await code(client.views.update({ view_id: change.view_id, view }))).toBe('not_found')
  })
})

describe('callers that Slack does not know', () => {
  test.each([
    ['without a token', {}],
    ['with somebody else’s', { authorization: 'Bearer xoxb-other' }],
    ['with another scheme', { authorization: `Basic ${TOKEN}` }]
  ])('%s change nothing', async (_name, headers: Record<string, string>) => {
    const given = fakeSetting()
    const body = new URLSearchParams({ channel: given.channel, text: 'x' })
    const answer = await raw(given, 'chat.postMessage', { method: 'POST', headers, body })
    expect(answer).toMatchObject({ ok: false, error: 'invalid_auth' })
    expect(given.fake.messages(given.channel)).toEqual([])
  })

  test('an address for answers that nobody was given leads nowhere', async () => {
    const given = fakeSetting()
    expect(await raw(given, 'response/made-up', { method: 'POST', body: 'text=x' })).toBe(404)
  })
})

test('while calls are limited nothing is posted, and the caller is told how long to wait', async () => {
  const given = fakeSetting()
  given.fake.faults.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 7 })
  const post = () => given.fake.fetch(new Request(`${API}chat.postMessage`, { method: 'POST', body: 'text=x' }))
  const limited = await post()
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
  expect(await limited.json()).toEqual({ ok: false, error: 'ratelimited' })
  expect(given.fake.messages(given.channel)).toEqual([])
  expect((await post()).status).toBe(200)
})
