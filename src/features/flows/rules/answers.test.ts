import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits, readAnswer } from './answers.ts'
import type { Ask } from './schema.ts'

const TODAY = '2026-11-28'
const text = { ja: '質問', en: 'Question' }
const ask = (answer: Ask['answer']): Ask => ({ id: 'q', do: 'ask', text, answer, optional: false })
const nps = ask({ type: 'scale', min: 0, max: 10 })
const choice = ask({
  type: 'choice',
  options: [
    { value: 'price', label: { ja: '価格', en: 'Price' } },
    { value: 'staff', label: { ja: 'スタッフの対応', en: 'Our staff' } }
  ]
})
const free = ask({ type: 'text' })

test.each([
  ...['8', ' 8 ', '８', '８点', '8点', '8 点です。', '8.', '８！', '⑧', '8️⃣', '八', '八点', '8 points', '8pt', '08'],
  '\n8\n',
  '8😊',
  '８点です👍🏽♪',
  '👍 8',
  '8かな',
  '8くらいですね',
  '8〜'
])('%j is the score 8', (said) => {
  expect(readAnswer(nps, said, TODAY)).toEqual({ kind: 'answer', value: 8 })
})

test.each([
  ['10', 10],
  ['🔟', 10],
  ['十', 10],
  ['１０', 10],
  ['0', 0],
  ['零', 0],
  ['〇', 0],
  ['-0', 0]
])('%j is the score %i', (said, value) => {
  expect(readAnswer(nps, said, TODAY)).toEqual({ kind: 'answer', value })
})

test.each(['11', '-1', '−1', '１００', '7.5', '999999', '-3点'])('%j is a number, but not on the scale', (said) => {
  expect(readAnswer(nps, said, TODAY)).toEqual({ kind: 'out_of_range', min: 0, max: 10 })
})

test.each([
  ...[
    '',
    '  ',
    'スタンプ',
    '😀',
    '8👉9',
    '8時に行きます',
    'まあまあ',
    '8 or 9',
    '八百屋',
    '点',
    'です',
    '解約したい',
    '090-1234-5678'
  ],
  ...['stamp kichijoji.12345678.ABCDE', '8'.repeat(400), '３〜５', '1e1', 'Infinity', '0x8', '十一', '。']
])('%j is no score, so that other features hear it', (said) => {
  expect(readAnswer(nps, said, TODAY)).toEqual({ kind: 'other' })
})

test.each([
  ['価格', 'price'],
  [' PRICE ', 'price'],
  ['price', 'price'],
  ['ｽﾀｯﾌの対応', 'staff'],
  ['our staff', 'staff']
])('%j chooses %s', (said, value) => {
  expect(readAnswer(choice, said, TODAY)).toEqual({ kind: 'answer', value })
})

test('a text that is no option of a choice is not taken', () => {
  expect(readAnswer(choice, '価格が高い', TODAY)).toEqual({ kind: 'other' })
})

test('a free text is taken as written, without the white space around it; nothing but white space is not', () => {
  expect(readAnswer(free, ' 待ち時間が\n長い ', TODAY)).toEqual({ kind: 'answer', value: '待ち時間が\n長い' })
  expect(readAnswer(free, ' \n　', TODAY)).toEqual({ kind: 'other' })
})

test('what is read as an answer always fits the question', () => {
  const said = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('価格', '⑨', '２', '九点'))
  fc.assert(
    fc.property(said, fc.constantFrom(nps, choice, free), (words, question) => {
      const reading = readAnswer(question, words, TODAY)
      return reading.kind !== 'answer' || fits(question, reading.value)
    })
  )
})

test.each([11, -1, 7.5, Number.NaN, '8', true, '__proto__'])('%j does not fit a scale from 0 to 10', (value) => {
  expect(fits(nps, value)).toBe(false)
})
