const yen = new Intl.NumberFormat('ja-JP')

/** An amount for people: ¥48,200; a negative one as −¥1,200. */
export function formatYen(amountYen: number): string {
  return `${amountYen < 0 ? '−' : ''}¥${yen.format(Math.abs(amountYen))}`
}
