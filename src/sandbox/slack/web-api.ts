import { messageFaults, object, viewFaults } from './check-blocks.ts'
import { fileObject } from './files.ts'
import { channelObject, messageObject, userObject } from './objects.ts'
import { type FakeState, slackId } from './state.ts'
import type { FakeBlock, FakeChannel, FakeMember, FakeMessage, JsonObject } from './types.ts'

/** Slack says no: { ok: false, error }. */
export class ApiError extends Error {
  readonly messages: readonly string[]

  constructor(code: string, messages: readonly string[] = []) {
    super(code)
    this.messages = messages
  }
}

type Method = (state: FakeState, args: JsonObject) => JsonObject

/** The methods of Slack's Web API that the fake knows, by name. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': ({ ids }) => ({
    url: 'https://matane-sandbox.slack.com/',
    team: 'Matane sandbox',
    user: 'matane',
    team_id: ids.teamId,
    user_id: ids.botUserId,
    bot_id: ids.botId
  }),
  'users.info': (state, args) => ({ user: userObject(memberOf(state, args.user, 'user_not_found')) }),
  'users.list': (state) => ({ members: [...state.members.values()].map(userObject) }),
  'conversations.info': (state, args) => ({ channel: channelObject(visible(state, args.channel), state) }),
  'conversations.members': (state, args) => {
    const { members } = visible(state, args.channel)
    const { page, next } = paged(members, args)
    return { members: page, response_metadata: { next_cursor: next } }
  },
  'conversations.open': openDirect,
  'conversations.history': (state, args) => {
    const channel = joined(state, args.channel)
    const all = state.messages.filter((message) => message.channel === channel.id && inChannel(message))
    return messagePage(state, args, all.reverse())
  },
  'conversations.replies': (state, args) => {
    const channel = joined(state, args.channel)
    const parent = state.message(channel.id, String(args.ts))
    const replies = state.messages.filter((message) => message.channel === channel.id && message.threadTs === args.ts)
    if (!parent && replies.length === 0) throw new ApiError('thread_not_found')
    return messagePage(state, args, [...(parent ? [parent] : []), ...replies])
  },
  'chat.postMessage': postMessage,
  'chat.update': (state, args) => {
    const message = ownMessage(state, args, 'cant_update_message')
    message.text = String(args.text ?? message.text)
    if (args.blocks !== undefined) message.blocks = checkedBlocks(args.blocks)
    if (args.metadata !== undefined) message.metadata = object(args.metadata)
    message.editedTs = state.nextTs()
    return {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: messageObject(state, message, true)
    }
  },
  'chat.delete': (state, args) => {
    const message = ownMessage(state, args, 'cant_delete_message')
    state.messages = state.messages.filter((other) => other !== message)
    return { channel: message.channel, ts: message.ts }
  },
  'chat.postEphemeral': (state, args) => {
    const channel = writable(state, args.channel)
    const to = memberOf(state, args.user, 'user_not_found').id
    if (!channel.members.includes(to)) throw new ApiError('user_not_in_channel')
    const ephemeral = { ...newMessage(state, channel.id, args), to }
    state.ephemerals.push(ephemeral)
    return { message_ts: ephemeral.ts }
  },
  'files.info': (state, args) => {
    const file = state.files.get(String(args.file))
    if (!file) throw new ApiError('file_not_found')
    return { file: fileObject(file) }
  },
  'views.open': openView,
  'views.push': openView,
  'views.update': (state, args) => {
    const shown = state.views.find(({ id }) => id === args.view_id)
    if (!shown) throw new ApiError('not_found')
    if (args.hash !== undefined && args.hash !== shown.hash) throw new ApiError('hash_conflict')
    shown.view = checkedView(args.view)
    shown.hash = newHash(state)
    shown.errors = {}
    return { view: { ...shown.view, id: shown.id, hash: shown.hash } }
  }
}

function openDirect(state: FakeState, args: JsonObject): JsonObject {
  const members = [state.ids.botUserId, memberOf(state, args.users, 'user_not_found').id]
  const same = (channel: FakeChannel) => channel.isDirect && members.every((id) => channel.members.includes(id))
  const found = [...state.channels.values()].find(same)
  if (found) return { channel: { id: found.id }, already_open: true }
  const flags = { isExtShared: false, isPrivate: true, isArchived: false, isDirect: true }
  const channel = { id: slackId('D'), name: 'directmessage', members, ...flags }
  state.channels.set(channel.id, channel)
  return { channel: { id: channel.id } }
}

function postMessage(state: FakeState, args: JsonObject): JsonObject {
  const channel = writable(state, args.channel)
  const message = newMessage(state, channel.id, args)
  state.messages.push(message)
  return { channel: channel.id, ts: message.ts, message: messageObject(state, message, true) }
}

function newMessage(state: FakeState, channel: string, args: JsonObject): FakeMessage {
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

/** Whether a channel's log shows the message: not what stands only in a thread. */
const inChannel = ({ threadTs, isBroadcast }: FakeMessage): boolean => threadTs === undefined || isBroadcast === true

