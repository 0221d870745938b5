import { answer, badRequest, refusal } from './answers.ts'
import { type FakeContext, usageMonth } from './context.ts'
import { brokenAnswer } from './faults.ts'
import { newToken } from './ids.ts'
import { type ApiCall, pushMessage, replyMessage, validateMessages } from './messages-api.ts'
import { answerRichMenu } from './rich-menus.ts'
import { sendBody } from './webhooks.ts'

type Endpoint = (context: FakeContext, call: ApiCall) => Response | Promise<Response>

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'POST /v2/bot/message/reply': replyMessage,
  'POST /v2/bot/message/push': pushMessage,
  'POST /v2/bot/message/validate/reply': validateMessages,
  'POST /v2/bot/message/validate/push': validateMessages,
  'POST /v2/bot/chat/loading/start': () => answer(202),
  'GET /v2/bot/message/quota': ({ state }) =>
    answer(200, state.monthlyLimit === null ? { type: 'none' } : { type: 'limited', value: state.monthlyLimit }),
  'GET /v2/bot/message/quota/consumption': (context) =>
    answer(200, { totalUsage: context.state.usage[usageMonth(context)] ?? 0 }),
  'GET /v2/bot/info': ({ options, botUserId }) =>
    answer(200, {
      userId: botUserId,
      basicId: options.botId,
      displayName: '喫茶またね',
      chatMode: 'bot',
      markAsReadMode: 'auto'
    }),
  'GET /v2/bot/channel/webhook/endpoint': ({ state }) => answer(200, { endpoint: state.webhookUrl, active: true }),
  'PUT /v2/bot/channel/webhook/endpoint': setWebhook,
  'POST /v2/bot/channel/webhook/test': testWebhook
}
const LINK_TOKEN = /^POST \/v2\/bot\/user\/([^/]+)\/linkToken$/
const PROFILE = /^GET \/v2\/bot\/profile\/([^/]+)$/

/** Answers a call to LINE's API as LINE would, planned faults first. */
export async function answerApi(context: FakeContext, request: Request): Promise<Response> {
  const startedAt = performance.now()
  const { pathname: path } = new URL(request.url)
  const bytes = new Uint8Array(await request.arrayBuffer())
  const retryKey = request.headers.get('x-line-retry-key') ?? undefined
  const call = { method: request.method, path, body: objectIn(bytes), bytes, retryKey }
  const response = await faulty(context, request, call)
  // Nothing to read: the answer was held back or lost.
  const said = await jsonOf(response.clone())
  context.record({
    kind: 'api',
    at: context.options.now(),
    method: call.method,
    path,
    request: call.body,
    status: said === undefined ? 0 : response.status,
    response: said,
    durationMs: performance.now() - startedAt
  })
  return response
}

async function faulty(context: FakeContext, request: Request, call: ApiCall): Promise<Response> {
  const fault = context.faults.take(call.path)
  if (fault === 'hang') return context.faults.hang(request.signal)
  if (fault === 'lose-answer') return brokenAnswer(await authorised(context, request, call))
  if (fault) return answer(fault.status, fault.body, fault.headers)
  return authorised(context, request, call)
}

async function authorised(context: FakeContext, request: Request, call: ApiCall): Promise<Response> {
  if (request.headers.get('authorization') !== `Bearer ${context.options.accessToken}`)
    return refusal(401, 'Authentication failed. Confirm that the access token in the authorization header is valid.')
  const route = `${call.method} ${call.path}`
  const [, linking] = LINK_TOKEN.exec(route) ?? []
  if (linking) return linkToken(context, decodeURIComponent(linking))
  const [, userId] = PROFILE.exec(route) ?? []
  if (userId) return profile(context, decodeURIComponent(userId))
  return ENDPOINTS[route]?.(context, call) ?? answerRichMenu(context, call) ?? refusal(404, 'Not found')
}

function profile({ state }: FakeContext, userId: string): Response {
  const person = state.people[userId]
  if (!person || person.status === 'blocked') return refusal(404, 'Not found')
  const { displayName, language } = person
  return answer(200, { userId, displayName, language })
}

function linkToken(context: FakeContext, userId: string): Response {
  if (!context.state.people[userId]) return refusal(404, 'Not found')
  const token = newToken()
  context.state.linkTokens[token] = { userId, issuedAtMs: context.options.now().getTime() }
  context.changed()
  return answer(200, { linkToken: token })
}

function setWebhook(context: FakeContext, { body }: ApiCall): Response {
  if (typeof body.endpoint !== 'string' || !URL.canParse(body.endpoint))
    return badRequest([{ message: 'Invalid webhook endpoint URL', property: 'endpoint' }])
  context.state.webhookUrl = body.endpoint
  context.changed()
  return answer(200)
}

async function testWebhook(context: FakeContext): Promise<Response> {
  const statusCode = await sendBody(context, JSON.stringify({ destination: context.botUserId, events: [] }))
  const success = statusCode >= 200 && statusCode < 300
  const reason = success ? 'OK' : statusCode === 0 ? 'COULD_NOT_CONNECT' : 'ERROR_STATUS_CODE'
  return answer(200, {
    success,
    timestamp: context.options.now().toISOString(),
    statusCode,
    reason,
    detail: String(statusCode)
  })
}

function objectIn(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return value !== null && typeof value === 'object' ? { ...value } : {}
  } catch {
    return {}
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  if (response.headers.get('content-type') === 'image/png') return '(PNG)'
  try {
    return await response.json()
  } catch {
    return undefined
  }
}
