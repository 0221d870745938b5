import { TOLD_KINDS, type ToldIdentity, type ToldKind } from './identity.ts'

/** Whom an identity leads to. */
export interface Found {
  readonly customerId: string
  /** The kinds of all their identities, "line" too. */
  readonly kinds: ReadonlySet<string>
}

export interface Choice {
  /** Whose event it is; undefined = somebody new. */
  readonly customerId: string | undefined
  /** Identities that become theirs: nobody's so far, or a browser's of whom nobody knew who they are. */
  readonly attach: readonly ToldIdentity[]
  /** Customers who are probably the same person, and why: for somebody to decide. */
  readonly likely: readonly { readonly customerId: string; readonly reason: DuplicateReason }[]
}

export type DuplicateReason = 'same_event' | 'same_contact' | 'same_browser'

interface Told {
  readonly identity: ToldIdentity
  readonly hit: Found | undefined
}

/**
 * Decides whose an event is that names several identities.
 * - They lead to one known customer: that one, and what leads to nobody becomes theirs.
 * - They lead to several: the strongest decides, nothing is attached, and somebody has to look.
 * - Only a phone number or address leads to somebody, and the event brings an account of its own: the account is not theirs
 *   for that when they have another of the kind, or LINE. Whoever knows an address must not get at its owner's chat.
 * - A browser decides when nothing stronger is told, or when nobody knows yet who uses it; then it goes over to the known
 *   one. One that belongs to somebody known is merely shared, and stays.
 * Two known customers are never made one here.
 */
export function chooseCustomer(told: readonly ToldIdentity[], find: (told: ToldIdentity) => Found | undefined): Choice {
  const all = [...told].sort(byStrength).map((identity) => ({ identity, hit: find(identity) }))
  const named = all.filter(({ identity }) => identity.kind !== 'anonymous')
  const [strongest, ...weaker] = named.filter(({ hit }) => hit)
  if (!strongest?.hit) return chooseByBrowser(all, named.length > 0)
  const { customerId } = strongest.hit
  const others = new Set(weaker.flatMap(({ hit }) => hit?.customerId ?? []))
  others.delete(customerId)
  if (others.size > 0) return { customerId, attach: [], likely: [...others].map((id) => likely(id, 'same_event')) }
  const accounts = all.filter(({ identity, hit }) => !hit && isAccount(identity.kind))
  if (!isAccount(strongest.identity.kind) && accounts.some(({ identity }) => isTaken(identity.kind, strongest.hit)))
    return { customerId: undefined, attach: identitiesOf(accounts), likely: [likely(customerId, 'same_contact')] }
  return withBrowsers(all, customerId)
}

/** Nothing named leads to anybody: a browser may, unless somebody else known uses it. */
function chooseByBrowser(all: readonly Told[], isNamed: boolean): Choice {
  const browser = all.find(({ hit }) => hit && (!isNamed || isUnknown(hit)))
  return isNamed
    ? withBrowsers(all, browser?.hit?.customerId)
    : { ...withBrowsers([], browser?.hit?.customerId), attach: free(all) }
}

/** The free identities, and the browsers of unknown people, go to the chosen customer. */
function withBrowsers(all: readonly Told[], customerId: string | undefined): Choice {
  const moved = all.filter(({ hit }) => hit && isUnknown(hit) && hit.customerId !== customerId)
  const before = new Set(moved.flatMap(({ hit }) => hit?.customerId ?? []))
  return {
    customerId,
    attach: [...free(all), ...identitiesOf(moved)],
    likely: [...before].map((id) => likely(id, 'same_browser'))
  }
}

function free(all: readonly Told[]): ToldIdentity[] {
  return identitiesOf(all.filter(({ hit }) => !hit))
}

/** Nobody knows who they are: only browsers lead to them. */
function isUnknown({ kinds }: Found): boolean {
  return [...kinds].every((kind) => kind === 'anonymous')
}

function isAccount(kind: ToldKind): boolean {
  return kind === 'app' || kind === 'ec' || kind === 'pos' || kind === 'billing'
}

function isTaken(kind: ToldKind, hit: Found | undefined): boolean {
  return hit !== undefined && (hit.kinds.has('line') || hit.kinds.has(kind))
}

function identitiesOf(told: readonly Told[]): ToldIdentity[] {
  return told.map(({ identity }) => identity)
}

function likely(customerId: string, reason: DuplicateReason) {
  return { customerId, reason }
}

function byStrength(one: ToldIdentity, other: ToldIdentity): number {
  return TOLD_KINDS.indexOf(one.kind) - TOLD_KINDS.indexOf(other.kind)
}
