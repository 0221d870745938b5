import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import type { Frequency } from './rules/contact.ts'
import { frequenciesOf, saveFrequency, UNDECIDED } from './store.ts'

/** Sets how often a customer hears from us; false when it was so already. The caller holds the customer's lock. */
export async function changeFrequency(work: Work, customerId: string, frequency: Frequency): Promise<boolean> {
  const { tx, now, cause } = work
  const before = (await frequenciesOf(tx, [customerId])).get(customerId) ?? UNDECIDED
  if (before === frequency) return false
  await saveFrequency(tx, { customerId, frequency, at: now })
  return recordFact(work, {
    ...{ customerId, name: 'preference.changed', at: now, source: 'matane', sourceId: `${cause}:frequency` },
    properties: { frequency }
  })
}
