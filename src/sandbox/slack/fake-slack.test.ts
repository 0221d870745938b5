import { WebClient } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { quietLogger } from '../../platform/slack/clients.ts'
import { asDeliveryError, slackCode } from '../../platform/slack/errors.ts'
import { input, modal, radioButtons, section, textInput } from '../../platform/slack/index.ts'
import { signatureFault } from '../../platform/slack/signature.ts'
import { createFakeSlack, type FakeSlack } from './index.ts'

const SECRET = 'secret'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const TOKEN = 'xoxb-fake'

interface Setting {
  readonly fake: FakeSlack
  readonly client: WebClient
  readonly channel: string
  readonly aya: string
  /** What the fake sent us, newest last. */
  readonly received: { headers: Headers; body: string; problem: unknown }[]
  /** Our next answers; 200 when there is none left. */
  readonly answers: (Response | 'never')[]
  nowMs: number
}

function setting(over: { retryDelaysMs?: readonly number[] } = {}): Setting {
  const received: Setting['received'] = []
  const answers: Setting['answers'] = []
  const clock = { nowMs: Date.parse('2026-11-21T01:00:00Z') }
  const fake = createFakeSlack({
    signingSecret: SECRET,
    botToken: TOKEN,
    now: () => new Date(clock.nowMs),
    nowMs: () => clock.nowMs,
    ...over,
    async deliver(request) {
      const body = Buffer.from(await request.arrayBuffer())
      const { headers } = request
      const signed = {
        body,
        signature: headers.get('x-slack-signature'),
        timestamp: headers.get('x-slack-request-timestamp')
      }
      received.push({ headers, body: body.toString(), problem: signatureFault(SECRET, signed, clock.nowMs) })
      const answer = answers.shift() ?? new Response(null)
      return answer === 'never' ? new Promise<never>(() => undefined) : answer
    }
  })
  const client = new WebClient(TOKEN, {
    slackApiUrl: 'http://slack.test/api/',
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger(silent),
    fetch: (url, init) => fake.fetch(new Request(url, init as RequestInit))
  })
  const aya = fake.addMember({ name: '彩' }).id
  const channel = fake.addChannel({ name: 'alerts', members: [aya] }).id
  return Object.assign(clock, { fake, client, channel, aya, received, answers })
}

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => slackCode(asDeliveryError(error))
  )
const payloadOf = (body: string) => JSON.parse(new URLSearchParams(body).get('payload') ?? '{}')
const view = modal({
  callbackId: 'form',
  title: 'メモ',
  submit: '保存',
  blocks: [
    input({ blockId: 'note', label: 'メモ', element: textInput({ actionId: 'v', maxLength: 5 }) }),
    input({
      blockId: 'how',
      label: '結果',
      optional: true,
      element: radioButtons({ actionId: 'v', choices: [{ text: 'a', value: 'a' }] })
    })
  ]
})
const button = { type: 'button', action_id: 'go', value: '812', text: { type: 'plain_text', text: 'go' } } as const
const card = [{ type: 'actions', block_id: 'b', elements: [button] }]

/** The trigger id of a fresh click of Aya's. */
async function trigger({ client, channel, fake, aya, received }: Setting): Promise<string> {
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', blocks: card as never })
  await fake.click(aya, { channel, ts, actionId: 'go' })
  return payloadOf(received.at(-1)?.body ?? '').trigger_id
}

