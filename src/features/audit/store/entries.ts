import { canonicalJson } from '../../../core/hash.ts'
import { newId } from '../../../core/ids.ts'
import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import { hashDetail, type Sign, signContent } from '../rules/chain.ts'
import type { AuditEntry, Detail } from '../rules/entry.ts'
import type { Filter } from '../rules/filter.ts'

const DETAIL = 'audit.detail'

/** How entries are written: in whose transaction, sealed with what, signed how, at which business time. */
export interface Writing {
  readonly tx: Tx
  readonly cipher: FieldCipher
  readonly sign: Sign
  readonly at: Date
}

/** Writes entries down, in this order. They take their places in the chain later. */
export async function insertEntries(writing: Writing, entries: readonly AuditEntry[]): Promise<void> {
  await writing.tx.audit.createMany({ data: entries.map((entry) => rowOf(writing, entry)) })
}

function rowOf({ cipher, sign, at }: Writing, { actor, action, subject, customerId, detail }: AuditEntry) {
  const detailSealed = detail ? cipher.seal(DETAIL, canonicalJson(detail)) : null
  const content = {
    ...{ id: newId(), at, actorKind: actor.kind, actorId: actor.id, action },
    ...{ subjectType: subject.type, subjectId: subject.id, customerId: customerId ?? null },
    detailHash: hashDetail(detailSealed)
  }
  return { ...content, detailSealed, contentHash: signContent(sign, content) }
}

/** An entry as it is read. */
export interface StoredEntry {
  /** The order in which entries were written; has gaps. */
  readonly seq: number
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly customerId: string | null
  /** "erased" once the person it was about is forgotten; "unreadable" when somebody replaced it: the other entries go on. */
  readonly detail: Detail | 'erased' | 'unreadable' | undefined
}

/** Which entries: from the first instant up to, and without, the second; written before `beforeSeq`. */
export interface Wanted extends Pick<Filter, 'staff'> {
  /** About any of these, who are one person; undefined = about whomever. */
  readonly customerIds?: readonly string[] | undefined
  readonly from?: Date | undefined
  readonly until?: Date | undefined
  readonly beforeSeq?: number | undefined
}

/** Entries, the newest first. */
export async function listEntries(
  tx: Tx,
  cipher: FieldCipher,
  { wanted, limit }: { readonly wanted: Wanted; readonly limit: number }
): Promise<StoredEntry[]> {
  const { staff, customerIds, from, until, beforeSeq } = wanted
  const rows = await tx.audit.findMany({
    where: {
      ...(staff && { actorKind: 'staff', actorId: staff }),
      ...(customerIds && { customerId: { in: [...customerIds] } }),
      at: { ...(from && { gte: from }), ...(until && { lt: until }) },
      ...(beforeSeq && { seq: { lt: beforeSeq } })
    },
    orderBy: { seq: 'desc' },
    take: limit
  })
  return rows.map((row) => entryOf(row, cipher))
}

/** The customer of a follow-up, as far as anything was written down about it. */
export async function customerOfFollowUp(tx: Tx, number: number): Promise<string | undefined> {
  const where = { subjectType: 'follow_up', subjectId: String(number), customerId: { not: null } }
  return (await tx.audit.findFirst({ where, select: { customerId: true } }))?.customerId ?? undefined
}

/** A customer, and all who became part of them and still are: what was done about these is on record under the ids they had. */
export async function idsOfPerson(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE person AS (
      SELECT ${customerId}::uuid AS id
      UNION
      SELECT from_id FROM person JOIN customer_merge ON into_id = person.id AND undone_at IS NULL
    )
    SELECT id FROM person`
  return rows.map(({ id }) => id)
}

/** Forgets the details of what was written down about a customer, all or before an instant; how many. What was done stays. */
export async function eraseDetails(tx: Tx, customerId: string, before?: Date): Promise<number> {
  const where = { customerId, detailSealed: { not: null }, ...(before && { at: { lt: before } }) }
  return (await tx.audit.updateMany({ where, data: { detailSealed: null } })).count
}

const CUSTOMERS_AT_ONCE = 100

/** Some customers about whom details were written down before an instant. */
export async function withDetailsBefore(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.audit.findMany({
    where: { customerId: { not: null }, detailSealed: { not: null }, at: { lt: before } },
    distinct: ['customerId'],
    take: CUSTOMERS_AT_ONCE,
    select: { customerId: true }
  })
  return rows.flatMap(({ customerId }) => customerId ?? [])
}

type Row = Awaited<ReturnType<Tx['audit']['findUniqueOrThrow']>>

function entryOf(row: Row, cipher: FieldCipher): StoredEntry {
  const { at, actorKind, actorId, action, subjectType, subjectId, customerId } = row
  const known = { at, actorKind, actorId, action, subjectType, subjectId, customerId }
  return { ...known, seq: Number(row.seq), detail: detailOf(row, cipher) }
}

function detailOf({ detailSealed, detailHash }: Row, cipher: FieldCipher): StoredEntry['detail'] {
  if (detailSealed === null) return detailHash === '' ? undefined : 'erased'
  try {
    return JSON.parse(cipher.open(DETAIL, detailSealed))
  } catch {
    return 'unreadable'
  }
}
