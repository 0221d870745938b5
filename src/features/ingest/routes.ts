import type { Hono, Context as HttpContext } from 'hono'
import { cors } from 'hono/cors'
import type { Context, HttpEnv } from '../../platform/feature.ts'
import { type Problem, problem } from '../../platform/http/index.ts'
import { type Entered, sourceDoor } from './door.ts'
import type { WriteKey } from './find-source.ts'
import { recordMessages } from './record-messages.ts'
import { bagOf } from './rules/bag.ts'
import { MESSAGES_MAX, messagesOf, TYPES } from './rules/batch.ts'

type Http = HttpContext<HttpEnv>

/** Segment's HTTP API: POST /v1/batch, and a route for each type of message. */
export function ingestRoutes(app: Hono<HttpEnv>, context: Context): void {
  const enter = sourceDoor(context)
  // Pages of any origin may send with a browser's key; there is nothing to be read with one, and no cookie to ride on.
  app.use('/v1/*', cors({ origin: '*', allowMethods: ['POST'], maxAge: 86_400 }))
  for (const type of [undefined, ...TYPES])
    app.post(`/v1/${type ?? 'batch'}`, (http) => receive(http, { context, enter, type }))
}

interface Door {
  readonly context: Context
  enter(http: Http): Promise<Entered>
  /** Of a route that takes one message; undefined = batches. */
  readonly type: string | undefined
}

async function receive(http: Http, door: Door): Promise<Response> {
  const entered = await door.enter(http)
  return entered.refused ?? take(http, door, entered)
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
  shape: {
    status: 400,
    title: 'This is no batch',
    detail: `Send { "batch": [ … ] } with at most ${MESSAGES_MAX} messages (a browser: 20) to /v1/batch, or one message to the route of its type.`
  },
  fault: {
    status: 503,
    title: 'The events could not be stored',
    detail: 'Nothing is wrong with them. Send them again in a moment, with the same messageIds: each counts once.',
    headers: { 'retry-after': '5' }
  }
} as const satisfies Record<string, Problem>
