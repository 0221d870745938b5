import { z } from 'zod'

/** A message object of LINE's, as it was sent or as the person's phone made it. */
export const MessageObject = z.looseObject({ type: z.string() })

/** One line of a chat. `at` is an ISO instant; `via` says how the account sent it. */
export const ChatEntry = z.object({
  id: z.string(),
  at: z.string(),
  from: z.enum(['person', 'account']),
  message: MessageObject,
  via: z.enum(['reply', 'push']).optional(),
  unsent: z.literal(true).optional()
})
export type ChatEntry = z.infer<typeof ChatEntry>

/** Someone with a LINE account. A stranger has never added the shop's account. */
export const Person = z.object({
  userId: z.string(),
  displayName: z.string(),
  language: z.string(),
  status: z.enum(['stranger', 'following', 'blocked']),
  chat: z.array(ChatEntry)
})
export type Person = z.infer<typeof Person>

/** A webhook event that was sent, and how it was answered (0 = not at all). */
export const SentEvent = z.object({ event: z.looseObject({ webhookEventId: z.string() }), status: z.int() })
export type SentEvent = z.infer<typeof SentEvent>

/** A menu below the chat: its size, its bar, and what a tap in each part of it does. Its picture is kept apart. */
export const RichMenu = z.object({
  richMenuId: z.string(),
  size: z.object({ width: z.number(), height: z.number() }),
  selected: z.boolean(),
  name: z.string(),
  chatBarText: z.string(),
  areas: z.array(
    z.object({
      bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
      action: MessageObject
    })
  )
})
export type RichMenu = z.infer<typeof RichMenu>

/** Everything the fake remembers, as plain JSON. */
export const FakeLineState = z.object({
  people: z.record(z.string(), Person),
  replyTokens: z.record(z.string(), z.object({ userId: z.string(), issuedAtMs: z.number(), used: z.boolean() })),
  linkTokens: z.record(z.string(), z.object({ userId: z.string(), issuedAtMs: z.number() })).default({}),
  retryKeys: z.record(z.string(), z.object({ atMs: z.number(), requestId: z.string(), sent: z.array(z.unknown()) })),
  events: z.record(z.string(), SentEvent),
  /** Pushes by month, "2026-11". */
  usage: z.record(z.string(), z.int()),
  /** Null = no limit. */
  monthlyLimit: z.int().nullable(),
  richMenus: z.record(z.string(), RichMenu).default({}),
  defaultRichMenu: z.string().nullable().default(null),
  /** Menus by the user id of whom they belong to. */
  richMenuLinks: z.record(z.string(), z.string()).default({}),
  webhookUrl: z.string()
})
export type FakeLineState = z.infer<typeof FakeLineState>

export const LINK_TOKEN_LIFE_MS = 600_000
export const RETRY_KEY_LIFE_MS = 24 * 3_600_000
const KEPT_EVENTS = 1000

export function emptyState(webhookUrl: string): FakeLineState {
  return {
    people: {},
    replyTokens: {},
    linkTokens: {},
    retryKeys: {},
    events: {},
    usage: {},
    monthlyLimit: null,
    richMenus: {},
    defaultRichMenu: null,
    richMenuLinks: {},
    webhookUrl
  }
}

/** Forgets what no longer matters: spent tokens, old retry keys, all but the newest events. */
export function prune(state: FakeLineState, nowMs: number): void {
  for (const [token, { issuedAtMs }] of Object.entries(state.replyTokens))
    if (nowMs - issuedAtMs > RETRY_KEY_LIFE_MS) delete state.replyTokens[token]
  for (const [token, { issuedAtMs }] of Object.entries(state.linkTokens))
    if (nowMs - issuedAtMs > LINK_TOKEN_LIFE_MS) delete state.linkTokens[token]
  for (const [key, { atMs }] of Object.entries(state.retryKeys))
    if (nowMs - atMs > RETRY_KEY_LIFE_MS) delete state.retryKeys[key]
  for (const id of Object.keys(state.events).sort().slice(0, -KEPT_EVENTS)) delete state.events[id]
}
