import { type Bag, bagOf, firstOf, textOf } from './bag.ts'

/** Identities, and what says nothing of the person. */
const NOT_KEPT = new Set(['id', 'email', 'phone', 'avatar', 'createdAt', 'birthdate', 'birth_date', 'time_zone'])
const NAMES = new Set(['name', 'firstName', 'lastName', 'first_name', 'last_name'])
/** More of them are no description of a person. */
const TRAITS_MAX = 50

/** What an identify says of a person, by the names under which it is kept. */
export function attributesOf(traits: Bag, context: Bag = {}): [name: string, value: unknown][] {
  const address = bagOf(traits.address)
  const prefecture = firstOf(traits, 'prefecture') ?? firstOf(address, 'prefecture', 'state', 'region')
  const birthday = firstOf(traits, 'birthday', 'birthdate', 'birth_date')
  const timezone = firstOf(traits, 'timezone', 'time_zone') ?? context.timezone
  const known = { name: nameOf(traits), birthday, prefecture, timezone }
  const others = Object.entries(traits).filter(
    ([name, value]) => !NOT_KEPT.has(name) && !NAMES.has(name) && !(name in known) && isPlain(value)
  )
  const told = Object.entries(known).filter(([name, value]) => value !== undefined || traits[name] === null)
  return [...told.map(([name, value]): [string, unknown] => [name, value ?? null]), ...others].slice(0, TRAITS_MAX)
}

/** Objects and lists (an address, a company) are not looked into: nothing asks for them, and less is kept of people. */
function isPlain(value: unknown): boolean {
  return value !== undefined && (value === null || typeof value !== 'object')
}

/** Japanese names begin with the family's. */
function nameOf(traits: Bag): unknown {
  if (traits.name !== undefined && traits.name !== null) return traits.name
  const [first, last] = [
    textOf(firstOf(traits, 'firstName', 'first_name')),
    textOf(firstOf(traits, 'lastName', 'last_name'))
  ]
  if (!first || !last) return first ?? last
  return /[\u3040-\u30ff\u4e00-\u9fff]/.test(last + first) ? `${last} ${first}` : `${first} ${last}`
}
