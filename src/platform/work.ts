import type { FieldCipher, Tx } from './db/index.ts'
import type { LineAction } from './line/actions.ts'
import type { LineMessage } from './line/message.ts'
import type { PersonalData } from './personal-data.ts'
import type { InboxEvent } from './queue/types.ts'
import type { Log } from './scope.ts'
import type { SlackIntent } from './slack/intent.ts'
import type { WebhookIntent } from './webhook/intent.ts'

/** Something that happened to a customer, as stored in the event table. `properties` never hold personal text. */
export interface Fact {
  readonly customerId: string
  /** "stamp.granted", "visit", "survey.answered", … */
  readonly name: string
  readonly at: Date
  /** Who says so ("line", "demo", "pos"), and its own unique id for it. */
  readonly source: string
  readonly sourceId: string
  readonly shop?: string
  readonly properties: Readonly<Record<string, string | number | boolean | null>>
}

/** A customer whose figures have just changed: visits, orders, what they spent. */
export interface FiguresChange {
  readonly customerId: string
  /** When the latest happened of what changed them; long ago where history is imported. */
  readonly at: Date
}

/**
 * One unit of work: one transaction and what it will send. Nothing leaves before the commit, nothing is sent twice:
 * messages become outbox rows named after `cause`, in the same transaction.
 */
export interface Work {
  readonly tx: Tx
  readonly cipher: FieldCipher
  /** Business time at which the work began. */
  readonly now: Date
  /** Business days begin at this zone's midnights. */
  readonly timeZone: string
  /** Where links in messages lead by, so that taps can be counted; undefined = they lead straight on. See Scope. */
  readonly linksAt?: string | undefined
  readonly log: Log
  /** Unique name of what caused this work: "line:<webhookEventId>", "timer:<name>@<due>", "slack:<action>". */
  readonly cause: string
  /** What the rooms keep about customers; rooms that stand on others come first. */
  readonly personalData: readonly PersonalData[]
  /** Messages for a customer, in order. They ride on the reply token when the customer has just written, else are pushed. */
  tell(customerId: string, messages: readonly LineMessage[]): void
  /**
   * Buttons that must stay in reach (1–13): they go under the last message for this customer, if this work tells them
   * anything, because a newer message hides the buttons of older ones.
   */
  offer(customerId: string, buttons: readonly LineAction[]): void
  /** Lets what is told to this customer in this work go out as a reply. `receivedAt` is real time, not business time. */
  replyWith(customerId: string, reply: ReplyToken): void
  /**
   * The menu below this customer's chat is to be the one that is theirs, which is looked up when this work is committed. Says
   * nothing to anybody.
   */
  refreshMenu(customerId: string): void
  /** Something to post or update in Slack. */
  slack(intent: SlackIntent): void
  /** Something to tell another system. */
  webhook(intent: WebhookIntent): void
  /** Tells the features that listen for `fact.name`, within this transaction. Call through events' recordFact. */
  announce(fact: Fact): Promise<void>
  /** Whether any feature listens for facts of this name. */
  hears(name: string): boolean
  /**
   * Lets the features look at customers whose figures have changed, many at once, and answers the facts that come of it,
   * which are yet to be recorded. Call through events' recordEvents.
   */
  figuresChanged(changes: readonly FiguresChange[]): Promise<Fact[]>
  /** Something to be done in a unit of work of its own, as soon as this one is committed: the consumer of its source does it. */
  later(event: InboxEvent): void
}

/** LINE's permission to answer for free: one use, within about a minute of `receivedAt`. */
export interface ReplyToken {
  readonly token: string
  readonly receivedAt: Date
}

/** Runs one unit of work: begins, calls, stores what was told, commits, wakes the senders. A throw undoes all of it. */
export type Perform = <T>(cause: string, work: (work: Work) => Promise<T>) => Promise<T>
