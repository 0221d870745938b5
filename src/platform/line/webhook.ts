import type { FieldCipher } from '../db/index.ts'
import { readBody } from '../http/read-body.ts'
import type { InboxEvent } from '../queue/types.ts'
import type { Log } from '../scope.ts'
import { inboxEvents } from './inbox-events.ts'
import { SIGNATURE_HEADER, verifyLine } from './signature.ts'

/** LINE's webhooks are a few KB; this holds its largest batch many times over. */
const MAX_BODY_BYTES = 1_000_000

export interface LineWebhookDeps {
  readonly channelSecret: string
  readonly cipher: FieldCipher
  readonly log: Log
  /** Durable when it resolves; throws within 2 s when the store cannot take the events. */
  readonly intake: { put(events: readonly InboxEvent[]): Promise<void> }
  /** Real time, not business time. */
  readonly now?: () => Date
}

/**
 * Answers LINE's webhook: 200 once every event is stored, 401 for a signature that is not LINE's, 413 above 1 MB, 503 when
 * the store cannot take it (LINE then tells it again). Never limited by address: all of LINE's webhooks come from few.
 */
export async function receiveLine(request: Request, deps: LineWebhookDeps): Promise<Response> {
  const signature = request.headers.get(SIGNATURE_HEADER)
  if (!signature) return refuse(deps.log, signature)
  const body = await readBody(request, MAX_BODY_BYTES)
  if (!body) return new Response('body too large\n', { status: 413 })
  if (!verifyLine(deps.channelSecret, body, signature)) return refuse(deps.log, signature)
  const events = inboxEvents(body, deps.cipher, deps.now?.() ?? new Date())
  const odd = events.filter((event) => event.quarantined).length
  if (odd > 0) deps.log.warn('LINE sent something we cannot read: it is kept in quarantine', { events: odd })
  return store(events, deps)
}

async function store(events: readonly InboxEvent[], { intake, log }: LineWebhookDeps): Promise<Response> {
  if (events.length === 0) return accepted()
  try {
    await intake.put(events)
    return accepted()
  } catch (error) {
    log.error('A LINE webhook could not be stored: answered 503, LINE tells it again if redelivery is on', { error })
    return new Response('try again\n', { status: 503, headers: { 'retry-after': '1' } })
  }
}

function accepted(): Response {
  return new Response('ok\n')
}

function refuse(log: Log, signature: string | null): Response {
  log.warn(
    signature
      ? 'A LINE webhook with a wrong signature was refused. If LINE sent it: LINE_CHANNEL_SECRET must be the secret of the ' +
          'same Messaging API channel, and no proxy may change the body'
      : 'A webhook without x-line-signature was refused: it is not from LINE, or a proxy drops the header'
  )
  return new Response('signature does not match\n', { status: 401 })
}
