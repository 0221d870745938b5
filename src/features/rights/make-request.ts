import { addDuration } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { recordFact } from '../events/index.ts'
import { arrange } from './announce.ts'
import { carryOut } from './carry-out.ts'
import type { PrivacyPort } from './port.ts'
import { addDays, DUE_DAYS, type Right } from './rules/request.ts'
import { delayOf, isAutomatic } from './settings.ts'
import { findByCause, findOpen, insertRequest, type RightsRequest } from './store.ts'

export interface Wanted {
  readonly customerId: string
  readonly right: Right
  /** One button, however often it is tapped. */
  readonly cause: string
  /** Staff decide, whatever is set. */
  readonly unsure?: boolean
}

export interface Made {
  readonly request: RightsRequest
  /** "known": this button made it before, or one for this right goes on already. */
  readonly how: 'made' | 'known'
}

/**
 * Takes a customer's confirmed request, and carries it out at once where that is set and possible. The caller holds the
 * customer's lock.
 */
export async function makeRequest(work: Work, wanted: Wanted, port: PrivacyPort | undefined): Promise<Made> {
  const { tx, cipher, now } = work
  const { customerId, right, cause } = wanted
  const open = (await findOpen(tx, cipher, customerId)).find((one) => one.right === right)
  const known = open ?? (await findByCause(tx, cipher, { customerId, cause }))
  if (known) return { request: known, how: 'known' }
  const automatic = !wanted.unsure && (await isAutomatic(tx, right))
  const state = right === 'correct' ? 'wording' : automatic ? 'scheduled' : 'waiting'
  const runAt = state === 'scheduled' ? addDuration(now, await delayOf(tx, right)) : null
  const dueAt = addDays(now, DUE_DAYS)
  const request = await insertRequest(tx, cipher, { customerId, right, state, requestedAt: now, dueAt, runAt, cause })
  await noteRequest(work, request)
  if (right !== 'erase' && state === 'scheduled')
    return { request: await carryOut(work, request, { port }), how: 'made' }
  await arrange(work, request)
  return { request, how: 'made' }
}

async function noteRequest(work: Work, { id, number, customerId, right, source }: RightsRequest): Promise<void> {
  await recordAudit(work, {
    actor: source ? { kind: 'source', id: source } : { kind: 'customer', id: customerId },
    action: 'rights.request',
    subject: { type: 'rights_request', id: String(number) },
    customerId,
    detail: { value: right }
  })
  await recordFact(work, {
    ...{ customerId, name: 'rights.requested', at: work.now, source: 'matane', sourceId: id },
    properties: { right }
  })
}
