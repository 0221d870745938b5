import { withIds } from './api/blocks.ts'
import { ApiError } from './api/error.ts'
import type { FakeFaults } from './faults.ts'
import { FILE_PATH, fileResponse } from './files.ts'
import type { FakeState } from './state.ts'
import type { JsonObject } from './types.ts'
import { METHODS } from './web-api.ts'

/** Scopes the fake app was installed with: those of slack-manifest.yaml. */
export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'groups:history',
  'groups:read',
  'im:read',
  'im:write',
  'mpim:read',
  'users:read'
] as const

const RESPONSE_URL_MS = 30 * 60_000
const RESPONSE_URL_USES = 5

/** Answers one call of the product's. */
export async function serve(state: FakeState, faults: FakeFaults, request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api\//, '')
  const args = await argumentsOf(request)
  const response = await faults.around(path, request, async () => {
    if (path.startsWith(FILE_PATH)) return readFile(state, request, { path, botToken: faults.botToken })
    if (path.startsWith('response/')) return useResponseUrl(state, path.slice('response/'.length), args)
    if (!isAuthorised(request, args, faults.botToken)) return answer({ ok: false, error: 'invalid_auth' })
    return callMethod(state, path, args)
  })
  return response
}

/** Whoever does not show the token gets Slack's page for signing in. */
function readFile(state: FakeState, request: Request, on: { path: string; botToken: string }): Response {
  if (request.headers.get('authorization') === `Bearer ${on.botToken}`)
    return fileResponse(state, on.path.slice(FILE_PATH.length))
  return new Response('<!doctype html><title>Sign in</title>', {
    headers: { 'content-type': 'text/html; charset=utf-8' }
  })
}

function callMethod(state: FakeState, name: string, args: JsonObject): Response {
  const method = METHODS[name]
  try {
    if (!method) throw new ApiError('unknown_method')
    const result = method(state, args)
    state.changed()
    return answer({ ok: true, ...result })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const messages = { errors: error.messages, response_metadata: { messages: error.messages } }
    return answer({ ok: false, error: error.message, ...(error.messages.length > 0 && messages) })
  }
}

function answer(body: JsonObject): Response {
  return Response.json(body, { headers: { 'x-oauth-scopes': SCOPES.join(','), 'x-slack-req-id': crypto.randomUUID() } })
}

function isAuthorised(request: Request, args: JsonObject, botToken: string): boolean {
  const header = request.headers.get('authorization')
  return header === `Bearer ${botToken}` || (header === null && args.token === botToken)
}

/** Form or JSON; the nested parts of a form are JSON text. */
export async function argumentsOf(request: Request): Promise<JsonObject> {
  const text = await request.text()
  if (request.headers.get('content-type')?.startsWith('application/json')) return JSON.parse(text)
  const form = Object.fromEntries(new URLSearchParams(text))
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, nested(name, value)]))
}

const NESTED: ReadonlySet<string> = new Set(['blocks', 'metadata', 'view', 'attachments'])

function nested(name: string, value: string): unknown {
  return NESTED.has(name) ? JSON.parse(value) : value
}

/** A response_url: five uses within half an hour, and no token. */
function useResponseUrl(state: FakeState, id: string, args: JsonObject): Response {
  const found = state.responseUrls.get(id)
  if (!found || state.nowMs() - found.madeAtMs > RESPONSE_URL_MS) return new Response('expired_url', { status: 404 })
  found.uses += 1
  if (found.uses > RESPONSE_URL_USES) return new Response('used_url', { status: 404 })
  postResponse(state, found, args)
  state.changed()
  return new Response('ok')
}

/** Shows what was said in answer to a command or click: to all, or to the one person. */
export function postResponse(
  state: FakeState,
  to: { userId: string; channel: string; threadTs?: string },
  said: JsonObject
): void {
  const message = {
    ts: state.nextTs(),
    channel: to.channel,
    user: state.ids.botUserId,
    text: String(said.text ?? ''),
    blocks: withIds(said.blocks),
    ...(to.threadTs && { threadTs: to.threadTs }),
    postedAt: state.now().toISOString()
  }
  if (said.response_type === 'in_channel') state.messages.push(message)
  else state.ephemerals.push({ ...message, to: to.userId })
}
