import { createHash } from 'node:crypto'
import type { FakeLine } from './line/index.ts'
import type { FakeSlack } from './slack/index.ts'

/** Someone the sandbox starts with. A regular has been coming for a long time: the demo shop knows them by this id. */
export interface CastMember {
  readonly userId: string
  readonly displayName: string
  readonly language: string
  readonly regular: boolean
}

const PEOPLE = [
  { displayName: '佐藤 花子', language: 'ja', regular: false },
  { displayName: '田中 健', language: 'ja', regular: true },
  { displayName: 'Emma Wilson', language: 'en', regular: false },
  { displayName: '鈴木 美咲', language: 'ja', regular: true }
] as const

/** The people of a fresh sandbox; `secret` makes their LINE ids its own, so that nobody can guess them. */
export function castOf(secret: string): readonly CastMember[] {
  return PEOPLE.map((person) => ({ ...person, userId: userIdOf(secret, person.displayName) }))
}

/** Puts the cast into an empty fake: regulars have added the account long ago, the others have yet to. */
export function fillLine(line: FakeLine, secret: string): void {
  const cast = castOf(secret)
  for (const { userId, displayName, language } of cast) line.addPerson({ userId, displayName, language })
  const state = line.snapshot()
  for (const { userId, regular } of cast) {
    const person = state.people[userId]
    if (regular && person) person.status = 'following'
  }
  line.restore(state)
}

/** Staff of every role, the channels they work in, and one shared with another company, where nothing personal may go. */
export function fillSlack(slack: FakeSlack): void {
  const cs = ['彩', '健太'].map((name) => slack.addMember({ name }).id)
  const manager = slack.addMember({ name: '店長', isAdmin: true, isOwner: true }).id
  const viewer = slack.addMember({ name: '悠' }).id
  const english = slack.addMember({ name: 'Kate', locale: 'en-US' }).id
  const guest = slack.addMember({ name: '美和', isGuest: true }).id
  const stranger = slack.addMember({ name: '取引先 森', isStranger: true }).id
  slack.addChannel({ name: ALERTS, members: [...cs, manager, english], isPrivate: true })
  slack.addChannel({ name: 'kpi', members: [...cs, manager, viewer, english] })
  slack.addChannel({ name: 'general', members: [...cs, manager, viewer, english, guest] })
  slack.addChannel({ name: 'partner', members: [...cs, manager, stranger], isExtShared: true })
}

const ALERTS = 'cs-alerts'

/** The channel where alerts are posted. */
export function alertChannelOf(slack: FakeSlack): string {
  const channel = slack.channels().find(({ name }) => name === ALERTS)
  if (!channel) throw new Error(`The sandbox's Slack has no #${ALERTS}`)
  return channel.id
}

/** Slack ids of those who look after customers. */
export function deskOf(slack: FakeSlack): readonly string[] {
  const alerts = slack.channels().find(({ name }) => name === ALERTS)
  const staff = slack.members().filter(({ id, isBot, isOwner }) => !isBot && !isOwner && alerts?.members.includes(id))
  return staff.map(({ id }) => id)
}

function userIdOf(secret: string, name: string): string {
  return `U${createHash('sha256').update(`${secret}\u0000${name}`).digest('hex').slice(0, 32)}`
}
