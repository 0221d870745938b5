import { type CustomerFact, customerFact, FACT_NAMES, isShown, SHOWN_FACTS } from './customer-facts.ts'
import type { Placeholder } from './placeholders.ts'
import type { Test, Value } from './schema.ts'

/** What is wrong with a condition on a fact of the customer; undefined when nothing is. */
export function factConditionFault(name: string, test: Test): string | undefined {
  const known = customerFact(name)
  if (!known) return `nothing is known of a customer by "${name}": write one of ${FACT_NAMES.join(', ')}`
  return known.type === 'list' ? listFault(name, test) : scalarFault(name, test, known)
}

function listFault(name: string, test: Test): string | undefined {
  const isGood = typeof test === 'object' && Object.keys(test).every((key) => key === 'includes')
  return isGood ? undefined : `${name} is a list: ask what is in it with { includes: VIP }`
}

function scalarFault(name: string, test: Test, { type, values }: CustomerFact): string | undefined {
  if (typeof test === 'object' && test.includes !== undefined)
    return `${name} is no list: write what it should be instead of "includes"`
  if (type === 'name') return `${name} is for texts: ask for customer.tier instead`
  const isGood = (value: Value) =>
    type === 'word' ? typeof value === 'string' && (values?.includes(value) ?? true) : typeof value === 'number'
  const wrong = valuesOf(test).find((value) => !isGood(value))
  if (wrong === undefined) return undefined
  return type === 'word'
    ? `"${wrong}" is never ${name}: write one of ${values?.join(', ')}`
    : `${name} is a number, never "${wrong}"`
}

/** The values a condition compares with, whatever it does with them. */
export function valuesOf(test: Test): Value[] {
  if (typeof test !== 'object') return [test]
  const { answered: _, in: oneOf = [], ...bounds } = test
  return [...oneOf, ...Object.values(bounds)].filter((value) => value !== undefined)
}

/** What is wrong with a fact of the customer in a text; undefined when nothing is. */
export function factPlaceholderFault({ name, fallback }: Placeholder): string | undefined {
  const known = customerFact(name)
  if (!known) return `{${name}} is unknown: write one of {customer.name}, ${braced(SHOWN_FACTS)}`
  if (!isShown(known)) return `{${name}} is not for customers to read: write one of ${braced(SHOWN_FACTS)}`
  if (known.maybe && fallback === undefined)
    return `{${name}} is not known of everybody: say what stands there then, as in {${name}|—}`
  return undefined
}

function braced(names: readonly string[]): string {
  return names.map((name) => `{${name}}`).join(', ')
}
