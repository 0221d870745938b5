import { type FakeState, slackId } from './state.ts'
import type { FakeChannel, FakeEphemeral, FakeMember, FakeMessage, FakeView } from './types.ts'

/** An account to be made; a full member with Japanese settings unless told otherwise. */
export type NewMember = Partial<Omit<FakeMember, 'id' | 'isBot'>> & { readonly name: string; readonly id?: string }

/** A channel to be made; public and internal unless told otherwise. */
export interface NewChannel {
  readonly id?: string
  readonly name: string
  readonly members?: readonly string[]
  readonly isExtShared?: boolean
  readonly isPrivate?: boolean
  readonly withBot?: boolean
}

/** Who and what is in the workspace. */
export interface Workspace {
  addMember(member: NewMember): FakeMember
  members(): readonly FakeMember[]
  /** The bot is a member unless `withBot` is false. */
  addChannel(channel: NewChannel): FakeChannel
  channels(): readonly FakeChannel[]
  join(channel: string, userId: string): void
  leave(channel: string, userId: string): void
  setExtShared(channel: string, isExtShared: boolean): void
  /** Messages outside threads, oldest first. */
  messages(channel: string): readonly FakeMessage[]
  /** A message and what was said under it, oldest first. */
  thread(channel: string, ts: string): readonly FakeMessage[]
  /** What only this person sees, oldest first. */
  ephemerals(userId: string): readonly FakeEphemeral[]
  /** The modals on this person's screen, topmost last. */
  modal(userId: string): readonly FakeView[]
  /** Deletes anybody's message, as an admin may. */
  deleteMessage(channel: string, ts: string): void
}

/** The workspace over a state. */
export function workspaceOf(state: FakeState): Workspace {
  const changing = (change: () => void): void => {
    change()
    state.changed()
  }
  return {
    addMember: (member) => addMember(state, member),
    members: () => [...state.members.values()],
    addChannel: (channel) => addChannel(state, channel),
    channels: () => [...state.channels.values()],
    join: (channel, userId) => changing(() => setMember(channelOf(state, channel), userId, true)),
    leave: (channel, userId) => changing(() => setMember(channelOf(state, channel), userId, false)),
    setExtShared: (channel, isExtShared) =>
      changing(() => {
        channelOf(state, channel).isExtShared = isExtShared
      }),
    messages: (channel) => state.messages.filter((each) => each.channel === channel && !each.threadTs),
    thread: (channel, ts) =>
      state.messages.filter((each) => each.channel === channel && (each.ts === ts || each.threadTs === ts)),
    ephemerals: (userId) => state.ephemerals.filter(({ to }) => to === userId),
    modal: (userId) => state.views.filter((view) => view.userId === userId),
    deleteMessage: (channel, ts) =>
      changing(() => {
        state.messages = state.messages.filter((each) => each.channel !== channel || each.ts !== ts)
      })
  }
}

function addMember(state: FakeState, { id = slackId('U'), ...given }: NewMember): FakeMember {
  const flags = { isAdmin: false, isOwner: false, isGuest: false, isStranger: false, deleted: false }
  const teamId = given.isStranger ? slackId('T') : state.ids.teamId
  const member = { id, locale: 'ja-JP', teamId, ...flags, ...given, isBot: false }
  state.members.set(id, member)
  state.changed()
  return member
}

function addChannel(state: FakeState, channel: NewChannel): FakeChannel {
  const { id = slackId('C'), name, members = [], withBot = true } = channel
  const made = {
    id,
    name,
    members: [...(withBot ? [state.ids.botUserId] : []), ...members],
    isExtShared: channel.isExtShared ?? false,
    isPrivate: channel.isPrivate ?? false,
    isArchived: false,
    isDirect: false
  }
  state.channels.set(id, made)
  state.changed()
  return made
}

function channelOf(state: FakeState, id: string): FakeChannel {
  const channel = state.channels.get(id)
  if (!channel) throw new Error(`No channel ${id} in the fake Slack`)
  return channel
}

function setMember(channel: FakeChannel, userId: string, isMember: boolean): void {
  const others = channel.members.filter((id) => id !== userId)
  channel.members = isMember ? [...others, userId] : others
}
