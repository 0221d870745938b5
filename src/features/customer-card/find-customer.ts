import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { ownerOfSerial } from '../coupons/index.ts'
import { type FoundCustomer, searchCustomers, type ToldIdentity, toldIdentity } from '../customers/index.ts'
import { customerOfNumber } from '../follow-ups/index.ts'
import { parseQuery } from './rules/query.ts'

/** Whom the words lead to: one customer, some to choose from (`more` = not all are shown), or nobody. */
export type Finding =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'some'; readonly found: readonly FoundCustomer[]; readonly more: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }

/** As many as one looks through. */
const SHOWN = 10
/** Kinds of identity that somebody may read out or type. */
const TYPED_KINDS = ['email', 'phone', 'pos', 'ec', 'app'] as const

/** Finds a customer by what staff typed, and puts on record whom they saw to choose from. */
export async function findCustomer(work: Work, typed: string, by: string): Promise<Finding> {
  const query = parseQuery(typed)
  if (!query) return { kind: 'unreadable' }
  if (query.kind === 'id') return { kind: 'one', id: query.id }
  if (query.kind === 'follow_up') return one(await customerOfNumber(work.tx, query.number))
  const owner = await ownerOfSerial(work.tx, query.text)
  if (owner) return one(owner)
  const search = { name: query.text, tail: query.tail, identities: identitiesIn(query.text), limit: SHOWN + 1 }
  const found = await searchCustomers(work.tx, work.cipher, search)
  if (found.length < 2) return one(found[0]?.id)
  const shown = found.slice(0, SHOWN)
  await auditSeen(work, shown, by)
  return { kind: 'some', found: shown, more: found.length > SHOWN }
}

function one(id: string | undefined): Finding {
  return id === undefined ? { kind: 'none' } : { kind: 'one', id }
}

function identitiesIn(text: string): ToldIdentity[] {
  return TYPED_KINDS.flatMap((kind) => {
    const told = toldIdentity(kind, text)
    return told.ok ? [told.value] : []
  })
}

async function auditSeen(work: Work, found: readonly FoundCustomer[], by: string): Promise<void> {
  const actor = { kind: 'staff', id: by } as const
  const entries = found.map(({ id }) => {
    return { actor, action: 'customer.search', subject: { type: 'customer', id }, customerId: id } as const
  })
  await recordAudit(work, ...entries)
}
