import { ok, type Result } from '../../core/result.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Feature, MergedPair, Merging } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import { changesOf, type Row } from './rules/changes.ts'
import type { MergeReason } from './rules/reasons.ts'
import { type OwnedTable, ownedTables } from './store/catalogue.ts'
import { holdPair } from './store/hold.ts'
import { insertMerge, type Merge, mergeOf, saveChanges } from './store/merges.ts'
import { standingsOf } from './store/people.ts'
import type { TableChanges } from './store/restore.ts'
import { moveLong, moveOutboxKeys, moveRows, removeCustomer, rowsOf } from './store/rows.ts'

export interface MergeRequest extends MergedPair {
  readonly reason: MergeReason
  readonly by: AuditEntry['actor']
}

/** Why nothing was merged; `gone` = one of the two is no customer (any more). */
export type NotMerged = { readonly kind: 'same' } | { readonly kind: 'gone' }

/**
 * Makes two customers one, in the caller's transaction: `into` has the histories of both, and `from` is no more. What each
 * room does about it, its `merge` says. Can be undone row by row. Asked again, it answers the merge that was made.
 */
export async function mergeCustomers(
  work: Work,
  rooms: readonly Feature[],
  request: MergeRequest
): Promise<Result<Merge, NotMerged>> {
  const { from, into, reason, by } = request
  if (from === into) return { ok: false, kind: 'same' }
  const held = await lockPair(work.tx, request)
  if (held.length < 2) {
    const before = await mergeOf(work.tx, from)
    return before?.intoId === into ? ok(before) : { ok: false, kind: 'gone' }
  }
  const mergings = mergingsOf(rooms)
  const changes = await carryOut(work, mergings, request)
  const merge = await insertMerge(work, { from, into, reason, by: `${by.kind}:${by.id}` })
  for (const change of changes) await saveChanges(work, merge, change)
  await recordAudit(work, {
    ...{ actor: by, action: 'customer.merge', subject: { type: 'customer', id: into }, customerId: into },
    detail: { other: from, reason }
  })
  return ok(merge)
}

/** What the rooms have to say about merges. */
export function mergingsOf(rooms: readonly Feature[]): Merging[] {
  return rooms.flatMap(({ merge }) => merge ?? [])
}

/** What merging and its undoing must see to. */
export function tablesOf(tx: Tx, mergings: readonly Merging[]): Promise<OwnedTable[]> {
  return ownedTables(tx, {
    derived: mergings.flatMap(({ derived }) => derived ?? []),
    long: mergings.flatMap(({ long }) => long ?? [])
  })
}

/** Takes the two for this transaction; answers what is known of those who are there. */
export async function lockPair(tx: Tx, { from, into }: MergedPair) {
  await holdPair(tx, [from, into])
  return standingsOf(tx, [from, into])
}

async function carryOut(work: Work, mergings: readonly Merging[], pair: MergedPair): Promise<TableChanges[]> {
  const { tx } = work
  const tables = await tablesOf(tx, mergings)
  const before = await imagesOf(tx, tables, pair)
  for (const { settle } of mergings) await settle?.(work, pair)
  await moveOutboxKeys(tx, pair)
  const moved: TableChanges[] = []
  for (const table of tables.filter(({ moves }) => moves)) {
    if (table.long) moved.push({ table, changes: await moveLong(tx, table, pair) })
    else await moveRows(tx, table, pair)
  }
  await removeCustomer(tx, pair.from)
  for (const { derive } of mergings) await derive?.(work, [pair.into])
  const after = await imagesOf(tx, tables, pair)
  const changed = [...before].map(([table, rows]) => ({
    table,
    changes: changesOf(rows, after.get(table) ?? [], table.key)
  }))
  return [...moved, ...changed].filter(({ changes }) => changes.length > 0)
}

/** The rows of the two in all tables but the long ones. */
async function imagesOf(tx: Tx, tables: readonly OwnedTable[], pair: MergedPair): Promise<Map<OwnedTable, Row[]>> {
  const images = new Map<OwnedTable, Row[]>()
  for (const table of tables) if (!table.long) images.set(table, await rowsOf(tx, table, pair))
  return images
}
