import { newId } from '../../core/ids.ts'
import type { FieldCipher } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { type Choice, chooseCustomer, type Found } from './rules/choose.ts'
import { isErasedSince } from './rules/erased.ts'
import type { ToldIdentity } from './rules/identity.ts'
import { findErased } from './store/erased.ts'
import {
  attempt,
  createCustomers,
  findIdentities,
  giveIdentities,
  identityKey,
  type LikelyDuplicate,
  type NewIdentity,
  noteDuplicates
} from './store/identities.ts'

type Resolving = Pick<Work, 'tx' | 'cipher' | 'now'>

/** Somebody whom an event or a row names. */
export interface Named {
  /** At least one. */
  readonly told: readonly ToldIdentity[]
  /** When that was, in business time; undefined = nobody knows, which counts as long ago. */
  readonly at: Date | undefined
}

/** Somebody else makes the same identities at the same time only so often. */
const TRIES = 5

/**
 * Whose each event is, by the identities it names: the customer's id, found or made, in order; undefined = somebody's who
 * was erased since. Rows of one batch see each other. Who is chosen, and what is attached, says `chooseCustomer`; an
 * identity that was erased since leads to nobody, and nobody is made of the others. A fixed number of statements.
 */
export async function resolveCustomers(work: Resolving, named: readonly Named[]): Promise<(string | undefined)[]> {
  return (await resolvePeople(work, named)).customerIds
}

/** The same, and which of them were made. */
export async function resolvePeople(
  work: Resolving,
  named: readonly Named[]
): Promise<{ customerIds: (string | undefined)[]; created: ReadonlySet<string> }> {
  if (named.length === 0) return { customerIds: [], created: new Set() }
  if (named.some(({ told }) => told.length === 0)) throw new Error('Nobody is named: give at least one identity')
  for (let tries = 0; tries < TRIES; tries += 1) {
    const plan = await makePlan(work, named)
    if (await attempt(work.tx, () => carryOut(work, plan)))
      return { customerIds: plan.customerIds, created: new Set(plan.created) }
  }
  throw new Error(`Others took the same identities ${TRIES} times in a row`)
}

interface Plan {
  readonly customerIds: (string | undefined)[]
  readonly created: string[]
  /** By their keys: the last to attach a browser has it. */
  readonly attach: Map<string, NewIdentity>
  readonly likely: LikelyDuplicate[]
}

async function makePlan({ tx, cipher }: Resolving, named: readonly Named[]): Promise<Plan> {
  const keyOf = keysBy(cipher)
  const keys = [...new Set(named.flatMap(({ told }) => told.map(keyOf)))]
  const erased = await findErased(tx, keys)
  const stored = await findIdentities(tx, keys)
  const known = new Map(stored)
  const plan: Plan = { customerIds: [], created: [], attach: new Map(), likely: [] }
  for (const { told, at } of named) {
    const left = told.filter((identity) => !isErasedSince(erased.get(keyOf(identity)), at))
    const choice = left.length > 0 ? chooseCustomer(left, (identity) => known.get(keyOf(identity))) : undefined
    if (!choice || (choice.customerId === undefined && left.length < told.length)) {
      plan.customerIds.push(undefined)
      continue
    }
    const customerId = choice.customerId ?? newId()
    if (choice.customerId === undefined) plan.created.push(customerId)
    plan.customerIds.push(customerId)
    plan.likely.push(...choice.likely.map(({ customerId: other, reason }) => ({ one: customerId, other, reason })))
    for (const identity of choice.attach) {
      const key = keyOf(identity)
      plan.attach.set(key, { customerId, identity, before: stored.get(key)?.customerId })
    }
    learn(known, { customerId, choice, keyOf })
  }
  return plan
}

/** Hashing takes longer than all else here, and a file of visits has few people and many rows. */
function keysBy(cipher: FieldCipher): (identity: ToldIdentity) => string {
  const keys = new Map<string, string>()
  return (identity) => {
    const said = `${identity.kind}:${identity.value}`
    const key = keys.get(said) ?? identityKey(cipher, identity)
    keys.set(said, key)
    return key
  }
}

/** What one row of the batch settles, the next ones know. */
function learn(
  known: Map<string, Found>,
  { customerId, choice, keyOf }: { customerId: string; choice: Choice; keyOf: (identity: ToldIdentity) => string }
): void {
  // Nothing new; and looking through all of them for each row would take long.
  if (choice.attach.length === 0) return
  const before = [...known.values()].find((found) => found.customerId === customerId)?.kinds ?? []
  const found = { customerId, kinds: new Set([...before, ...choice.attach.map(({ kind }) => kind)]) }
  for (const [key, each] of known) if (each.customerId === customerId) known.set(key, found)
  for (const identity of choice.attach) known.set(keyOf(identity), found)
}

/** False when somebody else was given one of the identities since the plan was made. */
async function carryOut(work: Resolving, { created, attach, likely }: Plan): Promise<boolean> {
  if (created.length > 0) await createCustomers(work.tx, created, work.now)
  if (!(await giveIdentities(work, [...attach.values()]))) return false
  if (likely.length > 0) await noteDuplicates(work.tx, likely, work.now)
  return true
}
