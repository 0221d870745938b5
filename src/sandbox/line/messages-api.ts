import { answer, badRequest, refusal } from './answers.ts'
import { addEntry, type FakeContext, usageMonth } from './context.ts'
import { MONTHLY_LIMIT_REACHED } from './faults.ts'
import { newToken } from './ids.ts'
import { messageFaults } from './message-rules.ts'
import { MessageObject, RETRY_KEY_LIFE_MS } from './state.ts'

/** A parsed call. */
export interface ApiCall {
  readonly method: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** The body as it came. */
  readonly bytes: Uint8Array
  readonly retryKey: string | undefined
}

/** LINE says "about a minute". */
const REPLY_TOKEN_LIFE_MS = 60_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** POST /v2/bot/message/reply: each token once, within a minute, and never with a retry key. */
export function replyMessage(context: FakeContext, { body, retryKey }: ApiCall): Response {
  if (retryKey !== undefined) return refusal(400, 'The X-Line-Retry-Key header is not supported for this endpoint')
  const faults = messageFaults(body.messages)
  if (faults.length > 0) return badRequest(faults)
  const token = typeof body.replyToken === 'string' ? context.state.replyTokens[body.replyToken] : undefined
  const ageMs = token ? context.options.now().getTime() - token.issuedAtMs : Number.POSITIVE_INFINITY
  if (!token || token.used || ageMs > REPLY_TOKEN_LIFE_MS) return refusal(400, 'Invalid reply token')
  token.used = true
  return answer(200, { sentMessages: deliver(context, token.userId, { messages: body.messages, via: 'reply' }) })
}

/** POST /v2/bot/message/push: counted, refused at the monthly limit, once per retry key. */
export function pushMessage(context: FakeContext, { body, retryKey }: ApiCall): Response {
  if (retryKey !== undefined && !UUID.test(retryKey)) return refusal(400, 'Invalid X-Line-Retry-Key')
  const repeated = retryKey === undefined ? undefined : acceptedBefore(context, retryKey)
  if (repeated) return repeated
  const person = typeof body.to === 'string' ? context.state.people[body.to] : undefined
  if (!person && typeof body.to === 'string' && context.options.isElsewhere?.(body.to)) return takeUnseen(body)
  if (!person) return refusal(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
  const faults = messageFaults(body.messages)
  if (faults.length > 0) return badRequest(faults)
  const month = usageMonth(context)
  const used = context.state.usage[month] ?? 0
  if (context.state.monthlyLimit !== null && used >= context.state.monthlyLimit)
    return answer(MONTHLY_LIMIT_REACHED.status, MONTHLY_LIMIT_REACHED.body)
  if (person.status === 'following') context.state.usage[month] = used + 1
  const sent = deliver(context, person.userId, { messages: body.messages, via: 'push' })
  const response = answer(200, { sentMessages: sent })
  if (retryKey !== undefined) remember(context, retryKey, { requestId: requestIdOf(response), sent })
  return response
}

/** To a phone that is not in the sandbox: taken, shown to nobody, and not counted, so that the page's people can still be reached. */
function takeUnseen(body: ApiCall['body']): Response {
  const faults = messageFaults(body.messages)
  return faults.length > 0 ? badRequest(faults) : answer(200, { sentMessages: [] })
}

/** POST /v2/bot/message/validate/…: only says what would be refused. */
export function validateMessages(_context: FakeContext, { body }: ApiCall): Response {
  const faults = messageFaults(body.messages)
  return faults.length > 0 ? badRequest(faults) : answer(200)
}

function acceptedBefore({ state, options }: FakeContext, retryKey: string): Response | undefined {
  const known = state.retryKeys[retryKey.toLowerCase()]
  if (!known || options.now().getTime() - known.atMs > RETRY_KEY_LIFE_MS) return undefined
  const body = { message: 'The retry key is already accepted', sentMessages: known.sent }
  return answer(409, body, { 'x-line-accepted-request-id': known.requestId })
}

function remember({ state, options }: FakeContext, retryKey: string, accepted: { requestId: string; sent: unknown[] }) {
  state.retryKeys[retryKey.toLowerCase()] = { atMs: options.now().getTime(), ...accepted }
}

function requestIdOf(response: Response): string {
  return response.headers.get('x-line-request-id') ?? ''
}

/** LINE answers 200 for someone who blocked the account, and shows them nothing. */
function deliver(context: FakeContext, userId: string, what: { messages: unknown; via: 'reply' | 'push' }) {
  const messages = MessageObject.array().parse(what.messages)
  if (context.state.people[userId]?.status === 'blocked') return messages.map(() => ({ id: '0' }))
  return messages.map((message) => {
    const { id } = addEntry(context, userId, { from: 'account', message, via: what.via })
    return { id, quoteToken: newToken() }
  })
}
