import { comparable } from '../../../core/text.ts'
import type { FlowText } from './schema.ts'

export interface Option {
  readonly value: string
  readonly label: FlowText
}

/** What people write between two options: "味、接客", "taste and service", "味と接客". */
const BETWEEN = /^(?:[\s、,・/;&+]|と|and\s)+/

/** The options that a text names, each once and in their own order; undefined when it says anything else. */
export function readOptions(text: string, options: readonly Option[]): string[] | undefined {
  const spellings = options
    .flatMap(({ value, label }) => [value, label.ja, label.en].map((said) => ({ said: comparable(said), value })))
    .sort((one, other) => other.said.length - one.said.length)
  const named = new Set<string>()
  let rest = comparable(text).replace(/[。.!]+$/, '')
  while (rest !== '') {
    const found = spellings.find(({ said }) => rest.startsWith(said) && endsAt(rest, said.length))
    if (!found) return undefined
    named.add(found.value)
    rest = rest.slice(found.said.length).replace(BETWEEN, '')
  }
  return named.size > 0 ? inOrder(options, named) : undefined
}

/** A word that goes on is another word. */
function endsAt(text: string, at: number): boolean {
  return at === text.length || BETWEEN.test(text.slice(at))
}

/** The values of a set as they stand in the file; others are left out. */
export function inOrder(options: readonly Option[], values: ReadonlySet<string>): string[] {
  return options.flatMap(({ value }) => (values.has(value) ? [value] : []))
}
