import { canonicalBase32 } from '../../../core/base32.ts'

/** 40 random bits: nobody guesses one of a day's receipts. */
export const CODE_LENGTH = 8

/** "レシート ABCD-1234", in the ways people type it. */
const TYPED = /^(?:レシート|れしーと|receipt)[\s:：#]*([0-9a-z]{4})[\s‐‑–—ー−-]?([0-9a-z]{4})$/i

/** The code that a message holds, as it was printed but without its hyphen; undefined when it is about something else. */
export function receiptCodeIn(text: string): string | undefined {
  const [, first, second] = TYPED.exec(text.normalize('NFKC').trim()) ?? []
  return first && second && canonicalBase32(`${first}${second}`)
}

/** As a receipt shows it: "7H2K-9M4P". */
export function printedCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
