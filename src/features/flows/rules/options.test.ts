import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrder, readOptions } from './options.ts'

const options = [
  { value: 'taste', label: { ja: '味', en: 'Taste' } },
  { value: 'staff', label: { ja: 'スタッフとの会話', en: 'Talk with staff' } },
  { value: 'room', label: { ja: 'お部屋', en: 'Room' } },
  { value: 'roominess', label: { ja: '広さ', en: 'Roominess' } }
]

test.each([
  ['味、お部屋', ['taste', 'room']],
  ['お部屋と味', ['taste', 'room']],
  ['味とスタッフとの会話', ['taste', 'staff']],
  ['味,味', ['taste']],
  ['taste and room', ['taste', 'room']],
  ['Roominess / TASTE', ['taste', 'roominess']],
  ['味　お部屋\n広さ。', ['taste', 'room', 'roominess']],
  ['room', ['room']]
])('%j names %j', (said, values) => expect(readOptions(said, options)).toEqual(values))

test.each(['', '、', '味が薄い', '味とサービス', '全部', 'roomy', 'お部屋の味'])('%j is something else', (said) =>
  expect(readOptions(said, options)).toBeUndefined()
)

test('any of them, in any order and however they are joined, are read in the order of the file', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(options, { minLength: 1 }),
      fc.constantFrom('、', ', ', ' ', '・', '\n', '/', ' + '),
      fc.constantFrom('ja' as const, 'en' as const),
      (chosen, between, locale) => {
        const said = chosen.map(({ label }) => label[locale]).join(between)
        expect(readOptions(said, options)).toEqual(inOrder(options, new Set(chosen.map(({ value }) => value))))
      }
    )
  )
})
