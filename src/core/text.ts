/** Text made safe to store: PostgreSQL refuses U+0000, and a lone surrogate is no character at all. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

/** Text as people compare it: full-width and half-width forms alike, no white space around it, lower case. */
export function comparable(text: string): string {
  return storable(text).normalize('NFKC').trim().toLowerCase()
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** How many characters a person sees. */
export function graphemeCount(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

/** At most `max` UTF-16 units, cut between characters a person sees, with an ellipsis when something was cut. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text
  let kept = ''
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length > max - 1) break
    kept += segment
  }
  return `${kept}…`
}
