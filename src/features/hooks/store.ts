import type { FieldCipher, Tx } from '../../platform/db/index.ts'
import type { Named } from './rules/delivery.ts'
import { INBOX_SOURCE } from './stored-delivery.ts'

type Reading = { readonly tx: Tx; readonly cipher: FieldCipher }

/** Empties a delivery that has been handled. */
export async function forgetWords(tx: Tx, eventId: string): Promise<void> {
  await tx.$executeRaw`UPDATE inbox SET body_sealed = '' WHERE source = ${INBOX_SOURCE} AND event_id = ${eventId}`
}

export interface KeptDelivery {
  readonly id: string
  readonly receivedAt: Date
  /** As `readDelivery` reads it. */
  readonly written: string
}

/** The deliveries whose words are still there: those that wait, and those that were laid aside. */
export async function keptDeliveries({ tx, cipher }: Reading): Promise<KeptDelivery[]> {
  const rows = await tx.$queryRaw<{ id: string; receivedAt: Date; body: string }[]>`
    SELECT id::text AS id, received_at AS "receivedAt", body_sealed AS body FROM inbox
    WHERE source = ${INBOX_SOURCE} AND state = ANY (ARRAY['ready', 'running', 'dead', 'quarantined']) ORDER BY inbox.id`
  return rows.map(({ id, receivedAt, body }) => ({ id, receivedAt, written: cipher.open('inbox.body', body) }))
}

/** Forgets deliveries, and that they ever wait to be handled. That they came stays, so that told again they do nothing. */
export async function forgetDeliveries(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE inbox SET body_sealed = '', state = 'done', done_at = now(), last_error = NULL, token = NULL, lease_until = NULL
    WHERE id = ANY (${ids}::text[]::bigint[])`
}

/** What a customer is called outside, opened; nothing of somebody whose keys are gone already. */
export async function namesOf({ tx, cipher }: Reading, customerId: string): Promise<Named[]> {
  const rows = await tx.identity.findMany({ where: { customerId }, select: { channel: true, externalSealed: true } })
  const readable = rows.filter(({ externalSealed }) => cipher.opens(externalSealed))
  return readable.map(({ channel, externalSealed }) => ({
    kind: channel,
    value: cipher.open('identity.external', externalSealed)
  }))
}
