import { Refusal } from './refusal.ts'

const AMOUNT = /^-?\d{1,12}(\.0{1,4})?$/
const MARKS = /[¥￥,，円\s]/g

/**
 * Whole yen of an amount as services write it: 1200, "1200", "1200.00", "¥1,200". The yen has no smaller unit, so that
 * amounts in "minor units" read the same. `currency` is ISO 4217 in any case; one that is not told is the yen.
 */
export function yenOf(amount: unknown, currency: unknown): number {
  if (!isYen(currency)) {
    const code = /^[a-z]{3}$/i.test(String(currency)) ? String(currency).toUpperCase() : 'unknown'
    throw new Refusal(`the currency is ${code}: only yen (JPY) are counted`)
  }
  const text = String(amount).normalize('NFKC').replace(MARKS, '')
  if (!['string', 'number'].includes(typeof amount) || !AMOUNT.test(text))
    throw new Refusal('the amount is not a whole number of yen')
  return Number(text)
}

/** The same, where an amount is welcome but not needed: undefined for another currency. */
export function yenIfAny(amount: unknown, currency: unknown): number | undefined {
  return isYen(currency) && amount !== undefined && amount !== null ? yenOf(amount, currency) : undefined
}

function isYen(currency: unknown): boolean {
  return currency === undefined || currency === null || String(currency).trim().toUpperCase() === 'JPY'
}
