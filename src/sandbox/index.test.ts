import { createHmac } from 'node:crypto'
import { messagingApi } from '@line/bot-sdk'
import { WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../test/support/database.ts'
import { useSandbox } from '../../test/support/sandbox-world.ts'

const db = useDatabase()
const world = useSandbox(db)

describe('the wires', () => {
  test('following the account sends a webhook that LINE could have signed', async () => {
    expect((await world().post('line', { do: 'follow', person: await world().idOf('佐藤 花子') })).status).toBe(200)
    const [webhook] = world().got
    const expected = createHmac('sha256', world().sandbox.line.channelSecret)
      .update(webhook?.body ?? '')
      .digest('base64')
    expect(webhook).toMatchObject({ path: '/line/webhook', signature: expected })
    expect(JSON.parse(webhook?.body ?? '')).toMatchObject({ events: [{ type: 'follow', source: { type: 'user' } }] })
  })

  test("the official LINE client's reply arrives on the phone, once", async () => {
    const person = await world().idOf('佐藤 花子')
    await world().post('line', { do: 'say', person, text: 'こんにちは' })
    const { replyToken } = JSON.parse(world().got[0]?.body ?? '').events[0]
    const client = new messagingApi.MessagingApiClient({
      channelAccessToken: world().sandbox.line.accessToken,
      baseURL: world().sandbox.line.apiBaseUrl
    })
    await client.replyMessage({ replyToken, messages: [{ type: 'text', text: 'ようこそ' }] })
    await expect(client.replyMessage({ replyToken, messages: [{ type: 'text', text: 'もう一度' }] })).rejects.toThrow()
    const { chat } = await world().state(`?person=${person}`)
    expect(chat.map(({ from, via, message }) => [from, via, message.text])).toEqual([
      ['person', undefined, 'こんにちは'],
      ['shop', 'reply', 'ようこそ']
    ])
  })

  test("the official Slack client's post arrives in the alert channel", async () => {
    const client = new WebClient(world().sandbox.slack.botToken, { slackApiUrl: world().sandbox.slack.apiUrl })
    await client.chat.postMessage({ channel: world().sandbox.slack.alertChannel, text: '要対応' })
    const { messages } = await world().state(`?channel=${world().sandbox.slack.alertChannel}`)
    expect(messages.map(({ text }) => text)).toEqual(['要対応'])
  })

  test('of the cards in the alert channel only that of an honest score is an alert, whichever channel is looked at', async () => {
    const { alertChannel, apiUrl, botToken } = world().sandbox.slack
    const client = new WebClient(botToken, { slackApiUrl: apiUrl })
    const card = (action_id: string, why = 'メッセージ') => ({
      channel: alertChannel,
      text: '解決',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: why } },
        { type: 'actions', elements: [{ type: 'button', action_id, text: { type: 'plain_text', text: '押す' } }] }
      ]
    })
    const seen = async () => (await world().state()).desk
    await client.chat.postMessage(card('import.start'))
    expect(await seen()).toEqual({ alerted: false, resolved: false })
    await client.chat.postMessage(card('follow_up.claim'))
    expect(await seen()).toEqual({ alerted: false, resolved: false })
    await client.chat.postMessage(card('follow_up.claim', '• NPS *3点*'))
    expect(await seen()).toEqual({ alerted: true, resolved: false })
    await client.chat.postMessage(card('follow_up.reopen'))
    expect(await seen()).toEqual({ alerted: true, resolved: true })
  })

  test('everybody sees the channels they are in, and a guest nothing of the alerts, even by name', async () => {
    const client = new WebClient(world().sandbox.slack.botToken, { slackApiUrl: world().sandbox.slack.apiUrl })
    await client.chat.postMessage({ channel: world().sandbox.slack.alertChannel, text: '要対応' })
    const { staff } = await world().state()
    const seenBy = async (name: string) => {
      const id = staff.find((person) => person.name === name)?.id
      const state = await world().state(`?staff=${id}&channel=${world().sandbox.slack.alertChannel}`)
      return [state.channels.map((channel) => channel.name), state.messages.map(({ text }) => text)]
    }
    expect(await seenBy('彩')).toEqual([['cs-alerts', 'kpi', 'general', 'partner'], ['要対応']])
    expect(await seenBy('悠')).toEqual([['kpi', 'general'], []])
    expect(await seenBy('美和')).toEqual([['general'], []])
    expect(await seenBy('取引先 森')).toEqual([['partner'], []])
  })

  test('a slash command is a signed form; in a thread it is only words, as in Slack', async () => {
    const { staff, channels } = await world().state()
    const where = {
      staff: staff.find(({ name }) => name === '彩')?.id,
      channel: channels.find(({ name }) => name === 'kpi')?.id
    }
    await world().post('slack', { ...where, do: 'post', text: '/kpi 継続率 先月' })
    expect(new URLSearchParams(world().got[0]?.body).get('text')).toBe('継続率 先月')
    expect(world().got[0]?.signature).toMatch(/^v0=[0-9a-f]{64}$/)
    await world().post('slack', { ...where, do: 'post', text: '/kpi nps', threadTs: '1.000001' })
    expect(world().got).toHaveLength(1)
  })

  test('the inspector shows each exchange, and whether the signature held', async () => {
    world().webhookStatus = 401
    await world().post('line', { do: 'follow', person: await world().idOf('Emma Wilson') })
    const { entries } = await world().get<{ entries: { id: number }[] }>('/sandbox/inspector?after=0')
    expect(entries).toMatchObject([
      {
        platform: 'line',
        kind: 'webhook',
        status: 401,
        signature: 'invalid',
        request: { events: [{ type: 'follow' }] }
      }
    ])
    const newest = `/sandbox/inspector?after=${entries.at(-1)?.id}`
    expect(await world().get(newest)).toEqual({ entries: [] })
  })
})

