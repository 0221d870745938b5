import { type App, type Receiver, type ReceiverEvent, ReceiverMultipleAckError } from '@slack/bolt'
import { sha256Hex } from '../../core/hash.ts'
import type { Context } from '../feature.ts'
import { readBody } from '../http/read-body.ts'
import type { InboxEvent } from '../queue/types.ts'
import { EventCallback } from './payloads.ts'
import { isForm, parseBody } from './request-body.ts'
import { signatureFault, signatureHint } from './signature.ts'

/** What taking requests needs. */
interface ReceiverOptions {
  readonly signingSecret: string
  /** Durable when it resolves. */
  readonly intake: { put(events: readonly InboxEvent[]): Promise<void> }
  /** Real time, epoch milliseconds. */
  readonly nowMs?: () => number
}

const MAX_BODY_BYTES = 1_000_000
/** Slack gives up after 3 s. */
const ANSWER_WITHIN_MS = 2_800

type Body = Readonly<Record<string, unknown>>

/** Bolt's receiver in the shape of fetch, the same on Node and on Workers. Events go to the inbox, the rest to Bolt. */
export class SlackReceiver implements Receiver {
  readonly #options: ReceiverOptions
  #app: App | undefined

  constructor(options: ReceiverOptions) {
    if (!options.signingSecret) throw new Error('SLACK_SIGNING_SECRET is empty')
    this.#options = options
  }

  init(app: App): void {
    this.#app = app
  }
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Answers one request of Slack's. The work that goes on afterwards is in `context.scope.waitUntil`. */
  async handle(request: Request, context: Context): Promise<Response> {
    const bytes = await readBody(request, MAX_BODY_BYTES)
    if (!bytes) return new Response('Too large', { status: 413 })
    const type = (request.headers.get('content-type') ?? '').toLowerCase()
    // Slack's certificate check carries no signature we could use, and asks for nothing.
    if (isForm(type) && new URLSearchParams(Buffer.from(bytes).toString()).get('ssl_check') === '1') return empty(200)
    if (this.#isForged(request, bytes, context)) return new Response('Invalid signature', { status: 401 })
    const body = parseBody(bytes, type)
    if (!body) return new Response('Neither JSON nor a form', { status: 400 })
    if (body.type === 'url_verification') return Response.json({ challenge: String(body.challenge ?? '') })
    if (body.type === 'event_callback') return this.#keep(body, bytes, context)
    return this.#dispatch(body, context)
  }

  #isForged(request: Request, body: Uint8Array, context: Context): boolean {
    const signature = request.headers.get('x-slack-signature')
    const timestamp = request.headers.get('x-slack-request-timestamp')
    const nowMs = this.#options.nowMs?.() ?? Date.now()
    const fault = signatureFault(this.#options.signingSecret, { body, signature, timestamp }, nowMs)
    if (fault) context.scope.log.warn('Slack request refused', { ...fault, hint: signatureHint(fault) })
    return fault !== undefined
  }

  /** Events are stored before they are acknowledged, and handled once each by the worker. */
  async #keep(body: Body, bytes: Uint8Array, context: Context): Promise<Response> {
    try {
      await this.#options.intake.put([inboxEvent(body, Buffer.from(bytes).toString())])
      return empty(200)
    } catch (error) {
      context.scope.log.error('Slack event not stored; Slack will repeat it', { error })
      return empty(503)
    }
  }

  #dispatch(body: Body, context: Context): Promise<Response> {
    const app = this.#app
    if (!app) return Promise.resolve(empty(503))
    return new Promise((resolve) => {
      const answer = onceOnly(resolve)
      const timer = setTimeout(() => {
        if (answer(empty(504))) context.scope.log.error('Slack request not acknowledged in time', nameOf(body))
      }, ANSWER_WITHIN_MS)
      const event: ReceiverEvent = {
        body: { ...body },
        customProperties: { matane: context },
        ack: async (response?: unknown) => {
          if (!answer(asResponse(response))) throw new ReceiverMultipleAckError()
        }
      }
      const work = app.processEvent(event).then(
        // Nobody listens for it (a shortcut of another version, say): not an error for the person.
        () => answer(empty(200)) && context.scope.log.info('Slack request without a listener', nameOf(body)),
        (error: unknown) => {
          context.scope.log.error('Slack request failed', { ...nameOf(body), error })
          answer(empty(500))
        }
      )
      context.scope.waitUntil(work.finally(() => clearTimeout(timer)))
    })
  }
}

const empty = (status: number): Response => new Response(null, { status })

function asResponse(response: unknown): Response {
  if (response === undefined || response === null || response === '') return empty(200)
  return typeof response === 'string' ? new Response(response) : Response.json(response)
}

/** Resolves with the first answer; says whether this one was it. */
function onceOnly(resolve: (response: Response) => void): (response: Response) => boolean {
  let answered = false
  return (response) => {
    if (answered) return false
    answered = true
    resolve(response)
    return true
  }
}

/** What the request is, without anything personal. */
function nameOf(body: Body): { what: string } {
  return { what: String(body.command ?? body.type ?? 'unknown') }
}

/** The event as an inbox row. One of an odd shape is kept too, under the hash of its bytes. */
function inboxEvent(body: Body, text: string): InboxEvent {
  const parsed = EventCallback.safeParse(body)
  if (!parsed.success) {
    const eventId = sha256Hex(text)
    return { source: 'slack', eventId, key: `slack:${eventId}`, occurredAt: new Date(), body: text }
  }
  const { event, event_id, event_time } = parsed.data
  const thread = event.thread_ts ?? event.ts ?? ''
  const seconds = Number(event.event_ts ?? event_time)
  return {
    source: 'slack',
    eventId: event_id,
    key: `slack:${typeof event.channel === 'string' ? event.channel : ''}:${thread}`,
    occurredAt: new Date((Number.isFinite(seconds) ? seconds : event_time) * 1000),
    body: text
  }
}