describe('the fake Web API', () => {
  it('knows only its own token', async () => {
    const { fake } = setting()
    const stranger = new WebClient('xoxb-other', {
      slackApiUrl: 'http://slack.test/api/',
      fetch: (url, init) => fake.fetch(new Request(url, init as RequestInit))
    })
    expect(await code(stranger.auth.test())).toBe('invalid_auth')
  })

  it('numbers messages in order, with seconds and microseconds', async () => {
    const { client, channel } = setting()
    const all = await Promise.all(Array.from({ length: 50 }, () => client.chat.postMessage({ channel, text: 'x' })))
    const numbers = all.map(({ ts }) => ts ?? '')
    expect(numbers[0]).toMatch(/^\d{10}\.\d{6}$/)
    expect([...new Set(numbers)].sort()).toEqual(numbers)
  })

  it('shows metadata only to those who ask for it, newest first, without what was said in threads', async () => {
    const { client, channel } = setting()
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
    const { client, channel } = setting()
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
    expect(await code(call(setting()))).toBe(expected)
  })

  it('refuses to change what others said', async () => {
    const { fake, client, channel, aya } = setting()
    const ts = await fake.say(aya, channel, '私の言葉')
    expect(await code(client.chat.update({ channel, ts, text: 'x' }))).toBe('cant_update_message')
  })

  it('says where blocks are at fault', async () => {
    const { client, channel } = setting()
    const blocks = [section('ok'), { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] as never
    const failure = await client.chat
      .postMessage({ channel, text: 'x', blocks })
      .catch((error: unknown) => asDeliveryError(error))
    expect(String(failure)).toContain('must be less than 151 characters [json-pointer:/blocks/1/text/text]')
  })

  it('keeps blocks when only the text changes, and drops them for an empty list', async () => {
    const { fake, client, channel } = setting()
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', blocks: [section('a')] })
    await client.chat.update({ channel, ts, text: 'y' })
    expect(fake.messages(channel)[0]?.blocks).toHaveLength(1)
    await client.chat.update({ channel, ts, text: 'y', blocks: [] })
    expect(fake.messages(channel)[0]).toMatchObject({ text: 'y', blocks: [] })
  })
})

describe('triggers and response URLs', () => {
  it('a trigger opens one modal within three seconds', async () => {
    const given = setting()
    const id = await trigger(given)
    expect(await code(given.client.views.open({ trigger_id: id, view }))).toBe('ok')
    expect(await code(given.client.views.open({ trigger_id: id, view }))).toBe('exchanged_trigger_id')
    const late = await trigger(given)
    given.nowMs += 3_001
    expect(await code(given.client.views.open({ trigger_id: late, view }))).toBe('expired_trigger_id')
  })

  it('a response URL works five times within half an hour', async () => {
    const given = setting()
    await trigger(given)
    const url: string = payloadOf(given.received.at(-1)?.body ?? '').response_url
    const use = async () =>
      (
        await given.fake.fetch(
          new Request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"hi"}' })
        )
      ).status
    for (let time = 0; time < 5; time += 1) expect(await use()).toBe(200)
    expect(await use()).toBe(404)
    expect(given.fake.ephemerals(given.aya)).toHaveLength(5)
    await trigger(given)
    const late: string = payloadOf(given.received.at(-1)?.body ?? '').response_url
    given.nowMs += 31 * 60_000
    expect((await given.fake.fetch(new Request(late, { method: 'POST', body: '{}' }))).status).toBe(404)
  })
})

