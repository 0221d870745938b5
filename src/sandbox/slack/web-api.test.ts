import { WebClient } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { code, fakeSetting, type Setting, view } from '../../../test/support/fake-slack.ts'
import { asDeliveryError } from '../../platform/slack/errors.ts'
import { section } from '../../platform/slack/index.ts'

describe('the fake Web API', () => {
  it('knows only its own token', async () => {
    const { fake } = fakeSetting()
    const stranger = new WebClient('xoxb-other', {
      slackApiUrl: 'http://slack.test/api/',
      fetch: (url, init) => fake.fetch(new Request(url, init as RequestInit))
    })
    expect(await code(stranger.auth.test())).toBe('invalid_auth')
  })

  it('numbers messages in order, with seconds and microseconds', async () => {
    const { client, channel } = fakeSetting()
    const all = await Promise.all(Array.from({ length: 50 }, () => client.chat.postMessage({ channel, text: 'x' })))
    const numbers = all.map(({ ts }) => ts ?? '')
    expect(numbers[0]).toMatch(/^\d{10}\.\d{6}$/)
    expect([...new Set(numbers)].sort()).toEqual(numbers)
  })

  it('shows metadata only to those who ask for it, newest first, without what was said in threads', async () => {
    const { client, channel } = fakeSetting()
    const metadata = { event_type: 'matane_outbox', event_payload: { outbox_id: 'a' } }
    const first = await client.chat.postMessage({ channel, text: '一', metadata })
    await client.chat.postMessage({ channel, text: '返事', thread_ts: first.ts ?? '' })
    await client.chat.postMessage({ channel, text: '二' })
    const bare = await client.conversations.history({ channel })
    expect(bare.messages?.map(({ text }) => text)).toEqual(['二', '一'])
    expect(JSON.stringify(bare)).not.toContain('outbox_id')
    const full = await client.conversations.history({ channel, include_all_metadata: true })
    expect(full.messages?.at(-1)?.metadata).toEqual(metadata)
    const thread = await client.conversations.replies({ channel, ts: first.ts ?? '' })
    expect(thread.messages?.map(({ text }) => text)).toEqual(['一', '返事'])
  })

  it('turns pages', async () => {
    const { client, channel } = fakeSetting()
    for (let count = 0; count < 5; count += 1) await client.chat.postMessage({ channel, text: `${count}` })
    const texts: (string | undefined)[] = []
    for await (const page of client.paginate('conversations.history', { channel, limit: 2 })) {
      texts.push(...((page as { messages?: { text?: string }[] }).messages ?? []).map(({ text }) => text))
    }
    expect(texts).toEqual(['4', '3', '2', '1', '0'])
  })

  it.each([
    [
      'a channel that does not exist',
      'channel_not_found',
      (s: Setting) => s.client.chat.postMessage({ channel: 'C0', text: 'x' })
    ],
    [
      'a private channel without the bot',
      'channel_not_found',
      (s: Setting) =>
        s.client.chat.postMessage({
          channel: s.fake.addChannel({ name: 'p', isPrivate: true, withBot: false }).id,
          text: 'x'
        })
    ],
    [
      'a public channel without the bot',
      'not_in_channel',
      (s: Setting) =>
        s.client.chat.postMessage({ channel: s.fake.addChannel({ name: 'p', withBot: false }).id, text: 'x' })
    ],
    ['nothing to say', 'no_text', (s: Setting) => s.client.chat.postMessage({ channel: s.channel, text: '' })],
    [
      'a message that is not there',
      'message_not_found',
      (s: Setting) => s.client.chat.update({ channel: s.channel, ts: '1.000000', text: 'x' })
    ],
    ['somebody who is not there', 'user_not_found', (s: Setting) => s.client.users.info({ user: 'U0' })],
    [
      'a whisper to somebody outside',
      'user_not_in_channel',
      (s: Setting) =>
        s.client.chat.postEphemeral({ channel: s.channel, user: s.fake.addMember({ name: 'x' }).id, text: 'x' })
    ],
    ['a trigger nobody made', 'invalid_trigger_id', (s: Setting) => s.client.views.open({ trigger_id: 'x', view })],
    ['a method it does not know', 'unknown_method', (s: Setting) => s.client.apiCall('novelty.do')]
  ])('refuses %s with %s', async (_name, expected, call) => {
    expect(await code(call(fakeSetting()))).toBe(expected)
  })

  it('refuses to change what others said', async () => {
    const { fake, client, channel, aya } = fakeSetting()
    const ts = await fake.say(aya, channel, '私の言葉')
    expect(await code(client.chat.update({ channel, ts, text: 'x' }))).toBe('cant_update_message')
  })

  it('says where blocks are at fault', async () => {
    const { client, channel } = fakeSetting()
    const blocks = [section('ok'), { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] as never
    const failure = await client.chat
      .postMessage({ channel, text: 'x', blocks })
      .catch((error: unknown) => asDeliveryError(error))
    expect(String(failure)).toContain('must be less than 151 characters [json-pointer:/blocks/1/text/text]')
  })

  it('keeps blocks when only the text changes, and drops them for an empty list', async () => {
    const { fake, client, channel } = fakeSetting()
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', blocks: [section('a')] })
    await client.chat.update({ channel, ts, text: 'y' })
    expect(fake.messages(channel)[0]?.blocks).toHaveLength(1)
    await client.chat.update({ channel, ts, text: 'y', blocks: [] })
    expect(fake.messages(channel)[0]).toMatchObject({ text: 'y', blocks: [] })
  })
})
