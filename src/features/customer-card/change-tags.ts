import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { changeCustomerTags, customerSummary, type Tagged } from '../customers/index.ts'
import { redrawOpen } from '../follow-ups/index.ts'

export interface TagRequest {
  readonly customerId: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
  /** Slack user id. */
  readonly by: string
}

/** Changes a customer's tags, puts it on record, and draws the card of their open follow-up again. */
export async function changeTags(work: Work, request: TagRequest): Promise<Tagged> {
  const { customerId, by } = request
  const done = await changeCustomerTags(work, { ...request, by: `slack:${by}` })
  if (done.added.length + done.removed.length === 0) return done
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'customer.tag',
    subject: { type: 'customer', id: customerId },
    customerId,
    detail: { added: done.added.join(' '), removed: done.removed.join(' ') }
  })
  await redrawOpen(work, { customerId })
  return done
}

/** A customer's tags, for somebody who is about to change them; undefined when there is no such customer. */
export async function viewTags(work: Work, customerId: string, by: string): Promise<readonly string[] | undefined> {
  const customer = await customerSummary(work.tx, work.cipher, customerId)
  if (!customer) return undefined
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'customer.card',
    subject: { type: 'customer', id: customerId },
    customerId,
    detail: { view: 'tags' }
  })
  return customer.tags
}
