import { randomBytes } from 'node:crypto'
import type {
  FakeChannel,
  FakeEphemeral,
  FakeFile,
  FakeMember,
  FakeMessage,
  FakeResponseUrl,
  FakeSlackCall,
  FakeSlackSnapshot,
  FakeTrigger,
  FakeView
} from './types.ts'

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'

/** An id such as "U0Q8ZK3M2PT": a letter for its kind, then ten that cannot be guessed. */
export function slackId(kind: string): string {
  return kind + Array.from(randomBytes(10), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

const CALLS_KEPT = 500
const BOT_NAME = 'matane'

/** Everything the fake workspace knows. `now` is the time that messages show; triggers and URLs use real time. */
export class FakeState {
  readonly members = new Map<string, FakeMember>()
  readonly channels = new Map<string, FakeChannel>()
  readonly triggers = new Map<string, FakeTrigger>()
  readonly responseUrls = new Map<string, FakeResponseUrl>()
  /** Gone when the process ends, as files are that nobody keeps. */
  readonly files = new Map<string, FakeFile>()
  readonly listeners = new Set<() => void>()
  readonly calls: FakeSlackCall[] = []
  readonly now: () => Date
  readonly nowMs: () => number
  messages: FakeMessage[] = []
  ephemerals: FakeEphemeral[] = []
  views: FakeView[] = []
  ids = { teamId: slackId('T'), botId: slackId('B'), botUserId: slackId('U'), appId: slackId('A') }
  #lastTsMicros = 0

  constructor(clock: { now: () => Date; nowMs: () => number }) {
    this.now = clock.now
    this.nowMs = clock.nowMs
    this.addBot()
  }

  private addBot(): void {
    const flags = { isAdmin: false, isOwner: false, isGuest: false, isStranger: false, deleted: false }
    const { botUserId: id, teamId } = this.ids
    this.members.set(id, { id, name: BOT_NAME, locale: 'ja-JP', teamId, ...flags, isBot: true })
  }

  /** Seconds and microseconds; later than every one before. */
  nextTs(): string {
    this.#lastTsMicros = Math.max(this.#lastTsMicros + 1, this.now().getTime() * 1000)
    return tsOf(this.#lastTsMicros)
  }

  changed(): void {
    for (const listener of this.listeners) listener()
  }

  record(call: FakeSlackCall): void {
    this.calls.push(call)
    if (this.calls.length > CALLS_KEPT) this.calls.shift()
  }

  message(channel: string, ts: string): FakeMessage | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts)
  }

  trigger(userId: string, channel: string | undefined): string {
    const id = `${this.nowMs()}.${slackId('').toLowerCase()}`
    this.triggers.set(id, { userId, channel, madeAtMs: this.nowMs(), used: false })
    return id
  }

  snapshot(): FakeSlackSnapshot {
    return structuredClone({
      version: 1,
      ...this.ids,
      lastTsMicros: this.#lastTsMicros,
      members: [...this.members.values()],
      channels: [...this.channels.values()],
      messages: this.messages,
      ephemerals: this.ephemerals,
      views: this.views
    })
  }

  restore(snapshot: FakeSlackSnapshot): void {
    const { teamId, botId, botUserId, appId, members, channels, messages, ephemerals, views } =
      structuredClone(snapshot)
    this.ids = { teamId, botId, botUserId, appId }
    this.#lastTsMicros = snapshot.lastTsMicros
    this.members.clear()
    for (const member of members) this.members.set(member.id, member)
    this.channels.clear()
    for (const channel of channels) this.channels.set(channel.id, channel)
    this.messages = [...messages]
    this.ephemerals = [...ephemerals]
    this.views = [...views]
    this.changed()
  }
}

function tsOf(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`
}
