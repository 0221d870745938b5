import { sign } from '../../platform/slack/signature.ts'
import { type FakeState, slackId } from './state.ts'
import type { FakeSlackCall, JsonObject } from './types.ts'

/** How the fake's own requests get out. */
export interface Outgoing {
  readonly signingSecret: string
  /** Where the product listens: "https://…/slack/events". */
  readonly requestUrl: string
  /** Real pauses before an event is sent again; Slack's are at once, one minute, five minutes. */
  readonly retryDelaysMs: readonly number[]
  deliver(request: Request): Promise<Response>
  /** Told each request after its answer. */
  onCall?: ((call: FakeSlackCall) => void) | undefined
}

/** The product's answer; status 0 = none within 3 s. */
export interface Delivered {
  readonly status: number
  readonly body: string
}

const GIVE_UP_MS = 3_000
/** What the fake calls an answer that never came. */
const NO_ANSWER: Delivered = { status: 0, body: '' }

interface Envelope {
  readonly name: string
  readonly body: string
  readonly contentType: string
  readonly headers?: Readonly<Record<string, string>>
  /** For the inspector. */
  readonly shown: unknown
}

/** Signs and sends a request as Slack does, and waits 3 s for its answer. */
export async function send(state: FakeState, outgoing: Outgoing, envelope: Envelope): Promise<Delivered> {
  const timestamp = String(Math.floor(state.nowMs() / 1000))
  const request = new Request(outgoing.requestUrl, {
    method: 'POST',
    headers: {
      'content-type': envelope.contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(outgoing.signingSecret, timestamp, envelope.body),
      ...envelope.headers
    },
    body: envelope.body
  })
  const delivered = await withinLimit(outgoing.deliver(request))
  const { status, body } = delivered
  const call = { at: state.now().toISOString(), kind: 'request', name: envelope.name, sent: envelope.shown } as const
  state.record({ ...call, status, answer: body })
  outgoing.onCall?.({ ...call, status, answer: body })
  state.changed()
  return delivered
}

async function withinLimit(answering: Promise<Response>): Promise<Delivered> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Delivered>((resolve) => {
    timer = setTimeout(() => resolve(NO_ANSWER), GIVE_UP_MS)
  })
  const answer = answering.then(async (response) => ({ status: response.status, body: await response.text() }))
  try {
    return await Promise.race([answer.catch(() => NO_ANSWER), limit])
  } finally {
    clearTimeout(timer)
  }
}

/** An interaction: a form with the JSON in `payload`. Slack sends it once. */
export function sendInteraction(state: FakeState, outgoing: Outgoing, payload: JsonObject): Promise<Delivered> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return send(state, outgoing, {
    name: String(payload.type),
    body,
    contentType: 'application/x-www-form-urlencoded',
    shown: payload
  })
}

/** An event of the Events API in its envelope; sent again with the same id when it is not acknowledged. */
export function eventEnvelope(state: FakeState, event: JsonObject, isExtShared: boolean): JsonObject {
  const { teamId, appId, botUserId } = state.ids
  return {
    token: 'fake',
    team_id: teamId,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: slackId('Ev'),
    event_time: Math.floor(state.now().getTime() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false }
    ],
    is_ext_shared_channel: isExtShared,
    event_context: `4-${slackId('').toLowerCase()}`
  }
}

/** Delivers an event; when it is not acknowledged, repeats it later, without anybody waiting. */
export async function sendEvent(state: FakeState, outgoing: Outgoing, envelope: JsonObject): Promise<Delivered> {
  const first = await sendEventOnce(state, outgoing, envelope)
  if (!isAcknowledged(first)) void repeat(state, outgoing, { envelope, delivered: first })
  return first
}

async function repeat(
  state: FakeState,
  outgoing: Outgoing,
  { envelope, delivered }: { envelope: JsonObject; delivered: Delivered }
): Promise<void> {
  let last = delivered
  for (const [index, delayMs] of outgoing.retryDelaysMs.entries()) {
    await new Promise((resolve) => setTimeout(resolve, delayMs).unref())
    last = await sendEventOnce(state, outgoing, envelope, { number: index + 1, reason: reasonOf(last) })
    if (isAcknowledged(last)) return
  }
}

/** One try; `retry` says which repetition it is and why. */
export function sendEventOnce(
  state: FakeState,
  outgoing: Outgoing,
  envelope: JsonObject,
  retry?: { number: number; reason: string }
): Promise<Delivered> {
  return send(state, outgoing, {
    name: 'event_callback',
    body: JSON.stringify(envelope),
    contentType: 'application/json',
    ...(retry && { headers: { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason } }),
    shown: envelope
  })
}

const isAcknowledged = ({ status }: Delivered): boolean => status >= 200 && status < 300
const reasonOf = ({ status }: Delivered): string => (status === 0 ? 'http_timeout' : 'http_error')
