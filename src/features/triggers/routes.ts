import type { Hono, Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Context, HttpEnv } from '../../platform/feature.ts'
import { type Problem, problem } from '../../platform/http/index.ts'
import type { Entry } from '../flows/index.ts'
import { namedBy, sourceDoor } from '../ingest/index.ts'
import { type StartFault, startByApi } from './start-by-api.ts'

/** Names the sending, so that it counts once however often it is sent. Who it is about is read by `namedBy`. */
const Body = z.looseObject({ messageId: z.string().regex(/^[\x21-\x7e]{1,200}$/) })

/** POST /v1/flows/<id>/enter: another system leads a customer into a flow. */
export function enterRoutes(app: Hono<HttpEnv>, context: Context): void {
  const enter = sourceDoor(context)
  app.post('/v1/flows/:id/enter', async (http) => {
    const entered = await enter(http)
    if (entered.refused) return entered.refused
    const { key, json } = entered
    if (key.kind === 'browser') return problem(http, REFUSED.browser)
    const body = Body.safeParse(json)
    if (!body.success) return problem(http, REFUSED.message)
    const { identities, faults } = namedBy(json, key.kind)
    const [fault] = faults
    if (fault) return problem(http, { ...REFUSED.nobody, detail: `${fault.field} ${fault.message}.` })
    return start(http, context, { flow: http.req.param('id'), identities, source: `api:${key.source}`, ...body.data })
  })
}

type Asked = Parameters<typeof startByApi>[1] & { readonly messageId: string; readonly [field: string]: unknown }

/** Our own faults are 503: the sender may send it again, and it still counts once. */
async function start(
  http: HttpContext<HttpEnv>,
  { scope, perform }: Context,
  { messageId, flow, identities, source }: Asked
): Promise<Response> {
  try {
    const started = await perform(`${source}:enter:${flow}:${messageId}`, (work) =>
      startByApi(work, { flow, identities, source })
    )
    if (!started.ok) return problem(http, REFUSED[started.kind])
    return http.json({ entry: started.value, meaning: MEANINGS[started.value] })
  } catch (error) {
    scope.log.error('A flow could not be started: its sender has to ask again', { source, flow, error })
    return problem(http, REFUSED.fault)
  }
}

const MEANINGS: Readonly<Record<Entry, string>> = {
  entered: 'The customer has entered the flow.',
  known: 'This messageId has led the customer into the flow before: nothing happens twice.',
  inside: 'The customer is in this flow already.',
  too_soon: 'The customer was in this flow less than once_per ago.',
  busy: 'Another question waits for the answer of the customer. Ask again later, with the same messageId.',
  unreachable: 'The customer has no LINE account here, or blocks the account.',
  held: 'It is night, or the customer was written to a short time ago: they enter by themselves later.',
  withheld: 'The customer does not want to be written to for this, or not so often, or is in many flows already.',
  paused: 'The flow stands still. Ask again when it goes on, with the same messageId.',
  held_out: 'The customer belongs to those who get nothing, so that the others can be compared with them.'
}

const REFUSED = {
  browser: {
    status: 403,
    title: "A browser's key starts nothing",
    detail: 'It is public and proves nothing: send this from your server, with its own write key.'
  },
  message: {
    status: 400,
    title: 'The messageId is missing',
    detail: 'Send { "messageId": "…", "userId": "…" }: 1 to 200 ASCII characters without spaces, new for each start.'
  },
  nobody: { status: 400, title: 'Nobody is named' },
  unknown_flow: {
    status: 404,
    title: 'There is no such flow',
    detail: 'Write the id of a published survey or scenario, as its file says: /v1/flows/<id>/enter.'
  },
  unknown_customer: {
    status: 404,
    title: 'This customer is not known',
    detail: 'Send an identify or track call with this id first, or link the account in the LINE chat.'
  },
  several_customers: {
    status: 409,
    title: 'These ids belong to different customers',
    detail: 'Name one person, by one id or by ids that are all theirs.'
  },
  fault: {
    status: 503,
    title: 'The flow could not be started',
    detail: 'Nothing is wrong with the request. Send it again in a moment, with the same messageId: it counts once.',
    headers: { 'retry-after': '5' }
  }
} as const satisfies Record<StartFault['kind'] | 'browser' | 'message' | 'nobody' | 'fault', Problem>