describe('what people do', () => {
  it('is signed and shaped as Slack does it', async () => {
    const given = setting()
    await trigger(given)
    const click = given.received.at(-1)
    expect(click?.problem).toBeUndefined()
    expect(payloadOf(click?.body ?? '')).toMatchObject({
      type: 'block_actions',
      user: { id: given.aya, team_id: given.fake.teamId },
      team: { id: given.fake.teamId },
      channel: { id: given.channel },
      container: { type: 'message', channel_id: given.channel, is_ephemeral: false },
      actions: [
        { action_id: 'go', block_id: 'b', type: 'button', value: '812', action_ts: expect.stringMatching(/^\d+\.\d+$/) }
      ]
    })
    await given.fake.command(given.aya, given.channel, '/kpi', 'a & b @彩')
    const command = given.received.at(-1)
    expect(command?.problem).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(command?.body))).toMatchObject({
      command: '/kpi',
      text: `a &amp; b <@${given.aya}|彩>`,
      user_id: given.aya
    })
  })

  it('a form fills in what was not touched, and insists on required fields and lengths before sending', async () => {
    const given = setting()
    await given.client.views.open({ trigger_id: await trigger(given), view })
    const sent = given.received.length
    expect((await given.fake.submitModal(given.aya, {})).errors).toHaveProperty('note')
    expect((await given.fake.submitModal(given.aya, { note: 'x'.repeat(6) })).errors).toHaveProperty('note')
    expect(given.received).toHaveLength(sent)
    given.answers.push(Response.json({ response_action: 'errors', errors: { note: 'だめ' } }))
    expect(await given.fake.submitModal(given.aya, { note: 'よし' })).toEqual({
      ok: false,
      status: 200,
      errors: { note: 'だめ' }
    })
    expect(await given.fake.submitModal(given.aya, { note: 'よし' })).toMatchObject({ ok: true })
    expect(payloadOf(given.received.at(-1)?.body ?? '').view.state.values).toEqual({
      note: { v: { type: 'plain_text_input', value: 'よし' } },
      how: { v: { type: 'radio_buttons', selected_option: null } }
    })
    expect(given.fake.modal(given.aya)).toEqual([])
  })

  it('a mention reaches the app only where the app is, in an envelope that names the installation', async () => {
    const { fake, channel, aya, received } = setting()
    const elsewhere = fake.addChannel({ name: 'x', withBot: false, members: [aya] }).id
    await fake.say(aya, elsewhere, '@matane 担当')
    await fake.say(aya, channel, 'ただの雑談')
    expect(received).toEqual([])
    const ts = await fake.say(aya, channel, '@matane 担当 <!channel>')
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      event: { type: 'app_mention', user: aya, channel, ts, text: `<@${fake.botUserId}> 担当 &lt;!channel&gt;` },
      authorizations: [{ team_id: fake.teamId, is_bot: true }],
      is_ext_shared_channel: false
    })
  })

  it('an event that is not acknowledged is told again, with the same id and why', async () => {
    const given = setting({ retryDelaysMs: [0, 0, 0] })
    given.answers.push(new Response(null, { status: 503 }), new Response(null, { status: 500 }))
    await given.fake.mention(given.aya, given.channel, '担当')
    while (given.received.length < 3) await new Promise((resolve) => setImmediate(resolve))
    expect(
      given.received.map(({ headers }) => [headers.get('x-slack-retry-num'), headers.get('x-slack-retry-reason')])
    ).toEqual([
      [null, null],
      ['1', 'http_error'],
      ['2', 'http_error']
    ])
    expect(new Set(given.received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1)
    expect(given.received.every(({ problem }) => problem === undefined)).toBe(true)
  })
})

describe('faults on demand', () => {
  it('a lost answer did happen; a hang and an error did not', async () => {
    const { fake, client, channel } = setting()
    fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    expect(await code(client.chat.postMessage({ channel, text: '届いた' }))).toBeUndefined()
    fake.faults.failNext('*', { kind: 'error', error: 'fatal_error' })
    expect(await code(client.chat.postMessage({ channel, text: 'x' }))).toBe('fatal_error')
    fake.faults.failNext('chat.postMessage', { kind: 'hang' })
    const hasty = AbortSignal.timeout(20)
    const hanging = fake.fetch(
      new Request('http://slack.test/api/chat.postMessage', { method: 'POST', body: 'text=x', signal: hasty })
    )
    await expect(hanging).rejects.toThrow()
    expect(fake.messages(channel).map(({ text }) => text)).toEqual(['届いた'])
  })

  it('are over after as many calls as asked', async () => {
    const { fake, client, channel } = setting()
    fake.faults.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 }, 2)
    const tried = [1, 2, 3].map(() => code(client.chat.postMessage({ channel, text: 'x' })))
    expect(await Promise.all(tried)).toEqual([undefined, undefined, 'ok'])
  })
})

describe('a snapshot', () => {
  it('brings everything back in another process, and time goes on', async () => {
    const before = setting()
    const { ts = '' } = await before.client.chat.postMessage({
      channel: before.channel,
      text: '一',
      blocks: card as never
    })
    const after = setting()
    after.fake.restore(JSON.parse(JSON.stringify(before.fake.snapshot())))
    expect(after.fake.snapshot()).toEqual(before.fake.snapshot())
    expect(await after.fake.click(before.aya, { channel: before.channel, ts, actionId: 'go' })).toMatchObject({
      ok: true
    })
    const next = await after.client.chat.postMessage({ channel: before.channel, text: '二' })
    expect((next.ts ?? '') > ts).toBe(true)
    expect((await after.client.auth.test()).team_id).toBe(before.fake.teamId)
  })

  it('tells listeners about changes until they stop listening', async () => {
    const { fake, client, channel } = setting()
    let changes = 0
    const stop = fake.onChange(() => {
      changes += 1
    })
    await client.chat.postMessage({ channel, text: 'x' })
    expect(changes).toBe(1)
    stop()
    await client.chat.postMessage({ channel, text: 'x' })
    expect(changes).toBe(1)
  })
})
