/** Points that came at once, and what became of them. Never both left and owed: what comes in pays what is owed first. */
export interface Lot {
  readonly id: string
  /** As many as came. */
  readonly points: number
  /** Not yet spent, taken back or expired. */
  readonly remaining: number
  /** Were taken back after they had been spent. */
  readonly owed: number
  /** Ran out unspent. */
  readonly expired: number
  readonly earnedAt: Date
  /** The first instant at which they no longer hold; undefined = never. */
  readonly expiresAt: Date | undefined
}

/** What a customer can spend at an instant: what ran out is no more, whether or not that is on record yet. */
export function usable(lots: readonly Lot[], now: Date): number {
  return lots.reduce((sum, lot) => sum + (isOver(lot, now) ? 0 : lot.remaining), 0)
}

/** What later points will pay first. */
export function owedOf(lots: readonly Lot[]): number {
  return lots.reduce((sum, { owed }) => sum + owed, 0)
}

/** Whether a lot holds no more. */
export function isOver({ expiresAt }: Lot, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now
}

/** The lots once what ran out is off them. */
export function expire(lots: readonly Lot[], now: Date): Lot[] {
  return lots.map((lot) =>
    lot.remaining > 0 && isOver(lot, now) ? { ...lot, remaining: 0, expired: lot.expired + lot.remaining } : lot
  )
}

/** The lots after points were spent, those that end first before the others; undefined when there are too few. */
export function spend(lots: readonly Lot[], points: number): Lot[] | undefined {
  const { lots: after, missing } = take(lots, points)
  return missing > 0 ? undefined : after
}

/**
 * The lots after points of one of them were taken back: from itself, then from the others; what was spent before is owed
 * by the lot that gave it. Takes no more than the lot gave, less what it owes.
 */
export function takeBack(lots: readonly Lot[], id: string, points: number): Lot[] {
  const own = lots.find((lot) => lot.id === id)
  if (!own) return [...lots]
  const fromOwn = Math.min(own.remaining, points)
  const first = replace(lots, { ...own, remaining: own.remaining - fromOwn })
  const { lots: after, missing } = take(first, points - fromOwn)
  return after.map((lot) => (lot.id === id && missing > 0 ? { ...lot, owed: lot.owed + missing } : lot))
}

/** The lots once what is left has paid what is owed, as far as it goes: the oldest debt first. */
export function settle(lots: readonly Lot[]): Lot[] {
  const debts = lots.filter(({ owed }) => owed > 0).sort(byAge)
  return debts.reduce<Lot[]>(
    (current, { id, owed }) => {
      const { lots: after, missing } = take(current, owed)
      return missing === owed ? after : after.map((lot) => (lot.id === id ? { ...lot, owed: missing } : lot))
    },
    [...lots]
  )
}

/** Takes points off the lots, those that end first before the others, and the older ones of the same end. */
function take(lots: readonly Lot[], points: number): { readonly lots: Lot[]; readonly missing: number } {
  let missing = points
  let after = [...lots]
  for (const lot of lots.filter(({ remaining }) => remaining > 0).sort(byEnd)) {
    const taken = Math.min(lot.remaining, missing)
    if (taken === 0) break
    missing -= taken
    after = replace(after, { ...lot, remaining: lot.remaining - taken })
  }
  return { lots: after, missing }
}

function replace(lots: readonly Lot[], changed: Lot): Lot[] {
  return lots.map((lot) => (lot.id === changed.id ? changed : lot))
}

function byEnd(one: Lot, other: Lot): number {
  const [first, second] = [endOf(one), endOf(other)]
  return first === second ? byAge(one, other) : first - second
}

function byAge(one: Lot, other: Lot): number {
  return one.earnedAt.getTime() - other.earnedAt.getTime() || (one.id < other.id ? -1 : 1)
}

const endOf = ({ expiresAt }: Lot) => expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER
