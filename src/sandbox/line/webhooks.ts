import { createHmac } from 'node:crypto'
import type { FakeContext } from './context.ts'
import { newToken, ulid } from './ids.ts'
import type { SentEvent } from './state.ts'

/** A webhook that was sent: how it was answered (0 = not at all). */
export interface Sent {
  readonly webhookEventId: string
  readonly status: number
}

interface NewEvent {
  readonly type: string
  readonly userId: string
  /** Whether it can be answered by a reply. */
  readonly replyable: boolean
  readonly details?: Readonly<Record<string, unknown>>
}

/** Sends one event of a person, in LINE's format. */
export async function sendEvent(context: FakeContext, { type, userId, replyable, details }: NewEvent): Promise<Sent> {
  const timestamp = context.options.now().getTime()
  const webhookEventId = ulid(timestamp)
  const event = {
    type,
    ...details,
    webhookEventId,
    deliveryContext: { isRedelivery: false },
    timestamp,
    source: { type: 'user', userId },
    ...(replyable && { replyToken: issueToken(context, userId) }),
    mode: 'active'
  }
  return deliverEvent(context, event)
}

/** Sends an event again, as LINE does when it was not acknowledged; its reply token works again unless it was used. */
export async function redeliver(context: FakeContext, webhookEventId: string): Promise<Sent> {
  const known = context.state.events[webhookEventId]
  if (!known) throw new Error(`No webhook event ${webhookEventId} in the fake LINE`)
  const { replyToken } = known.event
  const token = typeof replyToken === 'string' ? context.state.replyTokens[replyToken] : undefined
  if (token && !token.used) token.issuedAtMs = context.options.now().getTime()
  return deliverEvent(context, { ...known.event, deliveryContext: { isRedelivery: true } })
}

/** Posts a webhook body, signed unless another signature is given; answers the status, 0 for none. */
export async function sendBody(context: FakeContext, body: string | Uint8Array, signature?: string): Promise<number> {
  const startedAt = performance.now()
  const bytes = Buffer.from(body)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'LineBotWebhook/2.0',
    'x-line-signature': signature ?? createHmac('sha256', context.options.channelSecret).update(bytes).digest('base64')
  }
  const url = context.state.webhookUrl
  const { status, response } = await post(context, new Request(url, { method: 'POST', headers, body: bytes }))
  context.record({
    kind: 'webhook',
    at: context.options.now(),
    method: 'POST',
    path: new URL(url).pathname,
    request: jsonOrText(bytes.toString()),
    status,
    response,
    durationMs: performance.now() - startedAt
  })
  return status
}

async function post(context: FakeContext, request: Request): Promise<{ status: number; response: unknown }> {
  try {
    const response = await context.options.deliver(request)
    return { status: response.status, response: jsonOrText(await response.text()) }
  } catch (error) {
    return { status: 0, response: error instanceof Error ? error.message : 'no answer' }
  }
}

async function deliverEvent(context: FakeContext, event: SentEvent['event']): Promise<Sent> {
  const { webhookEventId } = event
  context.state.events[webhookEventId] = { event, status: 0 }
  const status = await sendBody(context, JSON.stringify({ destination: context.botUserId, events: [event] }))
  context.state.events[webhookEventId] = { event, status }
  context.changed()
  return { webhookEventId, status }
}

function issueToken({ state, options }: FakeContext, userId: string): string {
  const token = newToken()
  state.replyTokens[token] = { userId, issuedAtMs: options.now().getTime(), used: false }
  return token
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
