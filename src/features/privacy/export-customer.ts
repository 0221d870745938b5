import type { Locale } from '../../core/locale.ts'
import type { Kept } from '../../platform/personal-data.ts'
import type { Work } from '../../platform/work.ts'
import { localeOfCustomer } from './store.ts'

/** All that is kept about a customer, table by table. */
export interface CustomerExport {
  readonly locale: Locale
  /** Business time. */
  readonly at: Date
  readonly kept: Kept
}

/** Everything that every room keeps about a customer, as it is now; undefined when there is nobody with this id. */
export async function exportCustomer(work: Work, customerId: string): Promise<CustomerExport | undefined> {
  const locale = await localeOfCustomer(work.tx, customerId)
  if (!locale) return undefined
  const kept: Record<string, Kept[string]> = {}
  for (const room of work.personalData) Object.assign(kept, await room.export(work, customerId))
  return { locale, at: work.now, kept }
}
