import { idOf } from '../../core/ids.ts'
import type { FieldCipher, Tx } from '../db/index.ts'
import type { LineMessage } from '../line/message.ts'
import { intentKey, type SlackIntent } from '../slack/intent.ts'
import type { WebhookIntent, WebhookPayload } from '../webhook/intent.ts'
import type { ReplyToken } from '../work.ts'
import type { Channel, InboxEvent } from './types.ts'

/** A message to be sent, as it goes into the outbox. The same id is kept once. */
export interface NewMessage {
  readonly id: string
  readonly channel: Channel
  /** Messages of one channel and key go out one after another. */
  readonly key: string
  readonly customerId: string | undefined
  readonly cause: string
  readonly payload: string
}

/** What a LINE row's payload holds, as JSON. The reply token is LINE's, `receivedAt` an ISO instant of real time. */
export interface LinePayload {
  readonly messages: readonly LineMessage[]
  readonly reply?: { readonly token: string; readonly receivedAt: string }
}

/** LINE takes at most five messages in one call. */
const MESSAGES_PER_CALL = 5

/** Rows for what a customer is told, at most five messages each; the first one rides on the reply token if there is one. */
export function lineMessages(
  cause: string,
  customerId: string,
  told: { readonly messages: readonly LineMessage[]; readonly reply: ReplyToken | undefined }
): NewMessage[] {
  const { messages, reply } = told
  return Array.from({ length: Math.ceil(messages.length / MESSAGES_PER_CALL) }, (_, chunk) => {
    const payload: LinePayload = {
      messages: messages.slice(chunk * MESSAGES_PER_CALL, (chunk + 1) * MESSAGES_PER_CALL),
      ...(chunk === 0 && reply && { reply: { token: reply.token, receivedAt: reply.receivedAt.toISOString() } })
    }
    return {
      id: idOf(cause, 'line', customerId, String(chunk)),
      channel: 'line',
      key: customerId,
      customerId,
      cause,
      payload: JSON.stringify(payload)
    }
  })
}

/** A row that says: let LINE show this customer the menu that is theirs. Which one that is, is looked up when it is sent. */
export function menuMessage(cause: string, customerId: string): NewMessage {
  const id = idOf(cause, 'line-menu', customerId)
  return { id, channel: 'line-menu', key: customerId, customerId, cause, payload: '{}' }
}

/**
 * A row for something to show in Slack. A notice is said once ever and a card once for each cause; `ordinal` tells apart
 * what one cause says otherwise.
 */
export function slackMessage(cause: string, ordinal: number, intent: SlackIntent): NewMessage {
  const key = intentKey(intent)
  return {
    id: intent.kind === 'notice' ? idOf('notice', intent.name) : idOf(cause, 'slack', key, nameOf(intent, ordinal)),
    channel: 'slack',
    key,
    customerId: undefined,
    cause,
    payload: JSON.stringify(intent)
  }
}

function nameOf(intent: SlackIntent, ordinal: number): string {
  return intent.kind === 'card' ? 'card' : `${intent.kind} ${ordinal}`
}

/** A row for another system. What one host is told about one customer goes out in order. */
export function webhookMessage(cause: string, { name, customerId, url, body }: WebhookIntent): NewMessage {
  const payload: WebhookPayload = { url, body: JSON.stringify(body) }
  return {
    id: idOf(cause, 'webhook', name),
    channel: 'webhook',
    key: `${customerId}:${new URL(url).host}`,
    customerId,
    cause,
    payload: JSON.stringify(payload)
  }
}

/** Writes messages into the outbox, in the transaction whose effect they report. */
export async function enqueue(tx: Tx, cipher: FieldCipher, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map(({ id, channel, key, customerId, cause, payload }) => ({
    id,
    channel,
    key,
    customer_id: customerId ?? null,
    cause,
    payload_sealed: cipher.seal('outbox.payload', payload)
  }))
  await tx.$executeRaw`
    INSERT INTO outbox (id, channel, key, customer_id, cause, payload_sealed)
    SELECT id, channel, key, customer_id, cause, payload_sealed
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given (id uuid, channel text, key text, customer_id uuid, cause text, payload_sealed text)
    ON CONFLICT (id) DO NOTHING`
}

/** Puts what is to be done later into the inbox, in the transaction that leads to it. The same event is kept once. */
export async function putEvents(tx: Tx, cipher: FieldCipher, events: readonly InboxEvent[]): Promise<void> {
  if (events.length === 0) return
  const column = (value: (event: InboxEvent) => string) => events.map(value)
  await tx.$executeRaw`
    INSERT INTO inbox (source, event_id, key, occurred_at, body_sealed)
    SELECT given.* FROM unnest(
      ${column(({ source }) => source)}::text[], ${column(({ eventId }) => eventId)}::text[],
      ${column(({ key }) => key)}::text[], ${column(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
      ${column(({ body }) => cipher.seal('inbox.body', body))}::text[]
    ) AS given (source, event_id, key, occurred_at, body_sealed)
    ORDER BY source, event_id
    ON CONFLICT (source, event_id) DO NOTHING`
}
