/** Anything that came as JSON, looked into without trust. */
export type Bag = Readonly<Record<string, unknown>>

/** An object as it came, or an empty one for anything else. */
export function bagOf(given: unknown): Bag {
  return given !== null && typeof given === 'object' && !Array.isArray(given) ? (given as Bag) : {}
}

/** A text that is not empty; undefined for anything else. */
export function textOf(given: unknown): string | undefined {
  return typeof given === 'string' && given.trim() !== '' ? given : undefined
}

/** The first of these properties that is there. */
export function firstOf(bag: Bag, ...names: readonly string[]): unknown {
  const name = names.find((each) => bag[each] !== undefined && bag[each] !== null)
  return name === undefined ? undefined : bag[name]
}

/** The entries that are there. */
export function present(entries: Bag): Bag {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}
