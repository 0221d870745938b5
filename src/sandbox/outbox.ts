import type { Database } from '../platform/db/index.ts'

const SHOWN = 100

/** A message the product meant to send, and what became of it. Times are ISO texts. */
export interface Outgoing {
  readonly id: string
  readonly channel: string
  readonly cause: string
  readonly state: string
  readonly outcome: string | null
  readonly attempts: number
  readonly createdAt: string
  readonly doneAt: string | null
  readonly payload: unknown
  readonly deliveries: readonly { readonly method: string; readonly result: string; readonly status: number | null }[]
}

/** The newest 100 messages of the outbox, newest first. */
export async function readOutbox({ prisma, cipher }: Database): Promise<Outgoing[]> {
  const rows = await prisma.outbox.findMany({
    orderBy: { seq: 'desc' },
    take: SHOWN,
    include: { deliveries: { orderBy: { id: 'asc' } } }
  })
  return rows.map(({ id, channel, cause, state, outcome, attempts, createdAt, doneAt, payloadSealed, deliveries }) => ({
    ...{ id, channel, cause, state, outcome, attempts },
    createdAt: createdAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    // The words of old and of dropped messages are gone.
    payload: payloadSealed ? (JSON.parse(cipher.open('outbox.payload', payloadSealed)) as unknown) : null,
    deliveries: deliveries.map(({ method, result, status }) => ({ method, result, status }))
  }))
}
