import { lockKey } from '../../platform/db/index.ts'
import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import type { Work } from '../../platform/work.ts'
import { CHAIN_LOCK } from './chain-pending.ts'
import { recordAudit } from './record-audit.ts'
import { eraseDetails, withDetailsBefore } from './store/entries.ts'

const LINKS = ['seq', 'position', 'hash'] as const

/** What was done about a customer, and when. Who did it stays between the team. */
export const personalData: PersonalData = {
  ...ownRows([{ name: 'audit', hidden: ['actor_id', 'detail_sealed', ...LINKS] }]),
  erase: eraseAuditDetails,
  purge: { audit_details: purgeDetails }
}

/**
 * Forgets what the log says in detail about a customer, and writes down that it did: who did what, and when, stays, under an
 * id that leads to nobody any more. The chain stays whole. Safe to run again.
 */
export async function eraseAuditDetails(work: Work, customerId: string, before?: Date): Promise<void> {
  // Chaining changes the same rows: one after the other, so that neither waits for the other in a circle.
  await lockKey(work.tx, CHAIN_LOCK)
  if ((await eraseDetails(work.tx, customerId, before)) === 0) return
  await recordAudit(work, {
    actor: { kind: 'system', id: 'matane' },
    action: 'audit.erase',
    subject: { type: 'customer', id: customerId },
    customerId
  })
}

/** The details of some customers that are older than they are kept. */
async function purgeDetails(work: Work, before: Date): Promise<number> {
  const customerIds = await withDetailsBefore(work.tx, before)
  for (const customerId of customerIds) await eraseAuditDetails(work, customerId, before)
  return customerIds.length
}
