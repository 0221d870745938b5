import { type Bag, bagOf, firstOf, textOf } from './bag.ts'
import type { Fault } from './fault.ts'

/** Somebody said to be of this identity; not yet known to be one. */
export interface Claim {
  readonly kind: string
  readonly value: unknown
  readonly field: string
}

/** A LINE user's id: whoever sends it as their own wants to be taken for that person. */
const LINE_ID = /^U[0-9a-f]{32}$/
const LINE_TRAIT = /^line_?(user_?)?id$/i

/** Who a message is about, by all it says. `kind` is whose ids the source's `userId`s are. */
export function claimsOf(given: Bag, kind: string): Claim[] {
  const context = bagOf(given.context)
  const traits = [bagOf(given.type === 'identify' ? given.traits : undefined), bagOf(context.traits)]
  return [
    ...accounts(given, kind),
    ...traits.flatMap((bag) => contacts(bag)),
    ...externalIds(context.externalIds),
    ...told('anonymous', given.anonymousId, 'anonymousId')
  ]
}

/** What a browser's key can prove: that it is this browser. */
export function browserClaims(given: Bag): Claim[] {
  return told('anonymous', given.anonymousId, 'anonymousId')
}

function accounts(given: Bag, kind: string): Claim[] {
  if (given.type !== 'alias') return account(given.userId, kind, 'userId')
  // The id before may have been a browser's or an account's: whichever it leads to.
  const before = account(given.previousId, kind, 'previousId')
  return [...account(given.userId, kind, 'userId'), ...before, ...told('anonymous', given.previousId, 'previousId')]
}

/** Many use addresses for ids; an address is an address. */
function account(id: unknown, kind: string, field: string): Claim[] {
  return told(typeof id === 'string' && id.includes('@') ? 'email' : kind, id, field)
}

function contacts(traits: Bag): Claim[] {
  return [...told('email', traits.email, 'traits.email'), ...told('phone', traits.phone, 'traits.phone')]
}

/** Segment's way to tell further ids: [{ id, type: "pos" }]. */
function externalIds(list: unknown): Claim[] {
  if (!Array.isArray(list)) return []
  return list.slice(0, 10).flatMap((each: unknown, index) => {
    const { id, type } = bagOf(each)
    return told(textOf(type) ?? 'unknown', id, `context.externalIds.${index}`)
  })
}

function told(kind: string, value: unknown, field: string): Claim[] {
  return value === undefined || value === null || value === '' ? [] : [{ kind, value, field }]
}

/** LINE ids come from LINE's signed webhooks alone: a message that brings one is refused, whole. */
export function lineFaults(given: Bag, claims: readonly Claim[]): Fault[] {
  const message = 'a LINE id comes from LINE alone: link the account in the chat instead'
  const claimed = claims.filter(
    ({ kind, value }) => kind === 'line' || (typeof value === 'string' && LINE_ID.test(value))
  )
  const traits = [bagOf(given.traits), bagOf(bagOf(given.context).traits)].flatMap((bag) =>
    Object.keys(bag).filter((name) => LINE_TRAIT.test(name) && firstOf(bag, name) !== undefined)
  )
  return [...claimed.map(({ field }) => field), ...traits.map((name) => `traits.${name}`)].map((field) => ({
    field,
    message
  }))
}
