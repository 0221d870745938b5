import type { createFaults, Faults } from './faults.ts'
import { newMessageId } from './ids.ts'
import { type ChatEntry, type FakeLineState, type Person, prune } from './state.ts'

/** A call between the product and LINE, for the inspector. Bodies are parsed JSON where they are JSON. */
export interface CallRecord {
  /** "api": the product called LINE. "webhook": LINE called the product. */
  readonly kind: 'api' | 'webhook'
  readonly at: Date
  readonly method: string
  readonly path: string
  readonly request: unknown
  /** 0 = no answer. */
  readonly status: number
  readonly response: unknown
  readonly durationMs: number
}

export interface FakeLineOptions {
  readonly channelSecret: string
  readonly accessToken: string
  /** The account's basic id, with its @. */
  readonly botId: string
  /** Calls the product's webhook. */
  deliver(request: Request): Promise<Response>
  /** Real time: reply tokens and retry keys age by it. */
  now(): Date
  /** The calendar by which the monthly limit counts. Default: `now`. */
  readonly calendar?: () => Date
  /** Whether a user id is somebody's whose phone is not shown: pushes to them are taken. Default: nobody's. */
  readonly isElsewhere?: (userId: string) => boolean
  /** Where webhooks are addressed to. Default http://127.0.0.1:3000/line/webhook; `deliver` may send them elsewhere. */
  readonly webhookUrl?: string
  readonly onCall?: (record: CallRecord) => void
}

/** What the parts of the fake share. */
export interface FakeContext {
  readonly options: FakeLineOptions
  /** The account's own user id, "destination" of webhooks. */
  readonly botUserId: string
  readonly faults: Faults & ReturnType<typeof createFaults>
  state: FakeLineState
  /** Pictures of rich menus. Not remembered over a restart: whoever brings the menus puts them on again. */
  readonly pictures: Map<string, Uint8Array>
  record(call: CallRecord): void
  changed(): void
}

/** The person, who must exist. */
export function personOf({ state }: FakeContext, userId: string): Person {
  const person = state.people[userId]
  if (!person) throw new Error(`No person ${userId} in the fake LINE`)
  return person
}

/** Writes a line into a chat. */
export function addEntry(
  context: FakeContext,
  userId: string,
  entry: Pick<ChatEntry, 'from' | 'message' | 'via'>
): ChatEntry {
  const now = context.options.now()
  const added = { id: newMessageId(now.getTime()), at: now.toISOString(), ...entry }
  personOf(context, userId).chat.push(added)
  prune(context.state, now.getTime())
  context.changed()
  return added
}

/** The quota month of the fake's calendar, in Japan. */
export function usageMonth({ options }: FakeContext): string {
  const at = (options.calendar ?? options.now)()
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at).slice(0, 7)
}
