import type { FieldCipher, Tx } from '../../platform/db/index.ts'
import type { AuditEntry } from './rules/entry.ts'
import { signer } from './sign.ts'
import { insertEntries } from './store/entries.ts'

/** What writing an entry takes: a unit of work has it. */
export interface Auditing {
  readonly tx: Tx
  readonly cipher: FieldCipher
  /** Business time. */
  readonly now: Date
}

/**
 * Writes down who saw, changed or sent what, in the transaction of what it reports: both happen, or neither. Only inserts
 * and takes no lock, so that nobody waits for anybody: the clock chains the rows afterwards.
 */
export async function recordAudit({ tx, cipher, now }: Auditing, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0) await insertEntries({ tx, cipher, sign: signer(cipher), at: now }, entries)
}
