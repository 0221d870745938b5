import { randomBytes } from 'node:crypto'
import { sha256Hex } from '../../core/hash.ts'
import { addDuration } from '../../core/time.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import { type CustomerExport, exportCustomer } from './export-customer.ts'
import { customerOfLink, insertLink } from './store.ts'

/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32
/** Where an export is opened, before the token. */
export const EXPORT_PATH = '/privacy'
/** How long a link opens: three days. */
const LINK_HOLDS = '3d'

/** Where the customer sees what is kept about them: put the public URL before `path`. Whoever has it can open it. */
export interface ExportLink {
  readonly path: string
  readonly expiresAt: Date
}

/** Makes a link to all that is kept about a customer, as it will be when it is opened. `by` asked for it. */
export async function shareExport(work: Work, customerId: string, by: AuditEntry['actor']): Promise<ExportLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = addDuration(work.now, LINK_HOLDS)
  await insertLink(work.tx, { tokenHash: sha256Hex(token), customerId, createdAt: work.now, expiresAt })
  await note(work, customerId, { actor: by, action: 'customer.export' })
  return { path: `${EXPORT_PATH}/${token}`, expiresAt }
}

/** Whether a link opens at an instant. */
export async function opens(tx: Tx, token: string, at: Date): Promise<boolean> {
  return (await customerOfLink(tx, sha256Hex(token), at)) !== undefined
}

/** What a link leads to, as it is now, and puts on record that it was looked at; undefined when it opens nothing any more. */
export async function openExport(work: Work, token: string): Promise<CustomerExport | undefined> {
  const customerId = await customerOfLink(work.tx, sha256Hex(token), work.now)
  const found = customerId && (await exportCustomer(work, customerId))
  if (!found) return undefined
  await note(work, customerId, { actor: { kind: 'customer', id: customerId }, action: 'customer.export_open' })
  return found
}

function note(work: Work, customerId: string, done: Pick<AuditEntry, 'actor' | 'action'>): Promise<void> {
  return recordAudit(work, { ...done, subject: { type: 'customer', id: customerId }, customerId })
}
