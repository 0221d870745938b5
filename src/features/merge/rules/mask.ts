/** The first character of a name, and that there is more: enough to know somebody again, too little to tell who they are. */
export function maskName(name: string): string {
  const [first = ''] = [...new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(name.trim())].map(
    ({ segment }) => segment
  )
  return first === '' ? '' : `${first}＊＊`
}

/** The end of a number, the beginning and the domain of an address; of other ids the last characters, at most a third. */
export function maskIdentity(channel: string, value: string): string {
  if (channel === 'line') return 'LINE'
  if (channel === 'email') return value.replace(/^(.).*?(?=@)/, '$1＊＊')
  const shown = Math.min(4, Math.floor(value.length / 3))
  return `${channel} ＊＊${shown > 0 ? value.slice(-shown) : ''}`
}
