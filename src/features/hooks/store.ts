import type { Tx } from '../../platform/db/index.ts'
import { INBOX_SOURCE } from './stored-delivery.ts'

/** Empties a delivery that has been handled. */
export async function forgetWords(tx: Tx, eventId: string): Promise<void> {
  await tx.$executeRaw`UPDATE inbox SET body_sealed = '' WHERE source = ${INBOX_SOURCE} AND event_id = ${eventId}`
}
