import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import { inboxKeysOf, localeOfCustomer } from './store.ts'

/**
 * Forgets a customer in every room, in this one transaction, and writes down by whom, but not who it was. False when there
 * is nobody with this id (any more). What is told to the customer afterwards in this work still goes out, as a reply.
 * Call it before you take the customer's lock: it takes those of their messages first.
 */
export async function eraseCustomer(work: Work, customerId: string, by: AuditEntry['actor']): Promise<boolean> {
  const { tx } = work
  // In the order in which a message takes them; one that is being handled is waited for.
  for (const key of await inboxKeysOf(tx, customerId)) await lockKey(tx, key)
  await lockKey(tx, customerId)
  if (!(await localeOfCustomer(tx, customerId))) return false
  for (const room of work.personalData) await room.erase(work, customerId)
  const subject = { type: 'customer', id: customerId } as const
  await recordAudit(work, { actor: by, action: 'customer.erase', subject, customerId })
  return true
}
