import { newId } from '../../core/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type Choice, chooseCustomer, type Found } from './rules/choose.ts'
import type { ToldIdentity } from './rules/identity.ts'
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

/** Somebody else makes the same identities at the same time only so often. */
const TRIES = 5

/**
 * Whose each event is, by the identities it names (at least one each): the customer's id, found or made, in order. Rows of
 * one batch see each other. Who is chosen, and what is attached, says `chooseCustomer`. A fixed number of statements.
 */
export async function resolveCustomers(work: Resolving, told: readonly (readonly ToldIdentity[])[]): Promise<string[]> {
  return (await resolvePeople(work, told)).customerIds
}

/** The same, and which of them were made. */
export async function resolvePeople(
  work: Resolving,
  told: readonly (readonly ToldIdentity[])[]
): Promise<{ customerIds: string[]; created: ReadonlySet<string> }> {
  if (told.length === 0) return { customerIds: [], created: new Set() }
  if (told.some((identities) => identities.length === 0)) throw new Error('Nobody is named: give at least one identity')
  for (let tries = 0; tries < TRIES; tries += 1) {
    const plan = await makePlan(work, told)
    if (await attempt(work.tx, () => carryOut(work, plan)))
      return { customerIds: plan.customerIds, created: new Set(plan.created) }
  }
  throw new Error(`Others took the same identities ${TRIES} times in a row`)
}

interface Plan {
  readonly customerIds: string[]
  readonly created: string[]
  /** By their keys: the last to attach a browser has it. */
  readonly attach: Map<string, NewIdentity>
  readonly likely: LikelyDuplicate[]
}

async function makePlan({ tx, cipher }: Resolving, told: readonly (readonly ToldIdentity[])[]): Promise<Plan> {
  const keys = new Map(told.flat().map((identity) => [identity, identityKey(cipher, identity)]))
  const keyOf = (identity: ToldIdentity) => keys.get(identity) ?? ''
  const stored = await findIdentities(tx, [...new Set(keys.values())])
  const known = new Map(stored)
  const plan: Plan = { customerIds: [], created: [], attach: new Map(), likely: [] }
  for (const identities of told) {
    const choice = chooseCustomer(identities, (identity) => known.get(keyOf(identity)))
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
