import { z } from 'zod'
import { formatDay } from '../../core/time.ts'
import { DeliveryError, type OutboxRow, type RecordAttempt, type Sender, type SendOutcome } from '../queue/types.ts'
import type { Scope } from '../scope.ts'
import type { Notice } from '../slack/notice.ts'
import type { Throttle } from './bucket.ts'
import type { LineClient } from './client.ts'
import { type DeliveryPlan, planDelivery } from './delivery-plan.ts'
import { LineError } from './line-error.ts'
import type { LineMessage } from './message.ts'
import { nextQuotaAt, QUOTA_TIME_ZONE, quotaMonth } from './quota.ts'
import { countPush, markExhausted, readQuota } from './quota-ledger.ts'
import { QUOTA_NOTICE } from './texts.ts'

/** A lost answer to a reply is asked for again while the token still works. */
const LOST_REPLY_RETRY_SECONDS = 1

export interface LineSenderDeps {
  readonly client: Pick<LineClient, 'reply' | 'push'>
  readonly throttle: Throttle
  /** Tells staff something once: a notice of this name is said once, ever. */
  readonly notice: (notice: Notice) => Promise<void>
  /** Real time: reply tokens and retry keys age by it. */
  readonly now?: () => Date
}

const Payload = z.object({
  messages: z.array(z.custom<LineMessage>((value) => value !== null && typeof value === 'object')).min(1),
  reply: z.object({ token: z.string(), receivedAt: z.coerce.date() }).optional()
})

/** One row in hand, with all that sending it needs. */
interface Sending {
  readonly deps: LineSenderDeps
  readonly scope: Scope
  readonly row: OutboxRow
  readonly attempt: RecordAttempt
  readonly messages: readonly LineMessage[]
  /** LINE user id; undefined for somebody we do not know any more, who can still be answered. */
  readonly to: string | undefined
}

/**
 * Sends outbox rows of channel "line": as a free reply while the token is fresh, else as a push with the row's id as retry
 * key. Outcomes: replied, pushed, presumed_delivered, blocked, no_identity; parked while the monthly limit is reached.
 */
export function lineSender(deps: LineSenderDeps): Sender {
  return {
    channel: 'line',
    async send(scope, row, attempt) {
      const { messages, reply } = Payload.parse(JSON.parse(row.payload))
      const recipient = await recipientOf(scope, row.customerId)
      if (recipient?.blocked) return { outcome: 'blocked' }
      const sending = { deps, scope, row, attempt, messages, to: recipient?.userId }
      const plan = planDelivery({ reply, earlier: row.earlier, now: deps.now?.() ?? new Date() })
      return explained(scope, () => carryOut(plan, sending))
    }
  }
}

function carryOut(plan: DeliveryPlan, sending: Sending): Promise<SendOutcome> {
  if (plan.road === 'reply') return reply(plan, sending)
  if (plan.road === 'push') return push(sending)
  if (plan.road === 'delivered') return Promise.resolve({ outcome: plan.outcome })
  if (plan.road === 'presumed_delivered') return presumed(sending)
  throw new DeliveryError(
    'A push may have arrived more than 24 hours ago; sending it again could deliver it twice. Look in the chat, then ' +
      'send it again by hand or drop it',
    { retry: 'never', answered: true }
  )
}

/** Rare, and the one case in which a message may be missing: whoever reads the log can look in the chat. */
async function presumed({ scope, row }: Sending): Promise<SendOutcome> {
  scope.log.warn('LINE never told whether a reply arrived, and its token is too old to ask: taken for delivered', {
    id: row.id
  })
  return { outcome: 'presumed_delivered' }
}

async function reply({ token, maybeUsed }: DeliveryPlan & { road: 'reply' }, sending: Sending): Promise<SendOutcome> {
  const { client, throttle } = sending.deps
  try {
    await throttle('message')
    await sending.attempt('reply', () => client.reply(token, sending.messages))
    return { outcome: 'replied' }
  } catch (error) {
    if (!(error instanceof LineError)) throw error
    if (error.refusal === 'invalid_reply_token') return maybeUsed ? { outcome: 'replied' } : push(sending)
    throw error.answered ? error : askedAgainSoon(error)
  }
}

function askedAgainSoon(error: LineError): LineError {
  return new LineError(error.message, error.refusal, {
    retry: 'later',
    answered: false,
    retryAfterSeconds: LOST_REPLY_RETRY_SECONDS,
    cause: error
  })
}

async function push(sending: Sending): Promise<SendOutcome> {
  const { deps, scope, row, messages, to } = sending
  if (to === undefined) return { outcome: 'no_identity' }
  const month = quotaMonth(scope.now())
  if ((await readQuota(scope.db, month)).exhausted) return parked(sending)
  try {
    await deps.throttle('message')
    await sending.attempt('push', () => deps.client.push(to, messages, row.id))
  } catch (error) {
    if (!(error instanceof LineError && error.refusal === 'monthly_limit')) throw error
    await markExhausted(scope.db, month, scope.now())
    return parked(sending)
  }
  await countPush(scope.db, month)
  return { outcome: 'pushed' }
}

/** Waits for the next month, and staff are told once. */
async function parked({ deps, scope }: Sending): Promise<SendOutcome> {
  const parkUntil = nextQuotaAt(scope.now())
  await deps.notice({
    name: `quota:${quotaMonth(scope.now())}`,
    text: (locale) => QUOTA_NOTICE[locale](formatDay(parkUntil, locale, QUOTA_TIME_ZONE))
  })
  return { parkUntil, reason: 'monthly_limit' }
}

/** A refused access token stops every message: it must be seen. */
async function explained(scope: Scope, send: () => Promise<SendOutcome>): Promise<SendOutcome> {
  try {
    return await send()
  } catch (error) {
    if (error instanceof LineError && error.refusal === 'access') scope.log.error(error.message)
    throw error
  }
}

const RECIPIENT = `
  SELECT external_sealed AS sealed, blocked_at IS NOT NULL AS blocked FROM identity
  WHERE customer_id = $1::uuid AND channel = 'line' ORDER BY blocked_at IS NOT NULL, created_at DESC, id DESC LIMIT 1`

async function recipientOf(
  { db }: Scope,
  customerId: string | undefined
): Promise<{ userId: string; blocked: boolean } | undefined> {
  if (!customerId) return undefined
  const [identity] = await db.query<{ sealed: string; blocked: boolean }>(RECIPIENT, [customerId])
  return identity && { userId: db.cipher.open('identity.external', identity.sealed), blocked: identity.blocked }
}
