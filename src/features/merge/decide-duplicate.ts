import { ok, type Result } from '../../core/result.ts'
import type { Feature } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { showMerge } from './announce.ts'
import { lockPair, mergeCustomers } from './merge-customers.ts'
import { MERGE_REASONS } from './rules/reasons.ts'
import { chooseSurvivor } from './rules/survivor.ts'
import { findPair, type Pair, setApart } from './store/duplicates.ts'
import { type Merge, mergeOf } from './store/merges.ts'

export interface Decision {
  readonly pair: Pair
  readonly same: boolean
  /** Slack user id. */
  readonly by: string
}

/** Somebody was faster (`by`, as merges name them), or the pair is no more. */
export type NotDecided = { readonly kind: 'decided'; readonly by: string } | { readonly kind: 'gone' }

/** What became of the pair: one customer, or two for good. */
export type Decided = { readonly kind: 'merged'; readonly merge: Merge } | { readonly kind: 'apart' }

/** Makes one customer of a suggested pair, or notes that they are two people. Of two who decide at once the first counts. */
export async function decideDuplicate(
  work: Work,
  rooms: readonly Feature[],
  { pair, same, by }: Decision
): Promise<Result<Decided, NotDecided>> {
  const { tx } = work
  const { a, b } = pair
  const [one, other] = await lockPair(tx, { from: a, into: b })
  const found = await findPair(tx, pair)
  if (!found || !one || !other) return beforehand(work, pair)
  if (found.state !== 'open') return { ok: false, kind: 'decided', by: found.decidedBy ?? '' }
  if (same) {
    const reason = MERGE_REASONS.find((known) => known === found.reason) ?? 'staff'
    const actor = { kind: 'staff', id: by } as const
    const done = await mergeCustomers(work, rooms, { ...chooseSurvivor(one, other), reason, by: actor })
    if (!done.ok) return { ok: false, kind: 'gone' }
    showMerge(work, done.value.id)
    return ok({ kind: 'merged', merge: done.value })
  }
  await setApart(tx, pair, `staff:${by}`)
  await recordAudit(work, {
    ...{
      actor: { kind: 'staff', id: by },
      action: 'customer.apart',
      subject: { type: 'customer', id: a },
      customerId: a
    },
    detail: { other: b, reason: found.reason }
  })
  return ok({ kind: 'apart' })
}

/** The pair is no more because the two were merged before, or one of them with a third. */
async function beforehand({ tx }: Work, { a, b }: Pair): Promise<{ readonly ok: false } & NotDecided> {
  const merge = (await mergeOf(tx, a)) ?? (await mergeOf(tx, b))
  return merge ? { ok: false, kind: 'decided', by: merge.mergedBy } : { ok: false, kind: 'gone' }
}
