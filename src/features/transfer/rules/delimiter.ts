const DELIMITERS = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** The delimiter of a file: the one that stands most often in its first line, outside of quotes. */
export function guessDelimiter(sample: string): Delimiter {
  const counts = new Map<string, number>()
  let isQuoted = false
  for (const letter of sample) {
    if (letter === '"') isQuoted = !isQuoted
    if (isQuoted) continue
    if (letter === '\n' && counts.size > 0) break
    if (DELIMITERS.some((delimiter) => delimiter === letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  const most = Math.max(0, ...counts.values())
  return DELIMITERS.find((delimiter) => counts.get(delimiter) === most) ?? ','
}
