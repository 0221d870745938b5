import { createHash } from 'node:crypto'
import { newId } from '../../../core/ids.ts'
import { customerCiphers, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { JsonObject } from '../rules/bounds.ts'

/** Something that happened to a customer, checked and ready to be stored. */
export interface NewEvent {
  readonly customerId: string
  readonly name: string
  readonly at: Date
  /** Who says so ("line", "demo", "pos"), and its own unique id for it: together they name the event for ever. */
  readonly source: string
  readonly sourceId: string
  readonly shop?: string | undefined
  /** Stored in the clear: nothing about a person. */
  readonly properties: JsonObject
  /** Stored sealed. Default: nothing. */
  readonly personal?: JsonObject
}

const FIELD = 'event.properties'

/** The key by which an event is stored once: a hash of its source and source id, as a UUID. */
export function eventKey({ source, sourceId }: Pick<NewEvent, 'source' | 'sourceId'>): string {
  const hash = createHash('sha256').update(`${source}\u0000${sourceId}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`
}

/**
 * Inserts the events that are new, in one statement, and returns their keys. Keys are inserted in order: of two batches
 * with the same events one waits for the other, never each for the other. An event of a transaction that has not ended
 * yet is waited for.
 */
export async function appendEvents(
  tx: Tx,
  cipher: FieldCipher,
  events: ReadonlyMap<string, NewEvent>
): Promise<Set<string>> {
  const given = [...events]
  const cipherOf = await customerCiphers(
    { tx, cipher },
    given.flatMap(([, { customerId, personal }]) => (hasAny(personal) ? customerId : []))
  )
  const column = <T>(value: (event: NewEvent, key: string) => T): T[] => given.map(([key, event]) => value(event, key))
  const rows = await tx.$queryRaw<{ key: string }[]>`
    WITH given AS (
      SELECT * FROM unnest(
        ${column((_, key) => key)}::uuid[], ${column(() => newId())}::uuid[], ${column(({ customerId }) => customerId)}::uuid[],
        ${column(({ name }) => name)}::text[], ${column(({ at }) => at.toISOString())}::timestamptz[],
        ${column(({ source }) => source)}::text[], ${column(({ sourceId }) => sourceId)}::text[],
        ${column(({ shop }) => shop ?? null)}::text[], ${column(({ properties }) => JSON.stringify(properties))}::jsonb[],
        ${column(({ customerId, personal }) => (hasAny(personal) ? cipherOf(customerId).seal(FIELD, JSON.stringify(personal)) : null))}::text[]
      ) AS given (key, id, customer_id, name, at, source, source_id, shop, properties, properties_sealed)
    ), fresh AS (
      INSERT INTO event_key (key) SELECT key FROM given ORDER BY key ON CONFLICT DO NOTHING RETURNING key
    ), stored AS (
      INSERT INTO event (id, customer_id, name, at, source, source_id, shop, properties, properties_sealed)
      SELECT id, customer_id, name, at, source, source_id, shop, properties, properties_sealed
      FROM given JOIN fresh USING (key) ORDER BY id
    )
    SELECT key FROM fresh`
  return new Set(rows.map(({ key }) => key))
}

function hasAny(properties: JsonObject | undefined): boolean {
  return properties !== undefined && Object.keys(properties).length > 0
}
