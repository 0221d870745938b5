import type { Work } from '../../platform/work.ts'

/** What it takes to show somebody their data, and to forget them. */
export interface PrivacyPort {
  /** An address at which the customer can get all that is kept about them, for a short while. */
  disclose(work: Work, customerId: string): Promise<string>
  /** Forgets everything about a customer, in this transaction. */
  erase(work: Work, customerId: string): Promise<void>
}
