import type { Work } from '../../platform/work.ts'
import { isErasedSince } from './rules/erased.ts'
import type { ToldIdentity } from './rules/identity.ts'
import { customerKey, findErased } from './store/erased.ts'
import { giveIdentities, identityKey } from './store/identities.ts'
import { findPresent, insertCustomers } from './store/place.ts'

/** A customer who was one of ours before, in an export that comes back. */
export interface Placed {
  readonly id: string
  readonly told: readonly ToldIdentity[]
  /** When that was, in business time; undefined = nobody knows, which counts as long ago. */
  readonly at: Date | undefined
  /** Default: now. */
  readonly createdAt?: Date | undefined
  readonly locale?: string | undefined
}

type Placing = Pick<Work, 'tx' | 'cipher' | 'now'>

/**
 * Puts customers back under the ids they had; who is there stays as they are. Identities that are nobody's become theirs,
 * others stay whose they are. Who was erased since does not come back, whether by the id or by an identity. Answers which of
 * `placed` are in, in order, and the ids of those who were not there before.
 */
export async function placeCustomers(
  work: Placing,
  placed: readonly Placed[]
): Promise<{ readonly isIn: readonly boolean[]; readonly created: ReadonlySet<string> }> {
  if (placed.length === 0) return { isIn: [], created: new Set() }
  const { isIn, kept } = await withoutErased(work, placed)
  const created = await insertCustomers(work.tx, kept, work.now)
  const identities = kept.flatMap(({ id, told }) =>
    told.map((identity) => ({ customerId: id, identity, before: undefined }))
  )
  if (identities.length > 0) await giveIdentities(work, identities)
  return { isIn, created }
}

/** An erased identity leads nowhere, and whoever is not here but by it is somebody who was erased. */
async function withoutErased({ tx, cipher }: Placing, placed: readonly Placed[]) {
  const keyed = placed.map((each) => ({
    ...each,
    told: each.told.map((identity) => ({ identity, key: identityKey(cipher, identity) }))
  }))
  const keys = keyed.flatMap(({ id, told }) => [customerKey(id), ...told.map(({ key }) => key)])
  const erased = await findErased(tx, [...new Set(keys)])
  if (erased.size === 0) return { isIn: placed.map(() => true), kept: placed }
  const ids = placed.map(({ id }) => id)
  const present = await findPresent(tx, ids)
  const isIn: boolean[] = []
  const kept: Placed[] = []
  for (const { told, ...each } of keyed) {
    const left = told.filter(({ key }) => !isErasedSince(erased.get(key), each.at))
    const isGone =
      isErasedSince(erased.get(customerKey(each.id)), each.at) || (left.length < told.length && !present.has(each.id))
    isIn.push(!isGone)
    if (!isGone) kept.push({ ...each, told: left.map(({ identity }) => identity) })
  }
  return { isIn, kept }
}
