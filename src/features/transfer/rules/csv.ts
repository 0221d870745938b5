/** One record; `line` is where it begins, from 1. Without cells its quotes are broken. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[] | undefined
}

/** Makes records of a CSV text as it comes (RFC 4180, and what programs make of it). Empty lines are no records. */
export interface CsvReader {
  push(text: string): CsvRow[]
  end(): CsvRow[]
}

/** A record that is longer has a quote that nobody closed. */
const RECORD_MAX_LETTERS = 256 * 1024

/** What was cut: a record's cells and where the next one begins; "more" = it goes on in the next piece of text. */
type Cut = { readonly cells: readonly string[]; readonly next: number } | 'more' | 'broken'

/**
 * A quote that is not closed, or followed by letters, breaks the line in which its record begins, and that line alone: the
 * next line is a record again. `delimiter` "whitespace" = any run of blanks.
 */
export function csvReader(delimiter: string): CsvReader {
  let text = ''
  let line = 1
  const read = (isEnd: boolean): CsvRow[] => {
    const rows: CsvRow[] = []
    const marks = marksOf(text, isEnd)
    let from = 0
    while (from < text.length) {
      const cut = cutRecord(text, { from, delimiter, marks, isEnd })
      if (cut === 'more') break
      const next = cut === 'broken' ? marks.end(from).next : cut.next
      if (cut === 'broken') rows.push({ line, cells: undefined })
      else if (cut.cells.length > 1 || cut.cells[0]?.trim()) rows.push({ line, cells: cut.cells })
      line += linesIn(text, from, next)
      from = next
    }
    text = text.slice(from)
    return rows
  }
  return {
    push(more) {
      text += more
      return read(false)
    },
    end: () => read(true)
  }
}

interface Place {
  readonly from: number
  readonly delimiter: string
  readonly marks: Marks
  readonly isEnd: boolean
}

function cutRecord(text: string, place: Place): Cut {
  const { from, delimiter, marks, isEnd } = place
  const { at, next } = marks.end(from)
  const quote = marks.quote(from)
  if (delimiter === 'whitespace' || quote === -1 || (at !== -1 && quote > at)) {
    if (at === -1) return text.length - from > RECORD_MAX_LETTERS ? 'broken' : 'more'
    return { cells: split(text.slice(from, at), delimiter), next }
  }
  const cut = cutQuoted(text, place)
  if (cut !== 'more') return cut
  return isEnd || text.length - from > RECORD_MAX_LETTERS ? 'broken' : 'more'
}

function split(line: string, delimiter: string): string[] {
  return delimiter === 'whitespace' ? line.trim().split(/\s+/) : line.split(delimiter)
}

function cutQuoted(text: string, { from, delimiter, marks, isEnd }: Place): Cut {
  const cells: string[] = []
  for (let at = from; ; at += delimiter.length) {
    const cell = text[at] === '"' ? cutQuotes(text, at) : cutPlain(text, { from: at, delimiter, marks, isEnd })
    if (!cell) return 'more'
    cells.push(cell.text)
    at = cell.to
    if (at < text.length && text.startsWith(delimiter, at)) continue
    return endOf(text, { at, marks, isEnd, cells })
  }
}

/** What stands behind a cell that no delimiter follows: the end of its record, if all is well. */
function endOf(
  text: string,
  {
    at,
    marks,
    isEnd,
    cells
  }: Pick<Place, 'marks' | 'isEnd'> & { readonly at: number; readonly cells: readonly string[] }
): Cut {
  if (at >= text.length) return isEnd ? { cells, next: at } : 'more'
  const end = marks.end(at)
  if (end.at === at) return { cells, next: end.next }
  // A line feed may still follow a carriage return that ends this piece.
  return text[at] === '\r' ? 'more' : 'broken'
}

/** A cell without quotes around it; quotes inside are letters. Undefined when its end is not there yet. */
function cutPlain(text: string, { from, delimiter, marks, isEnd }: Place) {
  const { at } = marks.end(from)
  const next = text.indexOf(delimiter, from)
  const to = next !== -1 && (at === -1 || next < at) ? next : at
  if (to !== -1) return { text: text.slice(from, to), to }
  return isEnd ? { text: text.slice(from), to: text.length } : undefined
}

/** A cell in quotes; two of them are one letter. Undefined when the closing one is not there. */
function cutQuotes(text: string, from: number) {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return { text: text.slice(from + 1, at).replaceAll('""', '"'), to: at + 1 }
  }
  return undefined
}

interface Marks {
  /** The first end of a line at or after a place (-1: none yet), and where the next line begins. */
  end(from: number): { readonly at: number; readonly next: number }
  /** The first quote at or after a place; -1: none. */
  quote(from: number): number
}

/** LF, CR LF and CR end lines. Each mark is looked for once, not again for every line. */
function marksOf(text: string, isEnd: boolean): Marks {
  const found = { '\n': -2, '\r': -2, '"': -2 }
  const find = (mark: keyof typeof found, from: number): number => {
    if (found[mark] !== -1 && found[mark] < from) found[mark] = text.indexOf(mark, from)
    return found[mark]
  }
  return {
    quote: (from) => find('"', from),
    end(from) {
      const [feed, back] = [find('\n', from), find('\r', from)]
      if (back !== -1 && (feed === -1 || back < feed)) {
        if (back + 1 === text.length && !isEnd) return { at: -1, next: -1 }
        return { at: back, next: text[back + 1] === '\n' ? back + 2 : back + 1 }
      }
      if (feed !== -1) return { at: feed, next: feed + 1 }
      return isEnd ? { at: text.length, next: text.length } : { at: -1, next: -1 }
    }
  }
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = from; at < to; at += 1) {
    const letter = text.charCodeAt(at)
    if (letter === 10 || (letter === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1
  }
  return lines
}
