import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { changeFollowUp } from './change-follow-up.ts'
import { findOpen } from './store/follow-ups.ts'

/** Draws the card of the customer's open follow-up again, after something that it shows has changed. */
export async function redrawOpen(work: Work, { customerId }: { readonly customerId: string }): Promise<void> {
  await lockKey(work.tx, customerId)
  const open = await findOpen(work.tx, work.cipher, customerId)
  if (open) await changeFollowUp(work, { id: open.id, actor: 'customer', change: { kind: 'redraw' } })
}
