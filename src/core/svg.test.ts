import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeXml, isDrawable, lineOfText, widthOf } from './svg.ts'

const line = { x: 100, y: 50, size: 40, maxWidth: 200, colour: '#3a2b26' }
const sizeOf = (svg: string) => Number(/font-size="([\d.]+)"/.exec(svg)?.[1])
const wordsOf = (svg: string) =>
  (/>(.*)<\/text>/s.exec(svg)?.[1] ?? '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))

describe('what people write', () => {
  test('cannot leave its place in a picture', () => {
    expect(escapeXml('"><script>&\'')).toBe('&#34;&#62;&#60;script&#62;&#38;&#39;')
    expect(lineOfText({ ...line, text: '</text><image href="x"/>' })).not.toMatch(/<image|href="/)
  })

  test('is well-formed XML whatever it was', () => {
    expect(escapeXml('a\u0000b\u0008c\uD800d\uFFFEe')).toBe('abc\uFFFDde')
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (text) => !/[<>"']|&(?!#\d+;)/.test(escapeXml(text))))
  })
})

describe('a line of text', () => {
  test('has its size while there is room', () => {
    expect(sizeOf(lineOfText({ ...line, text: '設定' }))).toBe(40)
  })

  test('becomes smaller when it is long, and is cut when it is very long', () => {
    const long = lineOfText({ ...line, text: 'スタンプカード' })
    expect(sizeOf(long)).toBeLessThan(40)
    expect(wordsOf(long)).toBe('スタンプカード')
    const cut = lineOfText({ ...line, text: 'スタンプカードとポイントとランク' })
    expect(sizeOf(cut)).toBe(22)
    expect(wordsOf(cut)).toBe('スタンプカードと…')
  })

  test('is never wider than its room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        fc.integer({ min: 100, max: 900 }),
        (text, maxWidth) => {
          const svg = lineOfText({ ...line, text, maxWidth })
          return widthOf(wordsOf(svg), sizeOf(svg)) <= maxWidth + 0.01
        }
      )
    )
  })

  test('is bold or not, and begins, ends or has its middle at its place', () => {
    expect(lineOfText({ ...line, text: 'x', bold: true, anchor: 'end' })).toContain('font-weight="700"')
    expect(lineOfText({ ...line, text: 'x', anchor: 'end' })).toContain('text-anchor="end"')
    expect(lineOfText({ ...line, text: 'x' })).toMatch(/font-weight="500".*text-anchor="middle"/)
  })
})

test.each([
  ['スタンプカード', true],
  ['髙﨑 Café — ¥1,000 ©', true],
  ['ｽﾀﾝﾌﾟ ・ ％', true],
  ['プレゼント🎁', false],
  ['Łódź', false],
  ['Ōsaka', false]
])('whether "%s" can be drawn: %s', (text, expected) => expect(isDrawable(text)).toBe(expected))
