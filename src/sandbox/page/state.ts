import type { Json } from './json.ts'

/** Everything the page shows, as the server tells it: GET /sandbox/state. Times are business times, as ISO texts. */
export interface SandboxState {
  readonly now: string
  /** How far business time is ahead of real time. */
  readonly aheadMs: number
  readonly shopName: string
  readonly botId: string
  readonly slackBotId: string
  readonly people: readonly Person[]
  readonly staff: readonly StaffPerson[]
  readonly channels: readonly Channel[]
  readonly desk: Desk
  readonly counters: readonly Counter[]
  /** The chat of the person asked for. */
  readonly chat: readonly ChatItem[]
  /** The menu below it. */
  readonly menu: ChatMenu | undefined
  /** The channel asked for. */
  readonly messages: readonly SlackMessage[]
  /** What only the chosen staff member sees, in that channel. */
  readonly whispers: readonly SlackMessage[]
  readonly modal: Modal | undefined
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly relation: 'new' | 'following' | 'blocked'
}

/** One entry of a LINE chat. `message` is a LINE message object; a person's postback shows its displayText. */
export interface ChatItem {
  readonly id: string
  readonly from: 'person' | 'shop' | 'note'
  readonly at: string
  readonly message: Json
  /** Taken back by the person. */
  readonly unsent: boolean
  readonly canUnsend: boolean
  /** How the shop sent it: replies are free, pushes count against the monthly quota. */
  readonly via: 'reply' | 'push' | undefined
}

/** A rich menu: a picture with places to tap, and the bar that folds it. */
export interface ChatMenu {
  readonly picture: string
  readonly bar: string
  /** Of the picture, in its pixels. */
  readonly size: { readonly width: number; readonly height: number }
  readonly areas: readonly MenuArea[]
}

export interface MenuArea {
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** A LINE action object. */
  readonly action: Json
}

export interface StaffPerson {
  readonly id: string
  readonly name: string
  readonly kind: 'owner' | 'cs' | 'member' | 'guest'
  readonly isBot: boolean
}

export interface Channel {
  readonly id: string
  readonly name: string
  readonly isShared: boolean
}

/** What the staff's own channel holds, whoever looks at it. */
export interface Desk {
  /** The card of a follow-up: a customer needs somebody. */
  readonly alerted: boolean
  /** One that was resolved, and so can be opened again. */
  readonly resolved: boolean
}

/** A shop and its counter page's address on this very server, for the phone to scan. */
export interface Counter {
  readonly shop: string
  readonly name: string
  readonly nameEn: string
  readonly url: string
}

export interface SlackMessage {
  readonly ts: string
  readonly threadTs: string | undefined
  /** A reply that stands in the channel as well. */
  readonly isBroadcast: boolean
  readonly user: string
  readonly at: string
  readonly text: string
  readonly blocks: readonly Json[]
  readonly edited: boolean
  /** Only the chosen staff member sees it. */
  readonly whisper: boolean
}

/** A modal that is open for the chosen staff member: Slack's view object. */
export interface Modal {
  readonly id: string
  readonly view: Json
  /** Faults by block_id, after a submission that was refused. */
  readonly errors: Readonly<Record<string, string>>
}

/** One call on the wires, for the inspector: GET /sandbox/inspector. */
export interface FeedEntry {
  readonly id: number
  readonly at: string
  /** "webhook": a platform told the product something. "call": the product called a platform. */
  readonly kind: 'webhook' | 'call'
  readonly platform: 'line' | 'slack'
  readonly title: string
  readonly status: number | undefined
  readonly durationMs: number | undefined
  readonly signature: 'valid' | 'invalid' | undefined
  readonly request: unknown
  readonly response: unknown
}

/** What the person at the page chose to look at. Kept in the browser. */
export interface Choice {
  readonly lang: 'ja' | 'en'
  readonly person: string
  readonly staff: string
  readonly channel: string
  readonly thread: string | undefined
  readonly tab: 'phone' | 'slack' | 'inspector'
  readonly inspector: boolean
  readonly guide: boolean
  /** Whether the menu below the chat is folded. */
  readonly menuFolded: boolean
  /** With `pick`, the calendar that this action opened. */
  readonly dialog: 'scan' | 'person' | { readonly pick: Json } | undefined
  /** The shop whose counter the phone is held before. */
  readonly shop: string
  /** What is being typed and was not sent yet, by place (drafts.ts). */
  readonly drafts: Readonly<Record<string, string>>
  readonly feedFilter: 'all' | 'line' | 'slack'
}
