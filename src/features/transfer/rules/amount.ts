/** Marks of currency, and of thousands; 円 and 税込 stand behind. */
const MARKS = /[¥\\$,\s'’]|円|JPY|yen|税込|税抜|\(税込\)|\(税抜\)/gi
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/
/** Ways of writing a loss: △500, ▲500, (500), 500-. */
const NEGATIVE = /^(?:[△▲−‐–-]\s*(.+)|\((.+)\)|(.+)-)$/

/**
 * Yen from how people and programs write them: ¥1,200, 1,200円, １２００, 1200.00, △500. `times` makes yen of another unit
 * (1000 for thousands of yen). Undefined when it is no whole number of yen; negative for money given back.
 */
export function yenIn(told: string, times = 1): number | undefined {
  const text = told.normalize('NFKC').replace(MARKS, '').trim()
  const [, sign, brackets, behind] = NEGATIVE.exec(text) ?? []
  const loss = sign ?? brackets ?? behind
  const digits = loss ?? text
  if (!NUMBER.test(digits) || (loss !== undefined && /^[+-]/.test(digits))) return undefined
  const yen = Number(digits) * times
  const whole = Math.round(yen)
  // 29.33 × 100 is 2932.9999999999995.
  if (!Number.isSafeInteger(whole) || Math.abs(yen - whole) > 1e-6) return undefined
  return loss === undefined || whole === 0 ? whole : -whole
}
