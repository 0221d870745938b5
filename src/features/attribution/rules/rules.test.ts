import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { computingMs } from '../../../../test/support/computing.ts'
import { isGreeting, readRef, refText } from './ref-text.ts'
import { touchOf } from './touch.ts'

describe('a ref code in a text', () => {
  test.each([
    ['はじめまして（ref: poster-a）', { code: 'poster-a', words: 'はじめまして' }],
    ['はじめまして (REF：Poster-A) ', { code: 'poster-a', words: 'はじめまして' }],
    ['予約したいです\n（ref: a_1）', { code: 'a_1', words: '予約したいです' }],
    ['（ref: a）', { code: 'a', words: '' }],
    [`（ref: ${'a'.repeat(33)}）`, undefined],
    ['（ref: ）', undefined],
    ['（ref: -a）', undefined],
    ['（ref: a b）', undefined],
    ['（ref: a） と書いてありました', undefined],
    [`（ref: a'; DROP TABLE customer）`, undefined],
    ['ref: a', undefined]
  ])('%s', (text, read) => expect(readRef(text)).toEqual(read))

  test('what a link writes is read again, whatever the greeting', () => {
    const code = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,31}$/)
    fc.assert(
      fc.property(fc.string(), code, (greeting, one) => readRef(refText(greeting, one))?.code === one),
      { numRuns: 50 }
    )
  })

  test('a long text is read at once', async () => {
    const text = `${'（ref: '.repeat(800)}${' '.repeat(200)}`
    expect(await computingMs(() => readRef(text))).toBeLessThan(2_000)
  })

  test.each([
    ['', true],
    ['はじめまして', true],
    ['Ｈｅｌｌｏ!', true],
    ['はじめまして。予約したいです', false],
    ['解約したい', false]
  ])('"%s" only says hello: %s', (words, is) => expect(isGreeting(words)).toBe(is))
})

describe('what an event tells of where somebody came from', () => {
  test('is what the catalogue keeps of it, and nothing else', () => {
    expect(touchOf({ utm_source: 'google', variant: 'B', path: '/lp', ref: '' })).toEqual({
      ...{ source: 'google', medium: null, campaign: null, content: null, term: null, ref: null, lpVariant: 'B' }
    })
  })

  test.each([[{}], [{ path: '/menu' }], [{ utm_source: 7 }], [{ utm_source: null, ref: '' }]])(
    '%j tells nothing',
    (told) => expect(touchOf(told)).toBeUndefined()
  )
})