describe('the memory', () => {
  test('people, messages, time and secrets are the same after a restart', async () => {
    const person = await world().idOf('佐藤 花子')
    await world().post('line', { do: 'say', person, text: '覚えていて' })
    await world().post('clock', { advance: '3d' })
    const before = {
      state: await world().state(`?person=${person}`),
      secret: world().sandbox.line.channelSecret,
      token: world().sandbox.slack.botToken
    }
    await world().reopen()
    const after = await world().state(`?person=${person}`)
    expect({ ...after, now: '' }).toEqual({ ...before.state, now: '' })
    expect([world().sandbox.line.channelSecret, world().sandbox.slack.botToken]).toEqual([before.secret, before.token])
    expect(after.aheadMs).toBe(3 * 86_400_000)
  })

  test('it begins with regulars who are friends, and others who are not yet', async () => {
    const { people, staff, channels } = await world().state()
    expect(people.map(({ name, relation }) => [name, relation])).toEqual([
      ['佐藤 花子', 'new'],
      ['田中 健', 'following'],
      ['Emma Wilson', 'new'],
      ['鈴木 美咲', 'following']
    ])
    expect(new Set(staff.filter(({ isBot }) => !isBot).map(({ kind }) => kind))).toEqual(
      new Set(['owner', 'cs', 'member', 'guest'])
    )
    expect(channels.map(({ name, isShared }) => [name, isShared])).toEqual([
      ['cs-alerts', false],
      ['kpi', false],
      ['general', false],
      ['partner', true]
    ])
  })
})

describe('time', () => {
  test('moving it on lets what is due happen on the way', async () => {
    const before = Date.parse((await world().state()).now)
    const answer = await world().post('clock', { advance: '3d' })
    const { now } = (await answer.json()) as { now: string }
    expect(Date.parse(now) - before).toBeGreaterThanOrEqual(3 * 86_400_000)
    expect(world().ticks).toBe(24)
  })

  test('messages keep the time of day they were sent at', async () => {
    const person = await world().idOf('佐藤 花子')
    await world().post('line', { do: 'say', person, text: '前' })
    await world().post('clock', { advance: '30d' })
    await world().post('line', { do: 'say', person, text: '後' })
    const [before, after] = (await world().state(`?person=${person}`)).chat.map(({ at }) => Date.parse(at))
    expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(30 * 86_400_000)
  })

  test.each([{ advance: 'tomorrow' }, { advance: '-3d' }, {}, { advance: 3 }])(
    '%j is refused and moves nothing',
    async (body) => {
      expect((await world().post('clock', body)).status).toBe(400)
      expect((await world().state()).aheadMs).toBe(0)
    }
  )
})
