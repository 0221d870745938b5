import type { Work } from '../../platform/work.ts'
import type { ToldIdentity } from './rules/identity.ts'
import { giveIdentities } from './store/identities.ts'
import { insertCustomers } from './store/place.ts'

/** A customer who was one of ours before, in an export that comes back. */
export interface Placed {
  readonly id: string
  readonly told: readonly ToldIdentity[]
  /** Default: now. */
  readonly createdAt?: Date | undefined
  readonly locale?: string | undefined
}

/**
 * Puts customers back under the ids they had; who is there stays as they are. Identities that are nobody's become theirs,
 * others stay whose they are. Answers who was not there.
 */
export async function placeCustomers(
  work: Pick<Work, 'tx' | 'cipher' | 'now'>,
  placed: readonly Placed[]
): Promise<ReadonlySet<string>> {
  if (placed.length === 0) return new Set()
  const created = await insertCustomers(work.tx, placed, work.now)
  const identities = placed.flatMap(({ id, told }) =>
    told.map((identity) => ({ customerId: id, identity, before: undefined }))
  )
  if (identities.length > 0) await giveIdentities(work, identities)
  return created
}
