import { truncate } from '../../../core/text.ts'

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })
/** Always as many, so that they do not tell how long a name is. */
const HIDDEN = '＊＊＊'

/** A name of which one sees that it is somebody's: 山＊＊＊. */
export function maskName(name: string): string {
  const [first] = segmenter.segment(name.trim())
  return `${first?.segment ?? ''}${HIDDEN}`
}

/** A contact or number of which one sees enough to compare it with what the customer says. */
export function maskIdentity(kind: string, value: string): string {
  if (kind === 'email') return value.replace(/^(.).*?(@.*)$/u, `$1${HIDDEN}$2`)
  return `${HIDDEN}${[...value].slice(value.length > 4 ? -4 : value.length).join('')}`
}

/** The end of an id, as people tell it: …a1b2. */
export function tailOf(id: string): string {
  return `…${id.slice(-4)}`
}

/** A value that staff see in full, no longer than a line. */
export function plainIdentity(value: string): string {
  return truncate(value, 60)
}
