import type { Database, FieldCipher, Tx } from '../../../platform/db/index.ts'
import { type Head, headText, type Link, ORIGIN, parseHead } from '../rules/chain.ts'
import type { ChainedRow } from '../rules/verify.ts'

/** Rows at once: of a page to verify, of a portion to chain. */
export const ROWS_AT_ONCE = 1_000

const HEAD = 'audit.head'

/** A row without a place yet. */
export interface Pending extends Link {
  readonly id: string
}

/** The first rows without a place, in the order in which they were written. */
export async function listPending(tx: Tx): Promise<Pending[]> {
  const rows = await tx.audit.findMany({
    where: { position: null },
    orderBy: { seq: 'asc' },
    take: ROWS_AT_ONCE,
    select: { id: true, seq: true, contentHash: true }
  })
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}

/** A row's place, and the hash of the place before. */
export interface Place extends Head {
  readonly id: string
  readonly previousHash: string
}

/** Gives rows their places, for good. */
export async function savePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  const column = <Key extends keyof Place>(key: Key) => places.map((place) => place[key])
  await tx.$executeRaw`
    UPDATE audit SET position = place.position, previous_hash = place.previous_hash, hash = place.hash
    FROM unnest(${column('id')}::uuid[], ${column('position')}::int8[], ${column('previousHash')}::text[],
      ${column('hash')}::text[]) AS place (id, position, previous_hash, hash)
    WHERE audit.id = place.id`
}

/** The last row that has a place; the origin when none has. */
export async function lastPlace(tx: Tx): Promise<Head> {
  const row = await tx.audit.findFirst({ where: { position: { not: null } }, orderBy: { position: 'desc' } })
  return row ? { position: Number(row.position), hash: row.hash ?? '' } : ORIGIN
}

/** The head as it was noted when the chain was last made longer; undefined when there is no note that can be opened. */
export async function notedHead(tx: Tx, cipher: FieldCipher): Promise<Head | undefined> {
  const note = await tx.setting.findUnique({ where: { key: HEAD } })
  return note ? openHead(cipher, note.value) : undefined
}

/** Notes the head, sealed: without the key nobody can write another one. */
export async function noteHead(tx: Tx, cipher: FieldCipher, head: Head): Promise<void> {
  const value = cipher.seal(HEAD, headText(head))
  await tx.setting.upsert({ where: { key: HEAD }, create: { key: HEAD, value }, update: { value } })
}

function openHead(cipher: FieldCipher, sealed: string): Head | undefined {
  try {
    return parseHead(cipher.open(HEAD, sealed))
  } catch {
    // Somebody wrote something else there: as good as none.
    return undefined
  }
}

/** The noted head and the last place that is taken, at one moment. */
export async function readBounds(db: Database): Promise<{ noted: Head | undefined; last: number }> {
  const [row] = await db.query<{ note: string | null; last: number | null }>(
    `SELECT (SELECT value FROM setting WHERE key = $1) AS note, (SELECT max(position)::float8 FROM audit) AS last`,
    [HEAD]
  )
  return { noted: row?.note ? openHead(db.cipher, row.note) : undefined, last: row?.last ?? 0 }
}

/** The rows of the next places after a position, up to and with another, by position. */
export function readPage(db: Database, after: number, upTo: number): Promise<ChainedRow[]> {
  return db.query<ChainedRow>(PAGE, [after, Math.min(after + ROWS_AT_ONCE, upTo)])
}

const PAGE = `SELECT id, seq::float8 AS seq, at, actor_kind AS "actorKind", actor_id AS "actorId", action,
    subject_type AS "subjectType", subject_id AS "subjectId", customer_id AS "customerId",
    detail_sealed AS "detailSealed", detail_hash AS "detailHash", content_hash AS "contentHash",
    position::float8 AS position, previous_hash AS "previousHash", hash,
    (detail_sealed IS NULL AND detail_hash <> '' AND EXISTS (
      SELECT 1 FROM audit AS erasure
      WHERE erasure.customer_id = audit.customer_id AND erasure.action = 'audit.erase' AND erasure.seq > audit.seq
    )) AS "erasureKnown"
  FROM audit WHERE position > $1 AND position <= $2 ORDER BY position`
