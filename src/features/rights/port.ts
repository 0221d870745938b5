import type { Work } from '../../platform/work.ts'
import type { AuditEntry } from '../audit/index.ts'

/** Whose wish it is, for the record: the customer's, or another system's that passes it on. */
export type Asker = AuditEntry['actor']

/** What it takes to show somebody their data, and to forget them. */
export interface PrivacyPort {
  /** An address at which the customer can get all that is kept about them, for a short while. */
  disclose(work: Work, customerId: string, by: Asker): Promise<string>
  /** Forgets everything about a customer, in this transaction. */
  erase(work: Work, customerId: string, by: Asker): Promise<void>
}
