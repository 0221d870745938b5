import { ok, type Result } from '../../core/result.ts'
import type { Feature } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import { lockPair, mergingsOf, tablesOf } from './merge-customers.ts'
import { sealAnew } from './seal-anew.ts'
import { belongings } from './store/catalogue.ts'
import { closeMerge, eventsSince, findChanges, findMerge, type Merge, wasMergedSince } from './store/merges.ts'
import { follow, restoreRows } from './store/restore.ts'

/** Why it was not undone: there is no such merge, it was undone before, a newer one comes first, or it was forgotten. */
export type NotUndone = { readonly kind: 'gone' | 'undone' | 'not_newest' | 'forgotten' }

/**
 * Makes two customers of one again: every row is what and whose it was, but for what has changed since. What came since
 * stays with the one who stayed, unless it belongs to a row that goes back; `stays` of the merge says how many events that is.
 */
export async function undoMerge(
  work: Work,
  rooms: readonly Feature[],
  { id, by }: { readonly id: string; readonly by: AuditEntry['actor'] }
): Promise<Result<Merge, NotUndone>> {
  const { tx, cipher } = work
  const known = await findMerge(tx, id)
  if (!known) return { ok: false, kind: 'gone' }
  const pair = { from: known.fromId, into: known.intoId }
  const held = await lockPair(tx, pair)
  const merge = (await findMerge(tx, id)) ?? known
  if (merge.undoneAt) return { ok: false, kind: 'undone' }
  if (await wasMergedSince(tx, merge)) return { ok: false, kind: 'not_newest' }
  const mergings = mergingsOf(rooms)
  const changes = await findChanges(tx, cipher, { mergeId: id, tables: await tablesOf(tx, mergings) })
  if (changes.length === 0 || held.length === 0) return { ok: false, kind: 'forgotten' }
  const stays = await eventsSince(tx, merge)
  for (const change of changes) await restoreRows(tx, change)
  const told = mergings.flatMap((room) => room.belongs ?? [])
  for (const belonging of [...(await belongings(tx)), ...told]) await follow(tx, belonging, pair)
  // What was written in between was sealed for the one who stayed, and may go back.
  await sealAnew(work, [pair.from, pair.into])
  for (const { derive } of mergings) await derive?.(work, [pair.from, pair.into])
  const closed = await closeMerge(tx, id, { by: `${by.kind}:${by.id}`, at: work.now, stays })
  await recordAudit(work, {
    ...{ actor: by, action: 'customer.unmerge', subject: { type: 'customer', id: pair.into }, customerId: pair.into },
    detail: { other: pair.from }
  })
  return ok(closed)
}
