const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })
/** Always as many, so that they do not tell how long a name is. */
const HIDDEN = '＊＊＊'

/** A name of which one sees that it is somebody's: 山＊＊＊. */
export function maskName(name: string): string {
  const [first] = segmenter.segment(name.trim())
  return `${first?.segment ?? ''}${HIDDEN}`
}

/** A contact or number of which one sees enough to compare it: of ids at most four characters, and at most a third. */
export function maskIdentity(kind: string, value: string): string {
  if (kind === 'email') return value.replace(/^(.).*?(@.*)$/u, `$1${HIDDEN}$2`)
  const characters = [...value]
  const shown = Math.min(4, Math.floor(characters.length / 3))
  return `${HIDDEN}${shown > 0 ? characters.slice(-shown).join('') : ''}`
}
