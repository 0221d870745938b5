/** What the fake Slack remembers: plain JSON, so that it can be written down and read again. */

/** An account. */
export interface FakeMember {
  readonly id: string
  name: string
  /** BCP 47 tag, "ja-JP". */
  locale: string
  teamId: string
  isAdmin: boolean
  isOwner: boolean
  isGuest: boolean
  isBot: boolean
  /** From another workspace, met through a shared channel. */
  isStranger: boolean
  deleted: boolean
}

/** A channel or direct message. */
export interface FakeChannel {
  readonly id: string
  name: string
  members: string[]
  isExtShared: boolean
  isPrivate: boolean
  isArchived: boolean
  /** A direct message between `members`. */
  isDirect: boolean
}

/** Any JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** A Block Kit object as it was posted; checked, but not typed further. */
export type FakeBlock = JsonObject & { readonly type: string; readonly block_id?: string }

/** A message; `threadTs` = the ts of the message it stands under. */
export interface FakeMessage {
  readonly ts: string
  readonly channel: string
  /** Who said it: a member, or the bot. */
  readonly user: string
  text: string
  blocks: FakeBlock[]
  readonly threadTs?: string
  /** A reply that stands in the channel as well. */
  readonly isBroadcast?: boolean
  metadata?: JsonObject
  editedTs?: string
  readonly postedAt: string
}

/** Seen by `to` only. */
export interface FakeEphemeral extends FakeMessage {
  readonly to: string
}

/** A modal on a person's screen. */
export interface FakeView {
  readonly id: string
  readonly userId: string
  hash: string
  view: JsonObject & { readonly blocks: readonly FakeBlock[] }
  /** Faults shown beside fields, by block_id. */
  errors: Readonly<Record<string, string>>
}

/** A file that somebody put into a form. */
export interface FakeFile {
  readonly id: string
  readonly name: string
  readonly userId: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Opens with the app's token. */
  readonly url: string
}

/** Permission to open one modal. */
export interface FakeTrigger {
  readonly userId: string
  readonly channel: string | undefined
  /** Real time, epoch milliseconds. */
  readonly madeAtMs: number
  used: boolean
}

/** Permission to answer an action a few times. */
export interface FakeResponseUrl {
  readonly userId: string
  readonly channel: string
  readonly threadTs?: string
  /** Real time, epoch milliseconds. */
  readonly madeAtMs: number
  uses: number
}

/** Everything worth keeping when the process ends. */
export interface FakeSlackSnapshot {
  readonly version: 1
  readonly teamId: string
  readonly botId: string
  readonly botUserId: string
  readonly appId: string
  readonly lastTsMicros: number
  readonly members: readonly FakeMember[]
  readonly channels: readonly FakeChannel[]
  readonly messages: readonly FakeMessage[]
  readonly ephemerals: readonly FakeEphemeral[]
  readonly views: readonly FakeView[]
}

/** One call of the product's, or one request of Slack's, as the inspector shows it. */
export interface FakeSlackCall {
  readonly at: string
  readonly kind: 'api' | 'request'
  /** "chat.postMessage"; "block_actions", "event_callback" … */
  readonly name: string
  readonly sent: unknown
  readonly status: number
  readonly answer: unknown
}

/** How a call goes wrong. "lose_answer" does what was asked, and then the answer is lost. */
export type FakeFault =
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'lose_answer' }
