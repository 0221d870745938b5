import type { KnownBlock } from '@slack/types'
import { WebClient } from '@slack/web-api'
import { quietLogger } from '../../src/platform/slack/clients.ts'
import { asDeliveryError, slackCode } from '../../src/platform/slack/errors.ts'
import { input, modal, radioButtons, textInput } from '../../src/platform/slack/index.ts'
import { signatureFault } from '../../src/platform/slack/signature.ts'
import { createFakeSlack, type FakeSlack } from '../../src/sandbox/slack/index.ts'

const SECRET = 'secret'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const TOKEN = 'xoxb-fake'

/** A fake workspace, a client of its API, and what it sent. */
export interface Setting {
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

/** An empty workspace with Aya in one channel. */
export function fakeSetting(over: { retryDelaysMs?: readonly number[] } = {}): Setting {
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

/** Slack's word for how a call ended: "ok", an error, undefined when it gave none. */
export const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => slackCode(asDeliveryError(error))
  )
/** The JSON of an interaction. */
export const payloadOf = (body: string) => JSON.parse(new URLSearchParams(body).get('payload') ?? '{}')
/** A small form. */
export const view = modal({
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
/** Blocks with one button. */
export const card: KnownBlock[] = [{ type: 'actions', block_id: 'b', elements: [button] }]

/** The trigger id of a fresh click of Aya's. */
export async function trigger({ client, channel, fake, aya, received }: Setting): Promise<string> {
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'x', blocks: card })
  await fake.click(aya, { channel, ts, actionId: 'go' })
  return payloadOf(received.at(-1)?.body ?? '').trigger_id
}
