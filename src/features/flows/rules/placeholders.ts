import type { Locale } from '../../../core/locale.ts'
import { formatDate } from '../../../core/time.ts'
import type { Facts, Known } from './conditions.ts'
import { customerFact, shownFact } from './customer-facts.ts'
import { findStep } from './graph.ts'
import type { Ask, Flow, FlowText } from './schema.ts'

/** The customer's name as they are addressed. */
export const NAME_PLACEHOLDER = 'customer.name'
/** The coupon that the run gave last: what it gives, and until when it holds. */
export const COUPON_PLACEHOLDERS: readonly string[] = ['coupon.title', 'coupon.expires']
/** Shown for an answer that was not given. */
const MISSING = '—'

const PLACEHOLDER = /\{([^{}]*)\}/g

/** What stands between braces: a name, and what is said when nothing is known: "{customer.last_nps|not yet}". */
export interface Placeholder {
  readonly name: string
  readonly fallback: string | undefined
}

/** The placeholders in a text, in order. */
export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, written = '']) => readPlaceholder(written))
}

/** The names between braces in a text, in order. */
export function placeholdersOf(text: string): string[] {
  return placeholdersIn(text).map(({ name }) => name)
}

function readPlaceholder(written: string): Placeholder {
  const [name = '', ...fallback] = written.split('|')
  return { name: name.trim(), fallback: fallback.length > 0 ? fallback.join('|').trim() : undefined }
}

export interface Filling {
  readonly locale: Locale
  /** With honorific. */
  readonly customerName: string
  readonly facts: Facts
  readonly coupon?: { readonly title: string; readonly expires: string } | undefined
}

/** Whether a text says something about a coupon. */
export function namesCoupon(text: FlowText): boolean {
  return [text.ja, text.en].some((words) => placeholdersOf(words).some((name) => COUPON_PLACEHOLDERS.includes(name)))
}

/** A text in the customer's language with its placeholders filled. What was filled in is not looked at again. */
export function fillIn(flow: Flow, text: FlowText, filling: Filling): string {
  return text[filling.locale].replace(PLACEHOLDER, (_, written: string) =>
    shownFor(flow, readPlaceholder(written), filling)
  )
}

function shownFor(
  flow: Flow,
  { name, fallback = MISSING }: Placeholder,
  { locale, customerName, facts, coupon }: Filling
): string {
  if (name === NAME_PLACEHOLDER) return customerName
  if (name === 'coupon.title') return coupon?.title ?? MISSING
  if (name === 'coupon.expires') return coupon?.expires ?? MISSING
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined
  if (value === undefined) return fallback
  const known = customerFact(name)
  if (known && typeof value === 'number') return shownFact(known, value)
  const step = findStep(flow, name)
  return step?.do === 'ask' ? shownAnswer(step, value, locale) : String(value)
}

/** An answer as people read it: the labels of options, a day as a date. */
export function shownAnswer({ answer }: Ask, value: Known, locale: Locale): string {
  if (answer.type === 'date') return formatDate(new Date(`${value}T00:00:00Z`), locale, 'UTC')
  if (answer.type !== 'choice' && answer.type !== 'multi_choice') return String(value)
  const chosen = typeof value === 'object' ? value : [value]
  const labels = chosen.map((each) => answer.options.find((option) => option.value === each)?.label[locale] ?? each)
  return labels.join(locale === 'ja' ? '、' : ', ')
}
