import type { Next, Test, Value, When } from './schema.ts'

/** A list is what is known of a customer: their tags, their segments. */
export type Known = Value | readonly string[]

/** What is known so far, by the name of the question (or of the event's property, or of a fact of the customer). */
export type Facts = Readonly<Record<string, Known>>

const COMPARE = {
  eq: (fact: Value, bound: Value) => fact === bound,
  ne: (fact: Value, bound: Value) => fact !== bound,
  lt: (fact: Value, bound: Value) => fact < bound,
  lte: (fact: Value, bound: Value) => fact <= bound,
  gt: (fact: Value, bound: Value) => fact > bound,
  gte: (fact: Value, bound: Value) => fact >= bound
}
const COMPARISONS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const

/** Whether every condition holds. What is not known fails every test but `answered: false`. */
export function holds(when: When, facts: Facts): boolean {
  return Object.entries(when).every(([name, test]) =>
    passes(test, Object.hasOwn(facts, name) ? facts[name] : undefined)
  )
}

/** The target of the first choice that holds; undefined = none, so that the step below follows. */
export function choose(next: Next | undefined, facts: Facts): string | undefined {
  if (!Array.isArray(next)) return next
  return next.find((choice) => !choice.when || holds(choice.when, facts))?.to
}

function passes(test: Test, fact: Known | undefined): boolean {
  if (typeof test !== 'object') return fact === test
  if (test.answered !== undefined && test.answered !== (fact !== undefined)) return false
  if (fact === undefined) return Object.keys(test).every((key) => key === 'answered')
  if (typeof fact === 'object') return listPasses(test, fact)
  if (test.includes !== undefined || (test.in && !test.in.includes(fact))) return false
  return COMPARISONS.every((name) => {
    const bound = test[name]
    return bound === undefined || (typeof bound === typeof fact ? COMPARE[name](fact, bound) : name === 'ne')
  })
}

/** Of a list nothing can be told but what is in it. */
function listPasses({ includes, answered: _, ...others }: Exclude<Test, Value>, list: readonly string[]): boolean {
  return Object.keys(others).length === 0 && (includes === undefined || list.includes(includes))
}
