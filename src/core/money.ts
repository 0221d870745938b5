const whole = new Intl.NumberFormat('ja-JP')

/** A whole number for people: 48,200; a negative one as −1,200. */
export function formatCount(count: number): string {
  return `${count < 0 ? '−' : ''}${whole.format(Math.abs(count))}`
}

/** An amount for people: ¥48,200; a negative one as −¥1,200. */
export function formatYen(amountYen: number): string {
  return `${amountYen < 0 ? '−' : ''}¥${whole.format(Math.abs(amountYen))}`
}
