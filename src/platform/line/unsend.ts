import type { FieldCipher, Tx } from '../db/index.ts'
import { type LineEvent, MessageEvent, readLineEvent, UnsendEvent } from './event.ts'

/** A person's kept events: `key` is their inbox key. */
export interface KeptBy {
  readonly tx: Tx
  readonly cipher: FieldCipher
  readonly key: string
}

interface KeptRow {
  readonly id: bigint
  readonly event: LineEvent
}

/** Removes a taken-back message's words from the inbox; the cause of the work it led to, or undefined when it is not kept. */
export async function redactMessage(kept: KeptBy, messageId: string): Promise<string | undefined> {
  const row = (await keptRows(kept)).find(({ event }) => messageIdOf(event) === messageId)
  if (!row) return undefined
  const { type, id } = MessageEvent.parse(row.event).message
  const redacted = { ...row.event, message: { type, id, ...(type === 'text' && { text: '' }), unsent: true } }
  const bodySealed = kept.cipher.seal('inbox.body', JSON.stringify(redacted))
  await kept.tx.inbox.update({ where: { id: row.id }, data: { bodySealed } })
  return `line:${row.event.webhookEventId}`
}

/** Whether this person has taken a message of this time (epoch ms) back already: LINE may tell it after its unsend. */
export async function isTakenBack(kept: KeptBy, messageId: string, sentAtMs: number): Promise<boolean> {
  return (await keptRows(kept, sentAtMs)).some(
    ({ event }) => event.type === 'unsend' && UnsendEvent.parse(event).unsend.messageId === messageId
  )
}

function messageIdOf(event: LineEvent): string | undefined {
  return event.type === 'message' ? MessageEvent.parse(event).message.id : undefined
}

/** Newest first, from an instant (epoch ms) on; rows whose body has been dropped for their age are left out. */
async function keptRows({ tx, cipher, key }: KeptBy, sinceMs = 0): Promise<KeptRow[]> {
  const since = new Date(sinceMs)
  // One arm for each partial index: a year of other people's events is not looked through.
  const rows = await tx.$queryRaw<{ id: bigint; body_sealed: string }[]>`
    SELECT id, body_sealed FROM inbox WHERE key = ${key} AND source = 'line' AND occurred_at >= ${since} AND state = 'done'
    UNION ALL
    SELECT id, body_sealed FROM inbox WHERE key = ${key} AND source = 'line' AND occurred_at >= ${since} AND state IN ('ready', 'running')
    UNION ALL
    SELECT id, body_sealed FROM inbox WHERE key = ${key} AND source = 'line' AND occurred_at >= ${since} AND state = 'dead'
    ORDER BY id DESC`
  return rows.flatMap(({ id, body_sealed: sealed }) => {
    const event = sealed ? readLineEvent(JSON.parse(cipher.open('inbox.body', sealed))) : undefined
    return event ? [{ id, event }] : []
  })
}
