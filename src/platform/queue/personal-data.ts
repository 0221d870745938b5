import { z } from 'zod'
import type { Tx } from '../db/index.ts'
import { readLineEvent } from '../line/event.ts'
import type { PersonalData, Reading } from '../personal-data.ts'
import type { Channel } from './types.ts'

/** The platform's own tables: what customers wrote, what they are to be told, and what waits for its time. */
export const queueData: PersonalData = {
  tables: ['inbox', 'outbox', 'delivery', 'timer', 'slack_message'],
  async export(reading, customerId) {
    return {
      inbox: await exportInbox(reading, customerId),
      outbox: await exportOutbox(reading, customerId),
      timer: await reading.tx.$queryRaw<{ kind: string; due_at: Date }[]>`
        SELECT kind, due_at FROM timer WHERE key = ${customerId} ORDER BY due_at, id`
    }
  },
  async erase(work, customerId) {
    const theirs = await work.tx.identity.findMany({ where: { customerId, channel: 'line' } })
    for (const key of [customerId, ...theirs.map(({ externalHash }) => `line:${externalHash}`)])
      await forgetEvents(work.tx, key)
    await eraseOutbox(work.tx, customerId)
    await work.tx.timer.deleteMany({ where: { key: customerId } })
  }
}

/** Only while the words are there: they are dropped for their age. A reply token or an id of LINE's is nothing to show. */
async function exportInbox({ tx, cipher }: Reading, customerId: string) {
  const rows = await tx.$queryRaw<{ occurred_at: Date; body_sealed: string }[]>`
    SELECT occurred_at, body_sealed FROM inbox WHERE source = 'line' AND body_sealed <> '' AND key IN (
      SELECT 'line:' || external_hash FROM identity WHERE customer_id = ${customerId}::uuid AND channel = 'line')
    ORDER BY id`
  return rows.map(({ occurred_at, body_sealed }) => {
    const event = readLineEvent(JSON.parse(cipher.open('inbox.body', body_sealed)))
    return { occurred_at, type: event?.type, message: event?.message, postback: event?.postback }
  })
}

const Told = z.object({ messages: z.array(z.looseObject({})) })

async function exportOutbox({ tx, cipher }: Reading, customerId: string) {
  const rows = await tx.outbox.findMany({ where: { customerId, channel: 'line' }, orderBy: { seq: 'asc' } })
  return rows.map(({ createdAt, state, outcome, payloadSealed }) => ({
    ...{ created_at: createdAt, state, outcome },
    messages: payloadSealed ? Told.parse(JSON.parse(cipher.open('outbox.payload', payloadSealed))).messages : []
  }))
}

/**
 * Forgets what the inbox holds under a key. It is never handled any more; that it came stays, so that it does nothing when
 * it is told again, but it no longer says who told it.
 */
export async function forgetEvents(tx: Tx, key: string): Promise<void> {
  // One arm for each partial index: a month of other people's events is not looked through.
  for (const states of [['done'], ['ready', 'running'], ['dead', 'quarantined']])
    await tx.$executeRaw`
      UPDATE inbox SET body_sealed = '', key = 'erased', last_error = NULL, token = NULL, lease_until = NULL,
        state = 'done', done_at = coalesce(done_at, now())
      WHERE key = ${key} AND state = ANY (${states}::text[])`
}

/** Which of the queue's messages are to be forgotten: those for a customer, or those of a channel and key. */
type Unsent = { readonly customerId: string } | { readonly channel: Channel; readonly key: string }

/**
 * Forgets what messages say. What waits is never sent; what is in hand goes on, so that what comes after it keeps its
 * place, and is dropped should it have to be tried again.
 */
export async function forgetMessages(tx: Tx, of: Unsent): Promise<void> {
  const ids = (await tx.outbox.findMany({ where: of, select: { id: true } })).map(({ id }) => id)
  await tx.$executeRaw`
    UPDATE outbox SET payload_sealed = '', last_error = NULL,
      done_at = CASE WHEN state = 'running' THEN done_at ELSE coalesce(done_at, now()) END,
      outcome = CASE WHEN state IN ('running', 'done') THEN outcome ELSE 'dropped' END,
      state = CASE WHEN state = 'running' THEN state ELSE 'done' END
    WHERE id = ANY (${ids}::uuid[])`
}

/** What waits to be sent to them is dropped, and what channels said about it. */
async function eraseOutbox(tx: Tx, customerId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE delivery SET detail = NULL FROM outbox
    WHERE outbox.id = outbox_id AND customer_id = ${customerId}::uuid AND detail IS NOT NULL`
  await forgetMessages(tx, { customerId })
}
