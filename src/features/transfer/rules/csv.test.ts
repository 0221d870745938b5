import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvReader } from './csv.ts'

/** What a reader makes of a text that comes in pieces of a size. */
function read(text: string, { delimiter = ',', size = text.length || 1 } = {}) {
  const reader = csvReader(delimiter)
  const rows = []
  for (let from = 0; from < text.length; from += size) rows.push(...reader.push(text.slice(from, from + size)))
  return [...rows, ...reader.end()]
}

const cellsOf = (text: string, options = {}) => read(text, options).map(({ cells }) => cells)

/** As careful programs write it: everything in quotes. */
const written = (rows: readonly (readonly string[])[], delimiter: string, end: string) =>
  rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + end).join('')

describe('whatever is written in quotes is read as it was', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'あ', '\t', ';') })
  const table = fc.array(fc.array(letters, { minLength: 2, maxLength: 5 }), { maxLength: 6 })

  test('in pieces of any size, with every delimiter and line end', () => {
    fc.assert(
      fc.property(
        ...[
          table,
          fc.constantFrom(',', '\t', ';', '|'),
          fc.constantFrom('\n', '\r\n', '\r'),
          fc.integer({ min: 1, max: 9 })
        ],
        (rows, delimiter, end, size) => {
          expect(cellsOf(written(rows, delimiter, end), { delimiter, size })).toEqual(rows)
        }
      ),
      { numRuns: 500 }
    )
  })

  test('and cells without quotes as well, as far as they can be written so', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', '"', ' ', 'あ', '='), minLength: 1 })
    const quoteless = fc.tuple(fc.constant('x'), plain).map(([first, rest]) => first + rest)
    fc.assert(
      fc.property(
        fc.array(fc.array(quoteless, { minLength: 1, maxLength: 4 })),
        fc.integer({ min: 1, max: 9 }),
        (rows, size) => {
          const text = rows.map((cells) => cells.join(',')).join('\r\n')
          expect(cellsOf(text, { size })).toEqual(rows)
        }
      )
    )
  })
})

test('a record knows the line on which it begins, with line ends inside quotes and empty lines between', () => {
  expect(read('a,b\r\n"1\r\n2",x\r\n\r\n\r\n3,y')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1\r\n2', 'x'] },
    { line: 6, cells: ['3', 'y'] }
  ])
})

describe('a broken quote breaks the line in which it stands, and no other', () => {
  test.each([
    ['never closed', 'a,b\n1,"x\n2,y\n3,z\n'],
    ['closed too early', 'a,b\n1,"x"y\n2,y\n3,z\n']
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: undefined },
      { line: 3, cells: ['2', 'y'] },
      { line: 4, cells: ['3', 'z'] }
    ])
  })

  test('in a file too long to be kept in memory', () => {
    const reader = csvReader(',')
    expect(reader.push('1,"x\n')).toEqual([])
    const rows = Array.from({ length: 100 }, () => reader.push(`2,${'y'.repeat(10_000)}\n`)).flat()
    expect(rows[0]).toEqual({ line: 1, cells: undefined })
    expect(rows).toHaveLength(101)
    expect(reader.end()).toEqual([])
  })
})

test('a hundred columns, empty ones among them', () => {
  const cells = Array.from({ length: 100 }, (_, index) => (index % 3 ? String(index) : ''))
  expect(cellsOf(cells.join(','))).toEqual([cells])
})

test('columns that are kept apart by blanks', () => {
  expect(cellsOf(' 00004 0001 19970101  2   29.33\n\n 5 6\n', { delimiter: 'whitespace' })).toEqual([
    ['00004', '0001', '19970101', '2', '29.33'],
    ['5', '6']
  ])
})

test('a carriage return at the end of a piece is not taken for a line of its own', () => {
  const reader = csvReader(',')
  expect([...reader.push('a,"b"\r'), ...reader.push('\nc,d\r'), ...reader.push('\n'), ...reader.end()]).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['c', 'd'] }
  ])
})
