import type { Hono, Context as HttpContext } from 'hono'
import { cors } from 'hono/cors'
import type { Context, HttpEnv } from '../../platform/feature.ts'
import { addressOf, createAllowance, type Problem, problem, tooMany } from '../../platform/http/index.ts'
import { findSource, keyOfHeader, type WriteKey } from './find-source.ts'
import { BODY_MAX_BYTES, openBody } from './open-body.ts'
import { recordMessages } from './record-messages.ts'
import { bagOf } from './rules/bag.ts'
import { MESSAGES_MAX, messagesOf, TYPES } from './rules/batch.ts'

/** Requests of a source: far above what a shop needs, far below what would keep others from being served. */
const SOURCE_RATE = { burst: 500, perMinute: 6_000 } as const
/** A browser's key is public: each address may use it about as much as a person clicks. */
const BROWSER_RATE = { burst: 60, perMinute: 120 } as const

type Http = HttpContext<HttpEnv>

/** Segment's HTTP API: POST /v1/batch, and a route for each type of message. */
export function ingestRoutes(app: Hono<HttpEnv>, context: Context): void {
  const sources = createAllowance(SOURCE_RATE)
  const browsers = createAllowance(BROWSER_RATE)
  const waitSeconds = (http: Http, { source, kind }: WriteKey) =>
    kind === 'browser' ? browsers(`${source} ${addressOf(http)}`) : sources(source)
  // Pages of any origin may send with a browser's key; there is nothing to be read with one, and no cookie to ride on.
  app.use('/v1/*', cors({ origin: '*', allowMethods: ['POST'], maxAge: 86_400 }))
  for (const type of [undefined, ...TYPES])
    app.post(`/v1/${type ?? 'batch'}`, (http) => receive(http, { context, waitSeconds, type }))
}

interface Door {
  readonly context: Context
  /** How long a source has to wait until it may send again; undefined = not at all. */
  waitSeconds(http: Http, key: WriteKey): number | undefined
  /** Of a route that takes one message; undefined = batches. */
  readonly type: string | undefined
}

/** With a key in its header a request is refused before its body is read. */
async function receive(http: Http, door: Door): Promise<Response> {
  const { writeKeys } = door.context.config
  const authorization = http.req.header('authorization')
  const early = authorization === undefined ? undefined : findSource(writeKeys, keyOfHeader(authorization))
  if (authorization !== undefined && !early) return problem(http, REFUSED.key)
  const wait = early && door.waitSeconds(http, early)
  if (wait) return tooMany(http, wait)
  const body = await openBody(http.req.raw)
  if (!body.ok) return problem(http, REFUSED[body.kind])
  if (early) return take(http, door, { key: early, json: body.json })
  const key = findSource(writeKeys, bagOf(body.json).writeKey)
  if (!key) return problem(http, REFUSED.key)
  const later = door.waitSeconds(http, key)
  return later ? tooMany(http, later) : take(http, door, { key, json: body.json })
}

/** Our own faults are 503, never 400: a sender drops what it is told is wrong, and sends the rest again. */
async function take(http: Http, door: Door, { key, json }: { key: WriteKey; json: unknown }): Promise<Response> {
  const { scope, perform } = door.context
  const { source, kind } = key
  const messages = messagesOf(json, { type: door.type, kind })
  if (!messages) return problem(http, REFUSED.shape)
  const arrival = {
    source: `api:${source}`,
    kind,
    receivedAt: scope.now(),
    timeZone: scope.timeZone,
    sentAt: bagOf(json).sentAt
  }
  try {
    const receipt = await recordMessages(perform, messages, arrival)
    const success = receipt.errors.length === 0
    // Of a batch the good ones are stored, and its sender must not send it again.
    return http.json({ success, ...receipt }, success || door.type === undefined ? 200 : 400)
  } catch (error) {
    scope.log.error('Events could not be stored: their sender has to send them again', { source, error })
    return problem(http, REFUSED.fault)
  }
}

const REFUSED = {
  key: {
    status: 401,
    title: 'This write key is not known',
    detail: 'Send the key of your source as the user of Basic authorization, or as "writeKey" in the body.'
  },
  shape: {
    status: 400,
    title: 'This is no batch',
    detail: `Send { "batch": [ … ] } with at most ${MESSAGES_MAX} messages (a browser: 20) to /v1/batch, or one message to the route of its type.`
  },
  not_json: { status: 400, title: 'The body is not JSON', detail: 'Send JSON in UTF-8, as it is or gzipped.' },
  encoding: {
    status: 415,
    title: 'The body is packed in a way we do not know',
    detail: 'Send it as it is, or gzipped.'
  },
  too_large: {
    status: 413,
    title: 'The request is too large',
    detail: `At most ${BODY_MAX_BYTES} bytes are taken, unpacked; send it in parts.`
  },
  fault: {
    status: 503,
    title: 'The events could not be stored',
    detail: 'Nothing is wrong with them. Send them again in a moment, with the same messageIds: each counts once.',
    headers: { 'retry-after': '5' }
  }
} as const satisfies Record<string, Problem>
