import type { PersonalData } from '../../platform/personal-data.ts'
import { eraseAuditDetails } from '../audit/index.ts'
import { forgetChanges, mergesInto } from './store/merges.ts'

/** Who a customer was before: that there was a merge is shown and stays; what it would take to undo it is forgotten. */
export const personalData: PersonalData = {
  tables: ['customer_merge', 'customer_merge_row'],
  async export({ tx }, customerId) {
    const merges = await mergesInto(tx, customerId)
    return {
      customer_merge: merges.map(({ reason, mergedAt, undoneAt }) => ({
        ...{ reason, merged_at: mergedAt.toISOString() },
        undone_at: undoneAt?.toISOString() ?? null
      }))
    }
  },
  async erase(work, customerId) {
    const merges = await mergesInto(work.tx, customerId)
    await forgetChanges(
      work.tx,
      merges.map(({ id }) => id)
    )
    const former = merges.flatMap(({ fromId, undoneAt }) => (undoneAt ? [] : [fromId]))
    for (const id of new Set(former)) await eraseAuditDetails(work, id)
  }
}
