import type { InboxConsumer, InboxRow } from '../queue/types.ts'
import type { Work } from '../work.ts'
import { dispatchMessage, dispatchPostback } from './dispatch.ts'
import { AccountLinkEvent, type LineEvent, MessageEvent, readLineEvent, UnsendEvent } from './event.ts'
import type { CustomerPort, HelpLine, LineCustomer, LineHandlers, LineProfile, LineTurn } from './handlers.ts'
import { isTakenBack, redactMessage } from './unsend.ts'

export interface LineConsumerDeps {
  /** What the features do about LINE, in the order in which they are asked. */
  readonly features: readonly LineHandlers[]
  readonly customers: CustomerPort
  /** Real time, by which reply tokens age. */
  readonly now?: () => Date
}

/** The types of event we act on; all others are kept and ignored. */
const HANDLED = new Set(['message', 'postback', 'follow', 'unfollow', 'unsend', 'accountLink'])
/** What a person can only do while the account may write to them. */
const WRITTEN = new Set(['message', 'postback'])
/** Nobody takes a message back sooner: what is handled within this long of being sent cannot come after its unsend. */
const SOONEST_UNSEND_MS = 1000
/** LINE tells no profile of someone who has just blocked the account. */
const WITHOUT_PROFILE = new Set(['unfollow', 'unsend'])

/** Handles LINE's webhook events, one unit of work each, under the locks of the LINE user id and the customer. */
export function lineConsumer(deps: LineConsumerDeps): InboxConsumer {
  return {
    source: 'line',
    async prepare(_scope, row) {
      const event = eventForUs(row)
      if (!event || WITHOUT_PROFILE.has(event.type)) return undefined
      return deps.customers.lookUp(event.userId)
    },
    async handle(work, row, prepared) {
      const event = eventForUs(row)
      if (!event) return
      const wroteAtMs = WRITTEN.has(event.type) ? event.timestamp : undefined
      const heard = { profile: profileOf(prepared), toldAtMs: event.timestamp, wroteAtMs }
      const customer = await deps.customers.recognise(work, event.userId, heard)
      if (!customer) return work.log.info('LINE told an event of somebody who was erased since')
      if (event.replyToken)
        work.replyWith(customer.id, { token: event.replyToken, receivedAt: tokenGivenAt(event, row) })
      const ageMs = (deps.now?.() ?? new Date()).getTime() - event.timestamp
      const say: LineTurn['say'] = (...messages) => work.tell(customer.id, messages)
      const help = () => helpOf(deps.features, work, customer)
      const turn = { work, event, customer, ageMs, help, say } satisfies LineTurn
      await dispatch(deps, turn, row)
    }
  }
}

async function helpOf(features: readonly LineHandlers[], work: Work, customer: LineCustomer): Promise<HelpLine[]> {
  const lines: HelpLine[] = []
  for (const feature of features) {
    const line = await feature.help?.(work, customer)
    if (line) lines.push(line)
  }
  return lines
}

/** An event that was told again, because we did not take it the first time, brings its token anew. */
function tokenGivenAt(event: LineEvent, row: InboxRow): Date {
  return event.deliveryContext?.isRedelivery ? row.receivedAt : new Date(event.timestamp)
}

/** The event if it asks something of us: from one person, of a type we act on, and not another module's to answer. */
function eventForUs(row: InboxRow): (LineEvent & { userId: string }) | undefined {
  const event = readLineEvent(JSON.parse(row.body))
  if (!event || event.mode === 'standby' || !HANDLED.has(event.type)) return undefined
  const { source } = event
  return source?.type === 'user' && source.userId ? { ...event, userId: source.userId } : undefined
}

async function dispatch(deps: LineConsumerDeps, turn: LineTurn, row: InboxRow): Promise<void> {
  const { features } = deps
  switch (turn.event.type) {
    case 'follow':
      for (const feature of features) await feature.follow?.(turn)
      return keepOffer(features, turn)
    case 'unfollow':
      for (const feature of features) await feature.unfollow?.(turn)
      return
    case 'accountLink': {
      const { link } = AccountLinkEvent.parse(turn.event)
      for (const feature of features) await feature.accountLink?.(turn, link)
      return keepOffer(features, turn)
    }
    case 'unsend':
      return takeBack(features, turn, row)
    case 'postback':
      await dispatchPostback(features, turn)
      return keepOffer(features, turn)
    default:
      if (await cameAfterItsUnsend(turn, row)) return
      await dispatchMessage(features, turn, deps.now?.() ?? new Date())
      return keepOffer(features, turn)
  }
}

/** What we say hides the buttons of an open question; they are put under it. */
async function keepOffer(features: readonly LineHandlers[], turn: LineTurn): Promise<void> {
  for (const feature of features) {
    const buttons = await feature.offer?.(turn)
    if (buttons) return turn.work.offer(turn.customer.id, buttons)
  }
}

async function takeBack(features: readonly LineHandlers[], turn: LineTurn, row: InboxRow): Promise<void> {
  const { messageId } = UnsendEvent.parse(turn.event).unsend
  const cause = await redactMessage(keptBy(turn.work, row), messageId)
  if (!cause) return
  for (const feature of features) await feature.unsend?.(turn, cause)
}

/** A message told again or late may come after its unsend; what the person took back is then neither read nor kept. */
async function cameAfterItsUnsend({ work, event, ageMs }: LineTurn, row: InboxRow): Promise<boolean> {
  if (!event.deliveryContext?.isRedelivery && ageMs < SOONEST_UNSEND_MS) return false
  const { id } = MessageEvent.parse(event).message
  const kept = keptBy(work, row)
  if (!(await isTakenBack(kept, id, event.timestamp))) return false
  await redactMessage(kept, id)
  return true
}

function keptBy({ tx, cipher }: Work, { key }: InboxRow) {
  return { tx, cipher, key }
}

function profileOf(prepared: unknown): LineProfile | undefined {
  if (prepared === null || typeof prepared !== 'object' || !('displayName' in prepared)) return undefined
  const { displayName } = prepared
  const language = 'language' in prepared ? prepared.language : undefined
  return typeof displayName === 'string'
    ? { displayName, language: typeof language === 'string' ? language : undefined }
    : undefined
}
