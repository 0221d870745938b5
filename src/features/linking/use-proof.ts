import type { Feature } from '../../platform/feature.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { findCustomer, giveIdentity } from '../customers/index.ts'
import { mergeCustomers, standingsOf, suggestPair } from '../merge/index.ts'
import { decideLink, type Known } from './rules/decide-link.ts'
import { holdProof, markUsed, type Proof, type Purpose } from './store.ts'

export interface Use {
  readonly purpose: Purpose
  /** As LINE or the customer told it. */
  readonly secret: string
  /** Who told it: LINE says who that is. */
  readonly customerId: string
}

/** What came of it; `asked` = staff have to look, `unknown` = no such secret, or one long gone. */
export type LinkOutcome = 'linked' | 'already' | 'asked' | 'unknown' | 'expired' | 'used'

/** Takes a secret for what it proves, once: the identity behind it is the customer's from now on. Call under their lock. */
export async function useProof(work: Work, rooms: readonly Feature[], use: Use): Promise<LinkOutcome> {
  const proof = await holdProof(work, use.purpose, use.secret)
  if (!proof) return 'unknown'
  if (proof.usedBy) return proof.usedBy === use.customerId ? 'already' : 'used'
  if (proof.expiresAt <= work.now) return 'expired'
  const outcome = await link(work, rooms, { use, proof })
  await markUsed(work.tx, proof.hash, use.customerId)
  await recordAudit(work, {
    ...{ actor: { kind: 'customer', id: use.customerId }, action: 'customer.link', customerId: use.customerId },
    ...{ subject: { type: 'customer', id: use.customerId } },
    detail: { reason: use.purpose, value: proof.identity.kind, outcome }
  })
  return outcome
}

interface Link {
  readonly use: Use
  readonly proof: Proof
}

async function link(work: Work, rooms: readonly Feature[], { use, proof }: Link): Promise<LinkOutcome> {
  const { customerId, purpose } = use
  const ownerId = await findCustomer(work.tx, work.cipher, proof.identity)
  const known = await standingsOf(work.tx, ownerId ? [customerId, ownerId] : [customerId])
  const find = (id: string): Known => known.find((each) => each.id === id) ?? { id, kinds: [] }
  const decision = decideLink(find(customerId), ownerId === undefined ? undefined : find(ownerId), proof.identity.kind)
  if (decision === 'already') return 'already'
  if (decision === 'attach') return (await giveIdentity(work, customerId, proof.identity)) ? 'linked' : 'asked'
  if (!ownerId) return 'asked'
  if (decision === 'merge') {
    const by = { kind: 'customer', id: customerId } as const
    const merged = await mergeCustomers(work, rooms, { from: ownerId, into: customerId, reason: purpose, by })
    if (merged.ok) return 'linked'
  }
  const [a = '', b = ''] = [customerId, ownerId].sort()
  await suggestPair(work.tx, { a, b }, { reason: purpose, at: work.now })
  return 'asked'
}
