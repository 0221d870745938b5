import type { KnownBlock } from '@slack/types'

/** A record that has a card in the alert channel, such as a follow-up. */
export interface RecordRef {
  readonly type: string
  readonly id: string
}

/** What a unit of work wants to show in Slack. The sender works out how: post, update, or post again what was deleted. */
export type SlackIntent =
  /** Show the record as it is when the message goes out. */
  | { readonly kind: 'card'; readonly record: RecordRef }
  /** Say something in the thread under the record's card; `toAll` = in the channel as well. */
  | {
      readonly kind: 'thread'
      readonly record: RecordRef
      readonly text: string
      readonly toAll?: boolean
      readonly blocks?: readonly KnownBlock[]
    }
  /** The record was erased: show it as it is now, and make all that was said under its card say `text` instead. */
  | { readonly kind: 'forget'; readonly record: RecordRef; readonly text: string }
  /** A message of its own in the alert channel. `name` makes it one of a kind ("quota:2026-11"): said once, ever. */
  | { readonly kind: 'notice'; readonly name: string; readonly text: string; readonly blocks?: readonly KnownBlock[] }
  /** Say something in any thread: an answer to a mention. */
  | {
      readonly kind: 'reply'
      readonly channel: string
      readonly threadTs: string
      readonly text: string
      readonly blocks?: readonly KnownBlock[]
    }
  /** The same, seen by one person only; without `threadTs` in the channel itself. */
  | {
      readonly kind: 'whisper'
      readonly channel: string
      readonly threadTs?: string
      readonly userId: string
      readonly text: string
      readonly blocks?: readonly KnownBlock[]
    }

/** Intents of one key are sent one after another, in the order in which they were told: the outbox key. */
export function intentKey(intent: SlackIntent): string {
  switch (intent.kind) {
    case 'card':
    case 'thread':
    case 'forget':
      return `${intent.record.type}:${intent.record.id}`
    case 'notice':
      return 'notice'
    case 'reply':
    case 'whisper':
      return `slack:${intent.channel}:${intent.threadTs ?? ''}`
  }
}

/** How a record looks now. `version` grows with every change, so that an older look never covers a newer one. */
export interface Card {
  readonly version: number
  /** For notifications and screen readers. */
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}
