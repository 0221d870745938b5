/**
 * A long text in parts that each fit a field, cut at the ends of lines; joined with line ends they are the text again. Undefined
 * when a single line does not fit.
 */
export function inParts(text: string, max: number): string[] | undefined {
  const parts: string[] = []
  for (const line of text.split('\n')) {
    if (line.length > max) return undefined
    const last = parts.at(-1)
    if (last === undefined || last.length + 1 + line.length > max) parts.push(line)
    else parts[parts.length - 1] = `${last}\n${line}`
  }
  return parts
}
