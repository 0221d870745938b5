import type { FakeState } from './state.ts'
import type { FakeChannel, FakeMember, FakeMessage, JsonObject } from './types.ts'

/** A message as Slack describes it. */
export function messageObject(state: FakeState, message: FakeMessage, withMetadata: boolean): JsonObject {
  const isBot = message.user === state.ids.botUserId
  const replies = state.messages.filter(
    ({ threadTs, channel }) => threadTs === message.ts && channel === message.channel
  )
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: state.ids.teamId,
    blocks: message.blocks,
    ...(isBot && { bot_id: state.ids.botId, app_id: state.ids.appId }),
    ...(message.editedTs && { edited: { user: state.ids.botUserId, ts: message.editedTs } }),
    ...(message.threadTs && { thread_ts: message.threadTs, parent_user_id: state.ids.botUserId }),
    ...(message.isBroadcast && { subtype: 'thread_broadcast' }),
    ...(replies.length > 0 && { thread_ts: message.ts, reply_count: replies.length }),
    ...(withMetadata && message.metadata && { metadata: message.metadata })
  }
}

/** An account as Slack describes it. */
export function userObject(member: FakeMember): JsonObject {
  return {
    id: member.id,
    team_id: member.teamId,
    name: member.name,
    real_name: member.name,
    deleted: member.deleted,
    profile: { display_name: member.name, real_name: member.name, team: member.teamId },
    is_admin: member.isAdmin,
    is_owner: member.isOwner,
    is_primary_owner: false,
    is_restricted: member.isGuest,
    is_ultra_restricted: false,
    is_bot: member.isBot,
    is_stranger: member.isStranger,
    locale: member.locale,
    tz: 'Asia/Tokyo'
  }
}

/** A channel as Slack describes it to the bot. */
export function channelObject(channel: FakeChannel, state: FakeState): JsonObject {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.isDirect,
    is_im: channel.isDirect,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_member: channel.members.includes(state.ids.botUserId),
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: false,
    context_team_id: state.ids.teamId
  }
}
