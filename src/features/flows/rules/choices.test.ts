import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits, readAnswer } from './answers.ts'
import { choicesOf } from './choices.ts'
import type { Ask } from './schema.ts'

const text = { ja: '質問', en: 'Question' }
const ask = (answer: Ask['answer'], optional = false): Ask => ({ id: 'q', do: 'ask', text, answer, optional })
const options = [
  { value: 'price', label: { ja: '価格', en: 'Price' } },
  { value: 'staff', label: { ja: 'スタッフ', en: 'Staff' } }
]
const labels = (question: Ask, locale: 'ja' | 'en' = 'ja') => choicesOf(question).map(({ label }) => label[locale])

test('a scale offers each of its numbers, in order; what a tap says is a score in Japanese', () => {
  const scale = ask({ type: 'scale', min: 1, max: 5 })
  expect(labels(scale)).toEqual(['1', '2', '3', '4', '5'])
  expect(choicesOf(scale)[2]).toEqual({
    label: { ja: '3', en: '3' },
    said: { ja: '3点', en: '3' },
    tap: { do: 'answer', value: 3 }
  })
})

test('a choice offers its options as they are written, in the order in which they are written', () => {
  expect(labels(ask({ type: 'choice', options }))).toEqual(['価格', 'スタッフ'])
  expect(labels(ask({ type: 'choice', options }), 'en')).toEqual(['Price', 'Staff'])
})

test('a free text has no buttons; what may be skipped has one for that, the last', () => {
  expect(choicesOf(ask({ type: 'text' }))).toEqual([])
  expect(labels(ask({ type: 'text' }, true))).toEqual(['スキップ'])
  expect(labels(ask({ type: 'choice', options }, true), 'en')).toEqual(['Price', 'Staff', 'Skip'])
  expect(choicesOf(ask({ type: 'text' }, true))[0]?.tap).toEqual({ do: 'answer', value: undefined })
})

const several = ask({
  type: 'multi_choice',
  options: [...options, { value: 'room', label: { ja: 'お部屋', en: 'Room' } }],
  min: 2
})

test('several options are ticked one by one; the way on comes first once enough are ticked', () => {
  expect(labels(several)).toEqual(['価格', 'スタッフ', 'お部屋'])
  expect(choicesOf(several)[0]?.tap).toEqual({ do: 'tick', value: 'price', on: true })
  const [price] = choicesOf(several, ['price'])
  expect(price).toEqual({
    label: { ja: '✓ 価格', en: '✓ Price' },
    said: { ja: '「価格」を外す', en: 'Not “Price”' },
    tap: { do: 'tick', value: 'price', on: false }
  })
  expect(labels(several, 'en').includes('Done')).toBe(false)
  const [decide, ...others] = choicesOf({ ...several, optional: true }, ['price', 'room'])
  expect(decide).toMatchObject({ label: { ja: '決定', en: 'Done' }, tap: { do: 'decide' } })
  expect(others.map(({ label }) => label.en)).toEqual(['✓ Price', 'Staff', '✓ Room', 'Skip'])
})

test('a day has one button, which opens the calendar', () => {
  expect(choicesOf(ask({ type: 'date' }, true)).map(({ label, tap }) => [label.ja, tap.do])).toEqual([
    ['日付を選ぶ', 'pick_day'],
    ['スキップ', 'answer']
  ])
})

const scales = fc.tuple(fc.nat(20), fc.nat(12)).map(([min, more]) => ask({ type: 'scale', min, max: min + more }))

test('what a button says is read as that button’s answer when it is typed, and fits the question', () => {
  fc.assert(
    fc.property(scales, fc.constantFrom('ja' as const, 'en' as const), (question, locale) => {
      for (const { said, label, tap } of choicesOf(question)) {
        const value = tap.do === 'answer' ? tap.value : undefined
        expect(value !== undefined && fits(question, value)).toBe(true)
        for (const typed of [said[locale], label[locale]])
          expect(readAnswer(question, typed, '2026-11-28')).toEqual({ kind: 'answer', value })
      }
    })
  )
})
