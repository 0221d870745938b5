import type { Locale } from '../../../core/locale.ts'
import type { Facts } from './conditions.ts'
import { findStep } from './graph.ts'
import type { Flow, FlowText } from './schema.ts'

/** The customer's name as they are addressed. */
export const NAME_PLACEHOLDER = 'customer.name'
/** Shown for an answer that was not given. */
const MISSING = '—'

const PLACEHOLDER = /\{([^{}]*)\}/g

/** The names between braces in a text, in order. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim())
}

export interface Filling {
  readonly locale: Locale
  /** With honorific. */
  readonly customerName: string
  readonly facts: Facts
}

/** A text in the customer's language with its placeholders filled. What was filled in is not looked at again. */
export function fillIn(flow: Flow, text: FlowText, filling: Filling): string {
  return text[filling.locale].replace(PLACEHOLDER, (_, name: string) => shownFor(flow, name.trim(), filling))
}

function shownFor(flow: Flow, name: string, { locale, customerName, facts }: Filling): string {
  if (name === NAME_PLACEHOLDER) return customerName
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined
  if (value === undefined) return MISSING
  const step = findStep(flow, name)
  const chosen =
    step?.do === 'ask' && step.answer.type === 'choice' && step.answer.options.find((option) => option.value === value)
  return chosen ? chosen.label[locale] : String(value)
}
