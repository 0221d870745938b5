import type { KnownBlock } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { DeliveryError, type OutboxRow, type RecordAttempt } from '../queue/types.ts'
import type { Log } from '../scope.ts'
import { calling, slackCode } from './errors.ts'
import type { RecordRef } from './intent.ts'
import { LIMITS } from './limits.ts'
import { EVENT_TYPE, type OurMessage, ourMessages } from './look-back.ts'
import { fitMrkdwn } from './mrkdwn.ts'
import type { Pace } from './pace.ts'

/** One outbox row on its way to Slack. */
export interface Posting {
  readonly client: WebClient
  readonly pace: { readonly posts: Pace; readonly updates: Pace }
  readonly row: OutboxRow
  readonly attempt: RecordAttempt
  readonly log: Log
}

/** What a message says. */
export interface Message {
  readonly text: string
  readonly blocks?: readonly KnownBlock[] | undefined
}

/** Where a message goes: a channel, or a thread in it. */
interface PostTarget {
  readonly channel: string
  readonly threadTs?: string
  /** What is said in a thread stands in the channel as well. */
  readonly toAll?: boolean
  /** The record whose card this is. */
  readonly record?: RecordRef
  /** Messages that cannot be used any more, by ts: not to be found again. */
  readonly lost?: ReadonlySet<string>
}

/** A message that is in Slack now. */
interface Posted {
  readonly ts: string
  /** An earlier try had posted it; it may show what the record looked like then. */
  readonly wasThere: boolean
}

/** Posts once: when an earlier try may have arrived, the message is looked up first. */
export async function postOnce(posting: Posting, target: PostTarget, message: Message): Promise<Posted> {
  const method = methodOf(target)
  const found = mayHaveArrived(posting.row, method) ? await findPosted(posting, target) : undefined
  if (found) return { ts: found, wasThere: true }
  return sendingBlocks(posting, message, (said) =>
    paced(posting.pace.posts, target.channel, () =>
      posting.attempt(method, async () => {
        const { ts } = await calling(() => posting.client.chat.postMessage(postArguments(posting.row, target, said)))
        return { ts: ts ?? '', wasThere: false }
      })
    )
  )
}

/** Makes the message say something else. */
export async function update(posting: Posting, at: { channel: string; ts: string }, message: Message): Promise<void> {
  await sendingBlocks(posting, message, (said) =>
    paced(posting.pace.updates, at.channel, () =>
      posting.attempt('chat.update', async () => {
        await calling(() => posting.client.chat.update({ ...at, ...saying(said) }))
      })
    )
  )
}

function methodOf(target: PostTarget): string {
  if (target.threadTs) return 'chat.postMessage in thread'
  return target.record ? 'chat.postMessage card' : 'chat.postMessage'
}

/** An "accepted" try counts as well: the process may have died before it wrote down where the message is. */
function mayHaveArrived(row: OutboxRow, method: string): boolean {
  return row.earlier.some((earlier) => earlier.method === method && earlier.result !== 'refused')
}

function postArguments(row: OutboxRow, target: PostTarget, message: Message) {
  const record = target.record && { record_type: target.record.type, record_id: target.record.id }
  return {
    channel: target.channel,
    ...threadOf(target),
    ...saying(message),
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { outbox_id: row.id, ...record } }
  }
}

function threadOf({ threadTs, toAll }: PostTarget) {
  if (!threadTs) return {}
  return toAll ? ({ thread_ts: threadTs, reply_broadcast: true } as const) : { thread_ts: threadTs }
}

function saying({ text, blocks }: Message): { text: string; blocks: KnownBlock[] } {
  return { text: fitMrkdwn(text || '…', LIMITS.messageText), blocks: [...(blocks ?? [])] }
}

/** Blocks that Slack refuses must not keep the words from people: then the text goes out alone. */
async function sendingBlocks<T>(posting: Posting, message: Message, send: (said: Message) => Promise<T>): Promise<T> {
  try {
    return await send(message)
  } catch (error) {
    if (!slackCode(error)?.startsWith('invalid_blocks') || !message.blocks?.length) throw error
    posting.log.error('Slack refused the blocks; sending the text alone', { outboxId: posting.row.id, error })
    return send({ text: message.text })
  }
}

async function paced<T>(pace: Pace, channel: string, call: () => Promise<T>): Promise<T> {
  await pace.turn(channel)
  try {
    return await call()
  } catch (error) {
    if (error instanceof DeliveryError && error.status === 429) pace.pause(channel, error.retryAfterSeconds ?? 30)
    throw error
  }
}

/** The ts of a message that an earlier try left in the channel or thread; undefined when there is none. */
async function findPosted({ client, row }: Posting, target: PostTarget): Promise<string | undefined> {
  for await (const { ts, payload } of ourMessages(client, target))
    if (!target.lost?.has(ts) && isMeant(payload, row, target)) return ts
  return undefined
}

function isMeant(payload: OurMessage['payload'], row: OutboxRow, { record }: PostTarget): boolean {
  if (record) return payload.record_type === record.type && payload.record_id === record.id
  return payload.outbox_id === row.id
}
