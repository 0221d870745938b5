import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { currentPolicy } from './definition.ts'
import { isAllowed } from './rules/definition.ts'
import { type ChosenPurpose, statusOf } from './rules/purpose.ts'
import { insertConsent, newestAnswers } from './store.ts'

export interface ConsentRequest {
  readonly customerId: string
  readonly purpose: ChosenPurpose
  readonly allow: boolean
  /** Of the wording the customer was shown; as a rule the one in force. */
  readonly version?: number
  /** Where it was given: "line:welcome", "line:settings", "line:rights", "slack". */
  readonly source: string
}

/**
 * Writes down a customer's yes or no to a purpose, and announces it; false when it was their last word already, or this
 * cause said it before. The caller holds the customer's lock.
 */
export async function changeConsent(work: Work, request: ConsentRequest): Promise<boolean> {
  const { customerId, purpose, allow, source } = request
  const { tx, now, cause } = work
  const policy = await currentPolicy(tx)
  const answer = (await newestAnswers(tx, [customerId])).get(customerId)?.get(purpose)
  if (answer && (answer === 'granted') === allow) return false
  const status = statusOf(allow, isAllowed(policy, purpose, answer))
  const version = request.version ?? policy.version
  if (!(await insertConsent(tx, { customerId, purpose, status, version, source, cause, at: now }))) return false
  return recordFact(work, {
    ...{ customerId, name: 'consent.changed', at: now, source: 'matane', sourceId: `${cause}:${purpose}` },
    properties: { purpose, status, version }
  })
}
