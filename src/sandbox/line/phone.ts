import { z } from 'zod'
import { addEntry, type FakeContext, personOf } from './context.ts'
import { newToken } from './ids.ts'
import { LINK_TOKEN_LIFE_MS } from './state.ts'
import { type Sent, sendEvent } from './webhooks.ts'

/** The actions a phone can carry out: what buttons and quick replies hold. */
const TapAction = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('postback'), data: z.string(), displayText: z.string().optional() }),
  z.looseObject({
    type: z.literal('datetimepicker'),
    data: z.string(),
    min: z.string().optional(),
    max: z.string().optional()
  }),
  z.looseObject({ type: z.literal('message'), text: z.string() }),
  z.looseObject({ type: z.literal('uri'), uri: z.string() })
])

/** What a tap led to: a webhook, or an address that the phone opens (`prefill`: a text for the person to send). */
export type Tapped =
  | { readonly kind: 'sent'; readonly sent: Sent }
  | { readonly kind: 'opened'; readonly uri: string; readonly prefill: string | undefined }

/** Adds the account; after a block it is unblocked. */
export function follow(context: FakeContext, userId: string): Promise<Sent> {
  const person = personOf(context, userId)
  const isUnblocked = person.status === 'blocked'
  person.status = 'following'
  context.changed()
  return sendEvent(context, { type: 'follow', userId, replyable: true, details: { follow: { isUnblocked } } })
}

export function block(context: FakeContext, userId: string): Promise<Sent> {
  personOf(context, userId).status = 'blocked'
  context.changed()
  return sendEvent(context, { type: 'unfollow', userId, replyable: false })
}

/** Types a text. */
export function say(context: FakeContext, userId: string, text: string): Promise<Sent & { messageId: string }> {
  return sendMessage(context, userId, { type: 'text', text })
}

export function sendSticker(context: FakeContext, userId: string): Promise<Sent & { messageId: string }> {
  const message = { type: 'sticker', packageId: '446', stickerId: '1988', stickerResourceType: 'STATIC' }
  return sendMessage(context, userId, message)
}

/** Taps a button or a quick reply, however old. `action` is the action object as the account sent it; `date` what is picked. */
export async function tap(
  context: FakeContext,
  userId: string,
  { action, date }: { readonly action: unknown; readonly date?: string | undefined }
): Promise<Tapped> {
  const tapped = TapAction.parse(action)
  if (tapped.type === 'uri') return { kind: 'opened', uri: tapped.uri, prefill: prefillOf(tapped.uri) }
  if (tapped.type === 'message') return { kind: 'sent', sent: await say(context, userId, tapped.text) }
  requireFriend(context, userId)
  if (tapped.type === 'datetimepicker') return { kind: 'sent', sent: await pick(context, userId, { ...tapped, date }) }
  if (tapped.displayText)
    addEntry(context, userId, { from: 'person', message: { type: 'text', text: tapped.displayText } })
  const details = { postback: { data: tapped.data } }
  return { kind: 'sent', sent: await sendEvent(context, { type: 'postback', userId, replyable: true, details }) }
}

/** Picks a day in the calendar that a button opened: nothing of it appears in the chat, as in LINE. */
function pick(
  context: FakeContext,
  userId: string,
  {
    data,
    date = '',
    min = '',
    max = '9'
  }: { data: string; date?: string | undefined; min?: string | undefined; max?: string | undefined }
): Promise<Sent> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < min || date > max)
    throw new Error(`The calendar has no day "${date}"`)
  const details = { postback: { data, params: { date } } }
  return sendEvent(context, { type: 'postback', userId, replyable: true, details })
}

/**
 * Opens the page at which LINE ends an account link, as the browser of the person does that came from the shop's login.
 * Undefined when LINE refuses it: a token of somebody else's, a used or an old one, a nonce that is too short.
 */
export async function linkAccount(context: FakeContext, userId: string, url: string): Promise<Sent | undefined> {
  const { origin, pathname, searchParams } = new URL(url)
  const [token, nonce] = [searchParams.get('linkToken') ?? '', searchParams.get('nonce') ?? '']
  const issued = context.state.linkTokens[token]
  const isOurs = `${origin}${pathname}` === 'https://access.line.me/dialog/bot/accountLink'
  const isFresh = issued && context.options.now().getTime() - issued.issuedAtMs <= LINK_TOKEN_LIFE_MS
  if (!isOurs || !isFresh || issued.userId !== userId || nonce.length < 10 || nonce.length > 255) return undefined
  delete context.state.linkTokens[token]
  return sendEvent(context, {
    type: 'accountLink',
    userId,
    replyable: true,
    details: { link: { result: 'ok', nonce } }
  })
}

/** Takes a message back: it disappears from the chat. */
export function unsend(context: FakeContext, userId: string, messageId: string): Promise<Sent> {
  const entry = personOf(context, userId).chat.find(({ id, from }) => id === messageId && from === 'person')
  if (!entry) throw new Error(`No message ${messageId} of this person in the fake LINE`)
  entry.unsent = true
  entry.message = { type: 'text', text: '' }
  context.changed()
  return sendEvent(context, { type: 'unsend', userId, replyable: false, details: { unsend: { messageId } } })
}

async function sendMessage(
  context: FakeContext,
  userId: string,
  message: { type: string; [field: string]: unknown }
): Promise<Sent & { messageId: string }> {
  requireFriend(context, userId)
  const { id } = addEntry(context, userId, { from: 'person', message })
  const details = { message: { ...message, id, quoteToken: newToken() } }
  return { messageId: id, ...(await sendEvent(context, { type: 'message', userId, replyable: true, details })) }
}

function requireFriend(context: FakeContext, userId: string): void {
  const { status, displayName } = personOf(context, userId)
  if (status === 'blocked') throw new Error(`${displayName} has blocked the account: unblock it first`)
}

/** https://line.me/R/oaMessage/{id}/?{text} opens the chat with the text ready to be sent. */
function prefillOf(uri: string): string | undefined {
  const [, text] = /^https:\/\/line\.me\/R\/oaMessage\/[^/]+\/\?(.+)$/.exec(uri) ?? []
  return text === undefined ? undefined : decodeURIComponent(text)
}
