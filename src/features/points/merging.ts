import { newId } from '../../core/ids.ts'
import type { Merging } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { openAccount } from './account.ts'
import { owedOf, settle, usable } from './rules/ledger.ts'
import { insertEntry, saveLots } from './store/ledger.ts'
import { sumOfEntries, tellCausesApart } from './store/sums.ts'

/** Two ledgers become one: what one of them owes is paid by what the other has. */
export const merging: Merging = {
  async settle(work, pair) {
    await tellCausesApart(work.tx, pair)
    const accounts = [await openAccount(work, pair.from), await openAccount(work, pair.into)]
    const lots = accounts.flatMap((account) => account?.lots ?? [])
    await saveLots(work.tx, lots, settle(lots))
  },
  async derive(work, customerIds) {
    for (const customerId of customerIds) await putRight(work, customerId)
  }
}

/**
 * After a merge was undone, what was spent or taken back in between may stand with one of the two, and the lots it came from
 * with the other: a line in each ledger says so, and both add up again. The two lines cancel out.
 */
async function putRight(work: Work, customerId: string): Promise<void> {
  const { tx, now } = work
  const account = await openAccount(work, customerId)
  if (!account) return
  const lots = settle(account.lots)
  await saveLots(tx, account.lots, lots)
  const points = usable(lots, now) - owedOf(lots) - (await sumOfEntries(tx, customerId))
  if (points !== 0) await insertEntry(tx, { customerId, kind: 'merge', points, cause: `merge:${newId()}`, at: now })
}
