import { object } from '../check-blocks.ts'
import { messageObject } from '../objects.ts'
import type { FakeState } from '../state.ts'
import type { FakeMessage, JsonObject } from '../types.ts'
import { checkedBlocks } from './blocks.ts'
import { ApiError } from './error.ts'
import { writable } from './places.ts'

/** Posts in a channel the bot may write in. */
export function postMessage(state: FakeState, args: JsonObject): JsonObject {
  const channel = writable(state, args.channel)
  const message = newMessage(state, channel.id, args)
  state.messages.push(message)
  return { channel: channel.id, ts: message.ts, message: messageObject(state, message, true) }
}

/** A message of the bot's that stands nowhere yet. */
export function newMessage(state: FakeState, channel: string, args: JsonObject): FakeMessage {
  const blocks = checkedBlocks(args.blocks ?? [])
  const text = String(args.text ?? '')
  if (!text && blocks.length === 0) throw new ApiError('no_text')
  if (text.length > 40_000) throw new ApiError('msg_too_long')
  return {
    ts: state.nextTs(),
    channel,
    user: state.ids.botUserId,
    text,
    blocks,
    ...(args.thread_ts ? { threadTs: String(args.thread_ts) } : {}),
    ...(args.thread_ts && String(args.reply_broadcast) === 'true' ? { isBroadcast: true } : {}),
    ...(args.metadata ? { metadata: object(args.metadata) } : {}),
    postedAt: state.now().toISOString()
  }
}
