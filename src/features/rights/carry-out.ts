import { addDuration } from '../../core/time.ts'
import { textMessage } from '../../platform/line/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { CHOSEN, changeConsent } from '../consent/index.ts'
import { customerSummary, renameCustomer } from '../customers/index.ts'
import { arrange, scheduleRun } from './announce.ts'
import type { Asker, PrivacyPort } from './port.ts'
import { isReachable } from './reach.ts'
import { nextState, type Step } from './rules/request.ts'
import { findRequest, hasUnsent, type RequestChange, type RightsRequest, saveRequest } from './store.ts'
import { TEXTS } from './texts.ts'

export interface Means {
  /** Undefined where nothing keeps track of personal data: then only what needs none can be asked for. */
  readonly port: PrivacyPort | undefined
  /** The corrected name, if it is the name that was wrong. */
  readonly name?: string | undefined
  /** Gets the link for whoever it cannot be sent to; again, when the work runs again. */
  readonly handOver?: ((link: string) => void) | undefined
}

/** The last words have this long to leave before the person they are for is forgotten. */
const FAREWELL = '2m'

/** Does what was asked for and tells the customer. The caller holds the customer's lock. */
export async function carryOut(work: Work, request: RightsRequest, means: Means): Promise<RightsRequest> {
  const texts = TEXTS[await localeOf(work, request)]
  const { customerId, right } = request
  const tell = (text: string) => work.tell(customerId, [textMessage(text)])
  switch (right) {
    case 'disclose':
      await disclose(work, request, means)
      break
    case 'correct':
      if (means.name) await renameCustomer(work, customerId, means.name)
      tell(means.name ? texts.renamed(means.name) : texts.corrected)
      break
    case 'restrict':
      for (const purpose of CHOSEN)
        await changeConsent(work, { customerId, purpose, allow: false, source: 'line:rights' })
      tell(texts.restricted)
      break
    case 'erase':
      return sayFarewell(work, request)
  }
  return finish(work, request)
}

/** The link goes to the customer, or to whoever of staff will pass it on where LINE does not reach them. */
async function disclose(work: Work, request: RightsRequest, means: Means): Promise<void> {
  const { customerId } = request
  const link = await portOf(means).disclose(work, customerId, askerOf(request))
  if (means.handOver && !(await isReachable(work.tx, work.cipher, customerId))) return means.handOver(link)
  work.tell(customerId, [textMessage(TEXTS[await localeOf(work, request)].disclosed(link))])
}

/** The last words; they have two minutes to leave before what they say is done. */
async function sayFarewell(work: Work, request: RightsRequest): Promise<RightsRequest> {
  work.tell(request.customerId, [textMessage(TEXTS[await localeOf(work, request)].farewell)])
  return advance(work, request, { step: 'begin', change: { runAt: addDuration(work.now, FAREWELL) } })
}

/**
 * Erases the customer whose last words have left, or looks again later; no later than the deadline. Takes no lock before:
 * the erasure has an order of its own, and what is running cannot be called back meanwhile.
 */
export async function finishErasure(work: Work, request: RightsRequest, means: Means): Promise<void> {
  const { tx, cipher, now } = work
  const { id, customerId, dueAt } = request
  if (now < dueAt && (await hasUnsent(tx, customerId))) return scheduleRun(work, id, addDuration(now, FAREWELL))
  await portOf(means).erase(work, customerId, askerOf(request))
  const erased = await findRequest(tx, cipher, id)
  if (erased?.state === 'running') await finish(work, erased)
}

async function finish(work: Work, request: RightsRequest): Promise<RightsRequest> {
  const done = await advance(work, request, { step: 'finish', change: { closedAt: work.now, runAt: null } })
  await recordAudit(work, {
    actor: { kind: 'system', id: 'matane' },
    action: 'rights.done',
    subject: { type: 'rights_request', id: String(request.number) },
    customerId: request.customerId,
    detail: { value: request.right }
  })
  return done
}

async function advance(
  work: Work,
  before: RightsRequest,
  { step, change }: { step: Step; change: RequestChange }
): Promise<RightsRequest> {
  const next = nextState(before.state, step)
  if (!next.ok) throw new Error(`Request ${before.id} is ${before.state}: it cannot ${step}`)
  const after = await saveRequest(work.tx, work.cipher, { before, change: { ...change, state: next.value } })
  await arrange(work, after)
  return after
}

function askerOf({ source, customerId }: RightsRequest): Asker {
  return source === null ? { kind: 'customer', id: customerId } : { kind: 'source', id: source }
}

function portOf({ port }: Means): PrivacyPort {
  if (!port) throw new Error('This right needs the room that keeps track of personal data')
  return port
}

async function localeOf({ tx, cipher }: Work, { customerId }: RightsRequest) {
  return (await customerSummary(tx, cipher, customerId))?.locale ?? 'ja'
}
