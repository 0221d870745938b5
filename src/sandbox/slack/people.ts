import { object } from './check-blocks.ts'
import { actionOf, blockActions, type Chosen, findElement, responseUrl } from './payloads.ts'
import { type Delivered, eventEnvelope, type Outgoing, send, sendEvent, sendInteraction } from './sending.ts'
import { postResponse } from './serve.ts'
import type { FakeState } from './state.ts'
import type { FakeChannel, FakeEphemeral, FakeMember, FakeMessage, JsonObject } from './types.ts'

/** What is clicked: an element by its action id, in a message. */
export interface FakeClick extends Chosen {
  readonly channel: string
  readonly ts: string
  readonly actionId: string
  readonly blockId?: string
}

/** How an action went. `ok` = the product acknowledged it within 3 s. */
export interface ActionResult extends Delivered {
  readonly ok: boolean
}

/** What people's actions need. */
export interface People {
  readonly state: FakeState
  readonly outgoing: Outgoing
  /** Ends in "/api/". */
  apiUrl(): string
}

const asResult = (delivered: Delivered): ActionResult => ({ ...delivered, ok: isOk(delivered.status) })
/** Whether the product acknowledged. */
export const isOk = (status: number): boolean => status >= 200 && status < 300

/** The account, which must exist. */
export function memberOf(state: FakeState, userId: string): FakeMember {
  const member = state.members.get(userId)
  if (!member) throw new Error(`No member ${userId} in the fake Slack`)
  return member
}

/** The account, which must be in the channel: only there Slack lets people write. */
function joined(state: FakeState, userId: string, channel: string): FakeMember {
  const member = memberOf(state, userId)
  if (!state.channels.get(channel)?.members.includes(userId)) throw new Error(`${member.name} is not in ${channel}`)
  return member
}

/** Clicks a button or chooses in a menu of a message. */
export async function click({ state, outgoing, apiUrl }: People, userId: string, at: FakeClick): Promise<ActionResult> {
  const member = memberOf(state, userId)
  if (!maySee(member, state.channels.get(at.channel))) throw new Error(`${member.name} cannot see ${at.channel}`)
  const message = messageFor(state, userId, at)
  const found = message && findElement(message.blocks, at.actionId, at.blockId)
  if (!message || !found) throw new Error(`Nothing to click: "${at.actionId}" is not in ${at.channel} ${at.ts}`)
  const url = responseUrl(state, apiUrl(), { userId, channel: at.channel, threadTs: message.threadTs })
  const action = actionOf(found, at, state.nextTs())
  return asResult(
    await sendInteraction(state, outgoing, blockActions(state, member, { message, action, responseUrl: url }))
  )
}

/** Members see a channel; of the others only full members, and only what is public: guests see where they were invited. */
function maySee({ id, isGuest, isStranger }: FakeMember, channel: FakeChannel | undefined): boolean {
  if (!channel) return false
  return channel.members.includes(id) || !(channel.isPrivate || isGuest || isStranger)
}

function messageFor(state: FakeState, userId: string, at: FakeClick): FakeMessage | FakeEphemeral | undefined {
  const whispered = state.ephemerals.find(
    (each) => each.to === userId && each.channel === at.channel && each.ts === at.ts
  )
  return state.message(at.channel, at.ts) ?? whispered
}

/** Runs a slash command. `userId` must be in the channel; "@name" becomes a mention, as with "escape" switched on. */
export async function command(
  { state, outgoing, apiUrl }: People,
  userId: string,
  said: { channel: string; command: string; text: string }
): Promise<ActionResult> {
  const { channel } = said
  const member = joined(state, userId, channel)
  const form = {
    token: 'fake',
    team_id: member.teamId,
    team_domain: 'matane-sandbox',
    channel_id: channel,
    channel_name: state.channels.get(channel)?.name ?? '',
    user_id: userId,
    user_name: member.name,
    command: said.command,
    text: escaped(state, said.text, 'named'),
    api_app_id: state.ids.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(state, apiUrl(), { userId, channel }),
    trigger_id: state.trigger(userId, channel)
  }
  const body = new URLSearchParams(form).toString()
  const contentType = 'application/x-www-form-urlencoded'
  const delivered = await send(state, outgoing, { name: said.command, body, contentType, shown: form })
  showAnswer(state, { userId, channel }, delivered)
  return asResult(delivered)
}

/** The acknowledgement of a command may carry a message. */
function showAnswer(state: FakeState, to: { userId: string; channel: string }, { status, body }: Delivered): void {
  if (!isOk(status) || !body) return
  postResponse(state, to, body.startsWith('{') ? object(JSON.parse(body)) : { text: body })
  state.changed()
}

/** Words for a channel or thread. */
export interface Said {
  readonly channel: string
  readonly text: string
  readonly threadTs?: string | undefined
}

/** Says something; "@matane" in it tells the product, when the bot is in the channel. `envelope` = what was sent for it. */
export async function say(
  { state, outgoing }: People,
  userId: string,
  said: Said
): Promise<{ ts: string; envelope?: JsonObject }> {
  const member = joined(state, userId, said.channel)
  const text = escaped(state, said.text, 'plain')
  const thread = said.threadTs ? { threadTs: said.threadTs } : {}
  const message: FakeMessage = {
    ...{ ts: state.nextTs(), channel: said.channel, user: userId, text, blocks: [], ...thread },
    postedAt: state.now().toISOString()
  }
  state.messages.push(message)
  state.changed()
  const { botUserId } = state.ids
  const channel = state.channels.get(said.channel)
  if (!channel?.members.includes(botUserId) || !text.includes(`<@${botUserId}>`)) return { ts: message.ts }
  const envelope = eventEnvelope(state, mentionEvent(member, message), channel.isExtShared)
  await sendEvent(state, outgoing, envelope)
  return { ts: message.ts, envelope }
}

function mentionEvent(member: FakeMember, message: FakeMessage): JsonObject {
  return {
    user: member.id,
    type: 'app_mention',
    ts: message.ts,
    client_msg_id: crypto.randomUUID(),
    text: message.text,
    team: member.teamId,
    ...(member.isStranger && { user_team: member.teamId, source_team: member.teamId }),
    ...(message.threadTs && { thread_ts: message.threadTs }),
    channel: message.channel,
    event_ts: message.ts
  }
}

/** What Slack makes of typed text: &, < and > escaped, "@name" a mention, an address a link. */
function escaped(state: FakeState, text: string, style: 'plain' | 'named'): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  // Typed by program: mentions already written as such stay.
  let made = safe.replace(/&lt;@(U[A-Z0-9]+)&gt;/g, '<@$1>').replace(/https?:\/\/[^\s、。<>|]+/g, '<$&>')
  const longestFirst = [...state.members.values()].sort((a, b) => b.name.length - a.name.length)
  for (const { id, name } of longestFirst)
    made = made.replaceAll(`@${name}`, `<@${id}${style === 'named' ? `|${name}` : ''}>`)
  return made
}
