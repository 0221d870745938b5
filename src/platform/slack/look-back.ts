import type { WebClient } from '@slack/web-api'
import { calling } from './errors.ts'

/** Names our messages in Slack's metadata, so that they are found again. */
export const EVENT_TYPE = 'matane_outbox'

/** A message of ours as it stands in Slack; `payload` is what its metadata says. */
export interface OurMessage {
  readonly ts: string
  readonly text: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** A channel, or a thread in it. */
interface Place {
  readonly channel: string
  readonly threadTs?: string
}

const PAGE = 200
/** 1,000 messages back: a try is at most as old as the queue's retries, and a channel takes about one message a second. */
const PAGES = 5

/** What we posted in a channel, the newest first, or in a thread, the oldest first. */
export async function* ourMessages(
  client: WebClient,
  { channel, threadTs }: Place,
  pages = PAGES
): AsyncGenerator<OurMessage> {
  let cursor: string | undefined
  for (let page = 0; page < pages; page += 1) {
    const ask = { channel, include_all_metadata: true, limit: PAGE, ...(cursor && { cursor }) }
    const answer = await calling<HistoryPage>(() =>
      threadTs ? client.conversations.replies({ ...ask, ts: threadTs }) : client.conversations.history(ask)
    )
    for (const { ts, text = '', metadata } of answer.messages ?? [])
      if (ts && metadata?.event_type === EVENT_TYPE) yield { ts, text, payload: { ...(metadata.event_payload ?? {}) } }
    cursor = answer.response_metadata?.next_cursor || undefined
    if (!cursor) return
  }
}

interface HistoryPage {
  readonly messages?: readonly { readonly ts?: string; readonly text?: string; readonly metadata?: Metadata }[]
  readonly response_metadata?: { readonly next_cursor?: string }
}

interface Metadata {
  readonly event_type?: string
  readonly event_payload?: unknown
}
