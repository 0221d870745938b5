import type { ConversationsInfoResponse, UsersInfoResponse } from '@slack/web-api'
import type { SlackClients } from './clients.ts'
import { calling, slackCode } from './errors.ts'
import type { SlackChannel, SlackDirectory, SlackUser } from './staff-port.ts'

const USER_MS = 60_000
const MEMBERS_MS = 60_000
const CHANNEL_MS = 60_000
const SELF_MS = 3_600_000
/** Of a kind; a shop's staff are far fewer. */
const MOST_KEPT = 1_000

/** Whom to ask, and which channel the alerts are in. */
interface DirectoryOptions {
  readonly clients: SlackClients
  readonly alertChannel: string
  /** What is known already. Default: nothing. */
  readonly memory?: DirectoryMemory
  /** Real time, epoch milliseconds. */
  readonly nowMs?: () => number
}

type Kept<Value> = Map<string, { readonly value: Value; readonly until: number }>

/** Slack's answers, each with its time. Values only, no promises: requests of a Worker share them. */
export interface DirectoryMemory {
  readonly users: Kept<SlackUser | undefined>
  readonly channels: Kept<SlackChannel | undefined>
  readonly members: Kept<ReadonlySet<string>>
  readonly selves: Kept<{ readonly teamId: string; readonly botUserId: string }>
}

/** A memory of one workspace, empty. */
export function createDirectoryMemory(): DirectoryMemory {
  return { users: new Map(), channels: new Map(), members: new Map(), selves: new Map() }
}

/** Asks Slack, and remembers the answers for a minute; who we are for an hour. */
export function slackDirectory(options: DirectoryOptions): SlackDirectory {
  const { clients, alertChannel, memory = createDirectoryMemory(), nowMs = Date.now } = options
  const client = clients.interactive
  const users = remembering(memory.users, USER_MS, nowMs)
  const channels = remembering(memory.channels, CHANNEL_MS, nowMs)
  const members = remembering(memory.members, MEMBERS_MS, nowMs)
  const selves = remembering(memory.selves, SELF_MS, nowMs)
  return {
    self: () =>
      selves('self', async () => {
        const answer = await calling(() => client.auth.test())
        return { teamId: answer.team_id ?? '', botUserId: answer.user_id ?? '' }
      }),
    user: (userId) =>
      users(userId, async () => {
        const answer = await known(() => client.users.info({ user: userId, include_locale: true }), 'user_not_found')
        return answer?.user && slackUser(answer.user)
      }),
    channel: (channelId) =>
      channels(channelId, async () => {
        const answer = await known(() => client.conversations.info({ channel: channelId }), 'channel_not_found')
        return answer?.channel && slackChannel(answer.channel)
      }),
    alertChannelMembers: () => members(alertChannel, () => allMembers(clients, alertChannel))
  }
}

/** Two that ask at the same moment both ask Slack: a Worker's request must not wait for another request's call. */
function remembering<Value>(kept: Kept<Value>, ttlMs: number, nowMs: () => number) {
  return async (key: string, ask: () => Promise<Value>): Promise<Value> => {
    const found = kept.get(key)
    if (found && found.until > nowMs()) return found.value
    const value = await ask()
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, { value, until: nowMs() + ttlMs })
    return value
  }
}

async function known<T>(call: () => Promise<T>, missing: string): Promise<T | undefined> {
  try {
    return await calling(call)
  } catch (error) {
    if (slackCode(error) === missing) return undefined
    throw error
  }
}

async function allMembers(clients: SlackClients, channel: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await calling(() =>
      clients.interactive.conversations.members({ channel, limit: 1000, ...(cursor && { cursor }) })
    )
    for (const id of page.members ?? []) found.add(id)
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor)
  return found
}

function slackUser(user: NonNullable<UsersInfoResponse['user']>): SlackUser {
  return {
    id: user.id ?? '',
    name: user.profile?.display_name || user.real_name || user.name || '',
    teamId: user.team_id ?? '',
    isBot: Boolean(user.is_bot) || user.id === 'USLACKBOT',
    isOwner: Boolean(user.is_owner || user.is_primary_owner),
    isAdmin: Boolean(user.is_admin),
    isGuest: Boolean(user.is_restricted || user.is_ultra_restricted),
    isStranger: Boolean(user.is_stranger),
    deleted: Boolean(user.deleted),
    locale: user.locale
  }
}

function slackChannel(channel: NonNullable<ConversationsInfoResponse['channel']>): SlackChannel {
  return { id: channel.id ?? '', isExtShared: Boolean(channel.is_ext_shared || channel.is_pending_ext_shared) }
}
