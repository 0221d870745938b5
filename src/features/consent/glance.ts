import type { Tx } from '../../platform/db/index.ts'
import { currentPolicy } from './definition.ts'
import type { Frequency } from './rules/contact.ts'
import { isAllowed } from './rules/definition.ts'
import { CHOSEN, type ChosenPurpose } from './rules/purpose.ts'
import { frequenciesOf, newestAnswers, UNDECIDED } from './store.ts'

/** What a customer agrees to, at a glance. */
export interface ConsentGlance {
  /** `asked` = they said so themselves; else it is what the shop's wording says of those who were not asked. */
  readonly purposes: readonly { readonly purpose: ChosenPurpose; readonly allowed: boolean; readonly asked: boolean }[]
  readonly frequency: Frequency
}

/** Three statements over indexes of the customer. */
export async function consentGlance(tx: Tx, customerId: string): Promise<ConsentGlance> {
  const policy = await currentPolicy(tx)
  const answers = (await newestAnswers(tx, [customerId])).get(customerId)
  return {
    purposes: CHOSEN.map((purpose) => {
      const answer = answers?.get(purpose)
      return { purpose, allowed: isAllowed(policy, purpose, answer), asked: answer !== undefined }
    }),
    frequency: (await frequenciesOf(tx, [customerId])).get(customerId) ?? UNDECIDED
  }
}
