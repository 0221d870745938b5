import type { Work } from '../../platform/work.ts'
import { showCard } from './announce.ts'
import { changeRequest } from './change-request.ts'
import { findByWords, saveRequest } from './store.ts'

/** The customer took the message back that said what to correct: its words are gone, and so is a request that needs them. */
export async function takeBackWords(work: Work, customerId: string, cause: string): Promise<void> {
  const { tx, cipher } = work
  const request = await findByWords(tx, cipher, { customerId, cause })
  if (!request) return
  const { id } = await saveRequest(tx, cipher, { before: request, change: { detail: null } })
  const cancelled = await changeRequest(work, {
    id,
    step: 'cancel',
    actor: { kind: 'customer', id: customerId },
    erasures: true
  })
  if (!cancelled.ok) showCard(work, id)
}
