import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shiftJis, utf16 } from '../../../../test/support/encodings.ts'
import { detectEncoding, LOST, textReader } from './encoding.ts'

const TEXT = '会員番号,来店日,金額\r\n00123,2026/1/5,￥1,200\r\n髙橋①,令和8年1月5日,ﾃｽﾄ\r\n'
const utf8 = (text: string) => new TextEncoder().encode(text)
const bom = (bytes: Uint8Array) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])

function read(bytes: Uint8Array, size = 7) {
  const reader = textReader(detectEncoding(bytes))
  let text = ''
  for (let from = 0; from < bytes.length; from += size) text += reader.push(bytes.subarray(from, from + size))
  return { text: text + reader.end(), encoding: reader.encoding() }
}

test.each([
  ['UTF-8', utf8(TEXT), 'utf-8'],
  ['UTF-8 with a mark, as Excel writes it', bom(utf8(TEXT)), 'utf-8'],
  ['Shift_JIS with the letters that Microsoft added', shiftJis(TEXT), 'shift_jis'],
  ['UTF-16, as Excel’s Unicode text', utf16(TEXT, 'le'), 'utf-16le'],
  ['UTF-16, the other way round', utf16(TEXT, 'be'), 'utf-16be'],
  ['UTF-16 without a mark', utf16(TEXT, 'le').subarray(2), 'utf-16le']
])('%s is read, in pieces of any size', (_name, bytes, encoding) => {
  for (const size of [1, 7, 1000]) expect(read(bytes, size)).toEqual({ text: TEXT, encoding })
})

test('any Japanese text comes back from either encoding', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'あいう髙﨑①ｱｲ漢字表ソ能,"\n1'), minLength: 1 })
  fc.assert(
    fc.property(letters, fc.integer({ min: 1, max: 5 }), (text, size) => {
      const all = `名前,来店日\n${text}`
      expect(read(utf8(all), size).text).toBe(all)
      expect(read(shiftJis(all), size).text).toBe(all)
    })
  )
})

test('a file that begins in ASCII is settled by the first letters that are none', () => {
  const ascii = 'id,date\n'.repeat(10_000)
  for (const [bytes, encoding] of [
    [shiftJis('佐藤\n'), 'shift_jis'],
    [utf8('佐藤\n'), 'utf-8']
  ] as const) {
    const reader = textReader(detectEncoding(utf8(ascii)))
    reader.push(utf8(ascii))
    expect(reader.push(bytes)).toBe('佐藤\n')
    expect(reader.encoding()).toBe(encoding)
  }
})

describe('a line in another encoding than the rest', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${index},佐藤花子,駅前店\n`)

  test.each([
    ['Shift_JIS among UTF-8', utf8, shiftJis],
    ['UTF-8 among Shift_JIS', shiftJis, utf8],
    ['UTF-8 that would pass for garbled Shift_JIS', shiftJis, () => utf8('7,あい,あい\n')]
  ])('%s shows its line, and spoils no other', (_name, most, one) => {
    const bytes = Buffer.concat(lines.map((line, index) => (index === 7 ? one : most)(line)))
    const found = read(bytes, 64).text.split('\n')
    expect(found.flatMap((line, index) => (line.includes(LOST) ? [index] : []))).toEqual([7])
    expect(found[7]).toMatch(/^7,.*,/)
    expect(found[8]).toBe('8,佐藤花子,駅前店')
  })
})
