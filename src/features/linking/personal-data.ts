import type { PersonalData } from '../../platform/personal-data.ts'
import { dropProofsOf, proofsOf } from './store.ts'

/** Codes and nonces by which a customer became known elsewhere. Those not used yet lead to nobody, and run out. */
export const personalData: PersonalData = {
  tables: ['link_proof'],
  async export(reading, customerId) {
    return { link_proof: await proofsOf(reading, customerId) }
  },
  async erase({ tx }, customerId) {
    await dropProofsOf(tx, customerId)
  }
}
