import type { Tx } from '../db/index.ts'

/** A push that LINE took. */
export interface SentMessage {
  /** The outbox row's. */
  readonly id: string
  /** Null = the customer is no more. */
  readonly customerId: string | null
  /** How long ago that was, in real time. */
  readonly agoMs: number
}

/**
 * Some of the pushes to customers that were not taken before, the oldest first: each is given once, in the transaction
 * that does something with it. Answers to what a customer has just written are no messages of ours in this sense.
 */
export function takeSent(tx: Tx, limit: number): Promise<SentMessage[]> {
  return tx.$queryRaw<SentMessage[]>`
    WITH sent AS (
      SELECT id FROM outbox WHERE channel = 'line' AND state = 'done' AND outcome = 'pushed' AND NOT counted
      ORDER BY seq LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox SET counted = true FROM sent WHERE outbox.id = sent.id
    RETURNING outbox.id::text AS id, 
      (SELECT customer.id::text FROM customer WHERE customer.id = customer_id) AS "customerId",
      extract(epoch FROM now() - done_at)::float8 * 1000 AS "agoMs"`
}
