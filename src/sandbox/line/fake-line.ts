import { createHash } from 'node:crypto'
import { answerApi } from './api.ts'
import { type CallRecord, type FakeContext, type FakeLineOptions, personOf } from './context.ts'
import { createFaults, type Faults } from './faults.ts'
import { newUserId } from './ids.ts'
import { block, follow, linkAccount, say, sendSticker, type Tapped, tap, unsend } from './phone.ts'
import { richMenuOf } from './rich-menus.ts'
import { type ChatEntry, emptyState, FakeLineState, type Person, type RichMenu } from './state.ts'
import { redeliver, type Sent, sendBody } from './webhooks.ts'

const KEPT_CALLS = 500

/** A LINE platform of our own: the API the product calls, the webhooks it gets, and the phones of its people. */
export interface FakeLine {
  /** LINE's API, at an origin's root. */
  fetch(request: Request): Promise<Response>
  /** A stranger at first: `follow` adds the account. Known ids are kept as they are. */
  addPerson(person: { userId?: string; displayName: string; language: string }): Person
  people(): readonly Person[]
  follow(userId: string): Promise<Sent>
  block(userId: string): Promise<Sent>
  say(userId: string, text: string): Promise<Sent & { messageId: string }>
  sendSticker(userId: string): Promise<Sent & { messageId: string }>
  /** `date` is the day that is picked, where the action opens a calendar. */
  tap(userId: string, action: unknown, date?: string): Promise<Tapped>
  unsend(userId: string, messageId: string): Promise<Sent>
  /** Ends an account link at LINE's page; undefined when LINE refuses it. */
  linkAccount(userId: string, url: string): Promise<Sent | undefined>
  /** Sends an event again, marked as redelivery. */
  redeliver(webhookEventId: string): Promise<Sent>
  /** Ids of the events that were not answered with 2xx. */
  undelivered(): readonly string[]
  /** Posts any events in one signed webhook; answers the status. */
  sendEvents(events: readonly unknown[]): Promise<number>
  /** Posts any body; signed unless another signature is given. */
  sendBody(body: string | Uint8Array, signature?: string): Promise<number>
  /** As the phone shows it: quick replies only under the newest message. */
  chat(userId: string): readonly ChatEntry[]
  /** The menu below a person's chat; undefined = none. */
  richMenu(userId: string): RichMenu | undefined
  /** A menu's picture, a PNG. */
  richMenuPicture(richMenuId: string): Uint8Array | undefined
  readonly faults: Faults
  /** Pushes a month; null = no limit. */
  setMonthlyLimit(limit: number | null): void
  /** The newest calls, oldest first. */
  calls(): readonly CallRecord[]
  snapshot(): FakeLineState
  /** Takes what `snapshot` gave, also after JSON; throws on anything else. */
  restore(snapshot: unknown): void
  /** Called after every change; returns how to stop it. */
  onChange(listener: () => void): () => void
}

/** Makes a fake LINE; see FakeLineOptions. */
export function createFakeLine(options: FakeLineOptions): FakeLine {
  const listeners = new Set<() => void>()
  const calls: CallRecord[] = []
  const faults = createFaults()
  const context: FakeContext = {
    options,
    botUserId: `U${createHash('sha256').update(options.channelSecret).digest('hex').slice(0, 32)}`,
    faults,
    pictures: new Map(),
    state: emptyState(options.webhookUrl ?? 'http://127.0.0.1:3000/line/webhook'),
    record(call) {
      calls.push(call)
      calls.splice(0, calls.length - KEPT_CALLS)
      options.onCall?.(call)
    },
    changed() {
      for (const listener of listeners) listener()
    }
  }
  return {
    fetch: (request) => answerApi(context, request),
    ...phones(context),
    redeliver: (webhookEventId) => redeliver(context, webhookEventId),
    undelivered: () => undelivered(context.state),
    sendEvents: (events) => sendBody(context, JSON.stringify({ destination: context.botUserId, events })),
    sendBody: (body, signature) => sendBody(context, body, signature),
    richMenu: (userId) => richMenuOf(context, userId),
    richMenuPicture: (richMenuId) => context.pictures.get(richMenuId),
    faults,
    setMonthlyLimit(limit) {
      context.state.monthlyLimit = limit
      context.changed()
    },
    calls: () => [...calls],
    snapshot: () => structuredClone(context.state),
    restore(snapshot) {
      context.state = FakeLineState.parse(structuredClone(snapshot))
      context.changed()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}

type Phones =
  | ('addPerson' | 'people' | 'chat')
  | ('follow' | 'block' | 'say' | 'sendSticker' | 'tap' | 'unsend' | 'linkAccount')

function phones(context: FakeContext): Pick<FakeLine, Phones> {
  return {
    addPerson: (person) => addPerson(context, person),
    people: () => Object.values(context.state.people),
    follow: async (userId) => follow(context, userId),
    block: async (userId) => block(context, userId),
    say: async (userId, text) => say(context, userId, text),
    sendSticker: async (userId) => sendSticker(context, userId),
    tap: (userId, action, date) => tap(context, userId, { action, date }),
    linkAccount: (userId, url) => linkAccount(context, userId, url),
    unsend: async (userId, messageId) => unsend(context, userId, messageId),
    chat: (userId) => personOf(context, userId).chat.map(withoutOldQuickReplies)
  }
}

function addPerson(context: FakeContext, person: { userId?: string; displayName: string; language: string }): Person {
  const { userId = newUserId(), displayName, language } = person
  const added = context.state.people[userId] ?? { userId, displayName, language, status: 'stranger', chat: [] }
  context.state.people[userId] = added
  context.changed()
  return added
}

function undelivered(state: FakeLineState): string[] {
  return Object.entries(state.events).flatMap(([id, { status }]) => (status >= 200 && status < 300 ? [] : [id]))
}

/** Any newer message takes the quick replies away. */
function withoutOldQuickReplies(entry: ChatEntry, index: number, chat: readonly ChatEntry[]): ChatEntry {
  if (index === chat.length - 1 || !('quickReply' in entry.message)) return entry
  const { quickReply: _gone, ...message } = entry.message
  return { ...entry, message }
}
