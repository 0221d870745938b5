import type { FakeState } from '../state.ts'
import type { FakeChannel, FakeMember, FakeMessage, JsonObject } from '../types.ts'
import { ApiError } from './error.ts'

/** A member by id; throws `missing` when there is none. */
export function memberOf(state: FakeState, id: unknown, missing: string): FakeMember {
  const member = state.members.get(String(id))
  if (!member) throw new ApiError(missing)
  return member
}

/** A channel the bot may look at: a public one, or one it is in. */
export function visible(state: FakeState, id: unknown): FakeChannel {
  const channel = state.channels.get(String(id))
  const isMember = channel?.members.includes(state.ids.botUserId)
  if (!channel || (channel.isPrivate && !isMember)) throw new ApiError('channel_not_found')
  return channel
}

/** A channel the bot is in. */
export function joined(state: FakeState, id: unknown): FakeChannel {
  const channel = visible(state, id)
  if (!channel.members.includes(state.ids.botUserId)) throw new ApiError('not_in_channel')
  return channel
}

/** A channel the bot may write in. */
export function writable(state: FakeState, id: unknown): FakeChannel {
  const channel = joined(state, id)
  if (channel.isArchived) throw new ApiError('is_archived')
  return channel
}

/** A message that the bot wrote; throws `notOwn` when somebody else did. */
export function ownMessage(state: FakeState, args: JsonObject, notOwn: string): FakeMessage {
  const channel = writable(state, args.channel)
  const message = state.message(channel.id, String(args.ts))
  if (!message) throw new ApiError('message_not_found')
  if (message.user !== state.ids.botUserId) throw new ApiError(notOwn)
  return message
}