const TRIGGER_MS = 3_000

function openView(state: FakeState, args: JsonObject): JsonObject {
  const trigger = state.triggers.get(String(args.trigger_id))
  if (!trigger) throw new ApiError('invalid_trigger_id')
  if (state.nowMs() - trigger.madeAtMs > TRIGGER_MS) throw new ApiError('expired_trigger_id')
  if (trigger.used) throw new ApiError('exchanged_trigger_id')
  const view = checkedView(args.view)
  trigger.used = true
  const hash = newHash(state)
  const shown = { id: slackId('V'), userId: trigger.userId, hash, view, errors: {} }
  state.views.push(shown)
  return { view: { ...view, id: shown.id, hash } }
}

/** What names one state of a view, so that nobody updates an older one by mistake. */
export function newHash(state: FakeState): string {
  return `${Math.floor(state.nowMs() / 1000)}.${slackId('').toLowerCase()}`
}

function checkedView(given: unknown): JsonObject & { blocks: FakeBlock[] } {
  const view = object(given)
  const faults = viewFaults(view)
  if (faults.length > 0) throw new ApiError('invalid_arguments', faults)
  return { ...view, blocks: withIds(view.blocks) }
}

function checkedBlocks(blocks: unknown): FakeBlock[] {
  const faults = messageFaults(blocks)
  if (faults.length > 0) throw new ApiError('invalid_blocks', faults)
  return withIds(blocks)
}

/** Blocks without an id get one, as on the real thing. */
export function withIds(blocks: unknown): FakeBlock[] {
  const given: readonly unknown[] = Array.isArray(blocks) ? blocks : []
  return given.map((block) => ({
    block_id: slackId('').slice(0, 5),
    ...object(block),
    type: String(object(block).type)
  }))
}

function memberOf(state: FakeState, id: unknown, missing: string): FakeMember {
  const member = state.members.get(String(id))
  if (!member) throw new ApiError(missing)
  return member
}

/** A channel the bot may look at: a public one, or one it is in. */
function visible(state: FakeState, id: unknown): FakeChannel {
  const channel = state.channels.get(String(id))
  const isMember = channel?.members.includes(state.ids.botUserId)
  if (!channel || (channel.isPrivate && !isMember)) throw new ApiError('channel_not_found')
  return channel
}

function joined(state: FakeState, id: unknown): FakeChannel {
  const channel = visible(state, id)
  if (!channel.members.includes(state.ids.botUserId)) throw new ApiError('not_in_channel')
  return channel
}

function writable(state: FakeState, id: unknown): FakeChannel {
  const channel = joined(state, id)
  if (channel.isArchived) throw new ApiError('is_archived')
  return channel
}

function ownMessage(state: FakeState, args: JsonObject, notOwn: string): FakeMessage {
  const channel = writable(state, args.channel)
  const message = state.message(channel.id, String(args.ts))
  if (!message) throw new ApiError('message_not_found')
  if (message.user !== state.ids.botUserId) throw new ApiError(notOwn)
  return message
}

function paged<Item>(all: readonly Item[], args: JsonObject): { page: Item[]; next: string } {
  const from = args.cursor ? Number(Buffer.from(String(args.cursor), 'base64').toString()) : 0
  const to = from + Math.min(Number(args.limit ?? 100), 1000)
  return { page: all.slice(from, to), next: to < all.length ? Buffer.from(String(to)).toString('base64') : '' }
}

function messagePage(state: FakeState, args: JsonObject, all: readonly FakeMessage[]): JsonObject {
  const inRange = all.filter(({ ts }) => ts > String(args.oldest ?? '0') && ts < String(args.latest ?? '9'))
  const { page, next } = paged(inRange, args)
  const withMetadata = String(args.include_all_metadata) === 'true'
  return {
    messages: page.map((message) => messageObject(state, message, withMetadata)),
    has_more: next !== '',
    response_metadata: { next_cursor: next }
  }
}
