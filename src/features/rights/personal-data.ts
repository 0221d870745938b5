import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { showCard } from './announce.ts'
import { forgetWords } from './store.ts'

const { tables, export: exportRows } = ownRows([
  { name: 'rights_request', hidden: ['decided_by', 'cause', 'detail_cause'] }
])

/** Requests are shown whole; of an erased customer only that there was one stays, and how it ended, as the proof. */
export const personalData: PersonalData = {
  tables,
  export: exportRows,
  async erase(work, customerId) {
    for (const id of await forgetWords(work.tx, customerId, work.now)) showCard(work, id)
  }
}
