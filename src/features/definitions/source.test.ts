import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readSource } from './source.ts'

const written = `# a survey
id: nps
steps:
  - id: score
    text: { ja: 点, en: points }
  - id: why
`
const place = (path: (string | number)[], text = written) => {
  const read = readSource(text)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const { line, column } = read.source.placeOf(path)
  return `${line}:${column}`
}

test.each<[(string | number)[], string]>([
  [['id'], '2:1'],
  [['steps'], '3:1'],
  [['steps', 0], '4:5'],
  [['steps', 0, 'text'], '5:5'],
  [['steps', 0, 'text', 'en'], '5:20'],
  [['steps', 1, 'id'], '6:5']
])('%j stands at %s', (path, expected) => expect(place(path)).toBe(expected))

test.each<[(string | number)[], string]>([
  [['steps', 1, 'text', 'en'], '6:5'],
  [['steps', 7], '3:1'],
  [['nothing'], '2:1'],
  [['id', 'deeper'], '2:1']
])('what is missing is placed at the nearest thing above it: %j at %s', (path, expected) =>
  expect(place(path)).toBe(expected)
)

test('an empty file has a place too', () => expect(place(['id'], '')).toBe('1:1'))

test('a number or a date as a key is a text: nothing is read that was not written', () => {
  const read = readSource('1: a\n2026-11-21: b\non: c')
  expect(read.ok && read.source.value).toEqual({ '1': 'a', '2026-11-21': 'b', on: 'c' })
})

test('what YAML can say is read as it was meant, and everything in it has a place', () => {
  const values = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.integer(), fc.string(), fc.boolean()))
  fc.assert(
    fc.property(values, (value) => {
      const read = readSource(stringify(value))
      expect(read.ok && read.source.value).toEqual({ ...value })
      const lines = stringify(value).split('\n').length
      for (const key of Object.keys(value)) {
        const { line, column } = read.ok ? read.source.placeOf([key]) : { line: 0, column: 0 }
        expect(line >= 1 && line <= lines && column >= 1).toBe(true)
      }
    })
  )
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = readSource(text)
      if (read.ok) read.source.placeOf(['a', 0])
      else expect(read.faults.length).toBeGreaterThan(0)
    })
  )
})
