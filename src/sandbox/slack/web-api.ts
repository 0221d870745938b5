import { checkedBlocks, checkedView } from './api/blocks.ts'
import { ApiError } from './api/error.ts'
import { newMessage, postMessage } from './api/messages.ts'
import { messagePage, paged } from './api/pages.ts'
import { joined, memberOf, ownMessage, visible, writable } from './api/places.ts'
import { newHash, openView } from './api/views.ts'
import { object } from './check-blocks.ts'
import { fileObject } from './files.ts'
import { channelObject, messageObject, userObject } from './objects.ts'
import { type FakeState, slackId } from './state.ts'
import type { FakeChannel, FakeMessage, JsonObject } from './types.ts'

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

/** Whether a channel's log shows the message: not what stands only in a thread. */
const inChannel = ({ threadTs, isBroadcast }: FakeMessage): boolean => threadTs === undefined || isBroadcast === true
