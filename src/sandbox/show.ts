import type { BusinessClock } from './clock.ts'
import type { ChatEntry, FakeLine, Person } from './line/index.ts'
import { record, records, text } from './page/json.ts'
import type { ChatItem, ChatMenu, Counter, Desk, SandboxState, SlackMessage, StaffPerson } from './page/state.ts'
import type { FakeMember, FakeMessage, FakeSlack } from './slack/index.ts'

/** What the page is shown from. */
export interface Stage {
  readonly line: FakeLine
  readonly slack: FakeSlack
  readonly clock: BusinessClock
  readonly shopName: string
  readonly botId: string
  readonly alertChannel: string
}

/** Who and what the page looks at; ids that are not known fall back to the first there is. */
export interface Look {
  readonly person: string
  readonly staff: string
  readonly channel: string
}

/** Everything the page shows, for one look. */
export function showState(stage: Stage, look: Look, counters: readonly Counter[]): SandboxState {
  const { line, slack, clock, shopName, botId } = stage
  const people = line.people()
  const person = people.find(({ userId }) => userId === look.person) ?? people[0]
  const staff = slack.members().filter(({ deleted }) => !deleted)
  const actor = staff.find(({ id }) => id === look.staff) ?? staff.find(({ isBot }) => !isBot)
  const channels = slack.channels().filter(({ isDirect, members }) => !isDirect && actor && members.includes(actor.id))
  const channel = channels.find(({ id }) => id === look.channel) ?? channels[0]
  const modal = actor && slack.modal(actor.id).at(-1)
  return {
    now: clock.now().toISOString(),
    aheadMs: clock.aheadMs(),
    ...{ shopName, botId, slackBotId: slack.botUserId, counters },
    people: people.map(personView),
    staff: staff.map((member) => staffView(member, stage)),
    channels: channels.map(({ id, name, isExtShared }) => ({ id, name, isShared: isExtShared })),
    desk: deskView(slack.messages(stage.alertChannel)),
    chat: person ? line.chat(person.userId).map((entry) => chatView(entry, clock)) : [],
    menu: person && menuView(line, person),
    messages: channel ? messagesOf(slack, channel.id) : [],
    whispers: actor && channel ? whispersOf(slack, actor.id, channel.id) : [],
    modal: modal && { id: modal.id, view: modal.view, errors: modal.errors }
  }
}

function personView({ userId, displayName, language, status }: Person): SandboxState['people'][number] {
  return { id: userId, name: displayName, language, relation: status === 'stranger' ? 'new' : status }
}

function menuView(line: FakeLine, { userId }: Person): ChatMenu | undefined {
  const menu = line.richMenu(userId)
  if (!menu) return undefined
  const { richMenuId, chatBarText, size, areas } = menu
  return { picture: `/sandbox/menu/${richMenuId}`, bar: chatBarText, size, areas }
}

function chatView({ id, at, from, message, via, unsent }: ChatEntry, clock: BusinessClock): ChatItem {
  const isTyped = from === 'person' && message.type === 'text'
  return {
    ...{ id, message, via },
    from: from === 'person' ? 'person' : 'shop',
    at: clock.at(new Date(at)).toISOString(),
    unsent: unsent ?? false,
    canUnsend: isTyped && !unsent
  }
}

function staffView(member: FakeMember, { slack, alertChannel }: Stage): StaffPerson {
  const onDesk = slack.channels().some(({ id, members }) => id === alertChannel && members.includes(member.id))
  const inside = onDesk ? 'cs' : 'member'
  const kind = member.isGuest || member.isStranger ? 'guest' : member.isOwner || member.isAdmin ? 'owner' : inside
  return { id: member.id, name: member.name, kind, isBot: member.isBot }
}

/**
 * Told by the buttons, and by what the card is about: other cards stand in the channel too, such as a file's that is to be
 * imported, or what somebody just wrote. A card that is resolved no longer says why it came.
 */
function deskView(messages: readonly FakeMessage[]): Desk {
  const cards = messages.filter((message) => buttonsOf(message).some((id) => id.startsWith('follow_up.')))
  const resolved = cards.some((card) => buttonsOf(card).includes('follow_up.reopen'))
  return { alerted: resolved || cards.some(({ blocks }) => JSON.stringify(blocks).includes(SCORE)), resolved }
}

/** What the reason of a score is called, in either language. */
const SCORE = 'NPS'

function buttonsOf({ blocks }: FakeMessage): string[] {
  const elements = blocks.flatMap(({ elements, accessory }) => [...records(elements), record(accessory)])
  return elements.map(({ action_id }) => text(action_id))
}

function messagesOf(slack: FakeSlack, channel: string): SlackMessage[] {
  const heads = slack.messages(channel)
  return heads.flatMap((head) => slack.thread(channel, head.ts)).map((message) => slackView(message, false))
}

function whispersOf(slack: FakeSlack, staff: string, channel: string): SlackMessage[] {
  const whispers = slack.ephemerals(staff).filter((message) => message.channel === channel)
  return whispers.map((message) => slackView(message, true))
}

function slackView(message: FakeMessage, whisper: boolean): SlackMessage {
  const { ts, threadTs, isBroadcast = false, user, postedAt, text, blocks, editedTs } = message
  return { ts, threadTs, isBroadcast, user, at: postedAt, text, blocks, edited: editedTs !== undefined, whisper }
}
