import { sha256Hex } from '../../core/hash.ts'
import type { Door } from '../../platform/feature.ts'
import { readBody } from '../../platform/http/index.ts'
import type { InboxEvent } from '../../platform/queue/index.ts'
import type { Delivery } from './rules/delivery.ts'
import { findSource, type Source } from './source.ts'
import { INBOX_SOURCE, writeDelivery } from './stored-delivery.ts'
import { type Verdict, verify } from './verify.ts'

/** Orders with hundreds of lines stay below it. */
const MAX_BODY_BYTES = 2_000_000

export interface Incoming {
  readonly name: string
  readonly request: Request
  /** Real time, epoch milliseconds. */
  readonly nowMs: number
}

/**
 * Answers a webhook: 200 once it is stored, whatever it says; 404 for a source that nobody opened, 401 when it is not
 * proven, 413 above 2 MB, 503 when the store cannot take it (the sender tells it again).
 */
export async function receiveHook(door: Door, incoming: Incoming): Promise<Response> {
  const { log } = door.context.scope
  const secrets = door.context.config.hookSecrets.get(incoming.name) ?? []
  if (secrets.length === 0) return answer(404, 'nothing is open here')
  try {
    return await receive(door, incoming, secrets)
  } catch (error) {
    log.error('A webhook could not be stored: answered 503, its sender tells it again', { hook: incoming.name, error })
    return answer(503, 'try again', { 'retry-after': '5' })
  }
}

async function receive({ context, intake }: Door, incoming: Incoming, secrets: readonly string[]): Promise<Response> {
  const { scope, config } = context
  const { name, request, nowMs } = incoming
  const source = await findSource(scope.db.prisma, { name, timeZone: scope.timeZone })
  if (!source) {
    scope.log.warn('A webhook has a secret and no file that says what it means', {
      hook: name,
      file: `hooks/${name}.yaml`
    })
    return answer(404, 'nothing is open here')
  }
  const body = await readBody(request, MAX_BODY_BYTES)
  if (!body) return answer(413, 'body too large')
  const url = `${config.publicUrl}/hooks/${name}`
  const verdict = await verify(source.scheme, secrets, { headers: request.headers, body, url, nowMs })
  if (verdict !== 'proven') {
    scope.log.warn('A webhook was refused', { hook: name, verdict, hint: HINTS[verdict] })
    return answer(401, 'not proven')
  }
  await intake.put([inboxEvent({ ...incoming, source, bytes: body, keyOf: scope.db.cipher.blindIndex })])
  return answer(200, 'ok')
}

const HINTS: Readonly<Record<Exclude<Verdict, 'proven'>, string>> = {
  unsigned: 'It is not from the sender, or a proxy drops its headers.',
  wrong:
    'If it is from the sender: its secret must stand in MATANE_HOOK_SECRETS, PUBLIC_URL must be the address it calls, and no proxy may change the body.',
  stale: 'It was signed more than five minutes ago or ahead: check the clock of this machine.'
}

interface Proven extends Incoming {
  readonly source: Source
  readonly bytes: Uint8Array
  readonly keyOf: (field: string, text: string) => string
}

function inboxEvent({ name, request, nowMs, source, bytes, keyOf }: Proven): InboxEvent {
  const text = Buffer.from(bytes).toString()
  const headers = keptHeaders(request.headers, source)
  const body = parsed(text)
  const id = textOf(source.idOf({ headers, body })) ?? `sha256-${sha256Hex(bytes)}`
  const topic = textOf(source.topicOf({ headers, body })) ?? ''
  const receivedAt = new Date(nowMs)
  const person = firstNamed(source, { source: name, id, topic, headers, body, receivedAt })
  return {
    source: INBOX_SOURCE,
    eventId: `${name}:${id}`,
    key: `hook:${name}:${keyOf('hook.person', person ?? id)}`,
    occurredAt: receivedAt,
    body: writeDelivery({ source: name, id, topic, headers, text, receivedAt }),
    ...(body === undefined && { quarantined: true })
  }
}

/** Deliveries about one customer are handled one after another. */
function firstNamed(source: Source, delivery: Delivery): string | undefined {
  try {
    const { events } = source.read(delivery)
    return textOf(events.flatMap(({ who }) => who)[0]?.value ?? events[0]?.ofOrder)
  } catch {
    // What is wrong with it is said where it is handled.
    return undefined
  }
}

/** What proves a request, or says where it came from, is not kept. */
const LEFT_OUT = /authorization|cookie|signature|hmac|secret|token|password|api-?key|forwarded|real-ip|^cf-/

function keptHeaders(headers: Headers, { scheme }: Source): Record<string, string> {
  const proof = 'header' in scheme ? scheme.header : ''
  return Object.fromEntries([...headers].filter(([name]) => name !== proof && !LEFT_OUT.test(name)))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
}

function answer(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, { status, headers })
}
