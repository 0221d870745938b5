import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { changeFollowUp } from './change-follow-up.ts'
import { findOpen } from './store.ts'

/** Draws the card of the customer's open follow-up again, after a fact that it shows. */
export async function redrawOpen(work: Work, { customerId }: Fact): Promise<void> {
  await lockKey(work.tx, customerId)
  const open = await findOpen(work.tx, work.cipher, customerId)
  if (open) await changeFollowUp(work, { id: open.id, actor: 'customer', change: { kind: 'redraw' } })
}
