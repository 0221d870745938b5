import type { Database } from './db/index.ts'

export type LogData = Readonly<Record<string, unknown>>

/** Structured log; data is scrubbed of secrets and personal text before it is written. */
export interface Log {
  info(message: string, data?: LogData): void
  warn(message: string, data?: LogData): void
  error(message: string, data?: LogData): void
}

/**
 * Everything one piece of work may use. Node makes one for the process; Workers one per request, because a database
 * connection must not be shared between their requests.
 */
export interface Scope {
  readonly db: Database
  /** Business time ("30 days later", quiet hours): tests and the sandbox can move it. Leases use database time. */
  now(): Date
  /** Business days begin at this zone's midnights ("Asia/Tokyo"). */
  readonly timeZone: string
  /**
   * An address of this server that customers reach ("https://matane.example.com"), by which links in messages go so that
   * taps can be counted. Undefined = there is none, and links lead straight to where they go.
   */
  readonly linksAt?: string | undefined
  readonly log: Log
  /** Keeps work alive after the response has gone out. */
  waitUntil(work: Promise<unknown>): void
}
