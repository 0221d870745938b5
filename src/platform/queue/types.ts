import type { Tx } from '../db/index.ts'
import type { Scope } from '../scope.ts'
import type { Work } from '../work.ts'

/** Where messages are sent to. "line-menu" tells LINE which menu somebody sees: it has no words, and holds up none. */
export type Channel = 'line' | 'slack' | 'webhook' | 'line-menu'

/** Where rows lie: the inbox, or a channel's part of the outbox. */
export type Place = 'inbox' | Channel

/** Something the outside world told us, to be stored before it is acknowledged. */
export interface InboxEvent {
  /** "line", "slack", "timer". */
  readonly source: string
  /** The source's own id: the same event told twice is kept once. */
  readonly eventId: string
  /** Events of one key are handled one after another, by `occurredAt`. */
  readonly key: string
  readonly occurredAt: Date
  /** The event as it came, as text. Sealed in the store. */
  readonly body: string
  /** Kept for people to look at and never handled: it could not be understood. */
  readonly quarantined?: true
}

/** An inbox row in hand. */
export interface InboxRow extends InboxEvent {
  /** When it was stored, by the database's clock. */
  readonly receivedAt: Date
  readonly attempts: number
}

/** Handles the events of one source. A throw gives the event back, to be tried again later. */
export interface InboxConsumer {
  readonly source: string
  /** What needs the network, before the transaction. */
  readonly prepare?: (scope: Scope, row: InboxRow) => Promise<unknown>
  /** How long that may take, when it is longer than the engine's patience. */
  readonly prepareTimeoutMs?: number
  /** The event's whole effect, in the transaction that also marks the row done. */
  readonly handle: (work: Work, row: InboxRow, prepared: unknown) => Promise<void>
}

/**
 * An event that cannot be handled however often it is tried: thrown by a consumer, it is laid aside at once. The message is
 * kept and shown, so it quotes nothing that people wrote.
 */
export class EventRefused extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'EventRefused'
  }
}

/** What a unit of work returned, and where it put rows. */
export interface WorkDone<T> {
  readonly value: T
  readonly told: readonly Place[]
}

/** Runs one unit of work inside a transaction that the caller began, and puts what was told into the outbox. */
export type RunWork = <T>(tx: Tx, cause: string, work: (work: Work) => Promise<T>) => Promise<WorkDone<T>>

/** One earlier try to send a row. "unknown" = the answer never came: it may have been delivered. */
export interface Attempt {
  readonly method: string
  readonly result: 'unknown' | 'accepted' | 'refused'
  readonly status: number | undefined
  readonly detail: string | undefined
  readonly startedAt: Date
}

/** An outbox row in hand, to be sent. */
export interface OutboxRow {
  /** UUIDv5 of the cause: LINE's retry key, Slack's metadata. */
  readonly id: string
  readonly key: string
  readonly customerId: string | undefined
  readonly cause: string
  /** JSON as the channel's sender wrote it. */
  readonly payload: string
  readonly attempts: number
  readonly createdAt: Date
  /** Oldest first. */
  readonly earlier: readonly Attempt[]
}

/**
 * Records the attempt, then makes the call, then records how it ended: accepted when it returns, refused when it throws
 * a DeliveryError with `answered`, unknown when the answer was lost or the process died.
 */
export type RecordAttempt = <T>(method: string, call: () => Promise<T>) => Promise<T>

/**
 * Sent (or rightly not sent: `outcome` says which), or to be left alone until a business time. A parked row does not
 * hold up later rows of its key.
 */
export type SendOutcome = { readonly outcome: string } | { readonly parkUntil: Date; readonly reason: string }

/** Sends the rows of one channel. Throws DeliveryError; anything else it throws counts as "try later". */
export interface Sender {
  readonly channel: Channel
  send(scope: Scope, row: OutboxRow, attempt: RecordAttempt): Promise<SendOutcome>
}

/** A channel said no, or did not answer. */
export class DeliveryError extends Error {
  readonly retry: 'never' | 'later'
  readonly retryAfterSeconds: number | undefined
  /** Whether the channel answered at all; false = it may have accepted the message. */
  readonly answered: boolean
  readonly status: number | undefined
  /** Whether it was a try at all: not when the channel was not even asked, because others have their turn first. */
  readonly counts: boolean

  constructor(
    message: string,
    how: {
      readonly retry: 'never' | 'later'
      readonly answered: boolean
      readonly retryAfterSeconds?: number
      readonly status?: number
      readonly cause?: unknown
      /** Default true. */
      readonly counts?: boolean
    }
  ) {
    super(message, { cause: how.cause })
    this.name = 'DeliveryError'
    this.retry = how.retry
    this.answered = how.answered
    this.retryAfterSeconds = how.retryAfterSeconds
    this.status = how.status
    this.counts = how.counts ?? true
  }
}
