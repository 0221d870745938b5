import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillIn, placeholdersOf } from './placeholders.ts'
import { Flow } from './schema.ts'

const text = { ja: '質問', en: 'Question' }
const timeout = { after: '1d', to: 'exit' }
const options = [
  { value: 'price', label: { ja: '価格', en: 'Price' } },
  { value: 'staff', label: { ja: 'スタッフ', en: 'Staff' } }
]
const flow = Flow.parse({
  id: 'a',
  kind: 'survey',
  consent: 'service',
  trigger: { event: 'visit' },
  steps: [
    { id: 'score', do: 'ask', text, timeout, answer: { type: 'scale', min: 0, max: 10 } },
    { id: 'why', do: 'ask', text, timeout, answer: { type: 'choice', options } },
    { id: 'words', do: 'ask', text, timeout, answer: { type: 'text' } }
  ]
})
const filling = { locale: 'ja', customerName: '佐藤 花子 様', facts: { score: 0, why: 'price' } } as const
const fill = (written: string, more: Partial<Parameters<typeof fillIn>[2]> = {}) =>
  fillIn(flow, { ja: written, en: `en ${written}` }, { ...filling, ...more })

test.each([
  ['{customer.name}、こんにちは', '佐藤 花子 様、こんにちは'],
  ['{ customer.name }', '佐藤 花子 様'],
  ['{score}点', '0点'],
  ['{why}', '価格'],
  ['{words}', '—'],
  ['{nobody}', '—'],
  ['{toString}{__proto__}{constructor}', '———'],
  ['{}', '—'],
  ['{score}{score}', '00'],
  ['波括弧だけ { と }', '波括弧だけ —'],
  ['ひらいたまま {score', 'ひらいたまま {score']
])('%j reads %j', (written, expected) => expect(fill(written)).toBe(expected))

test('each language has its own text, and its own word for a choice', () => {
  expect(fill('{why}', { locale: 'en' })).toBe('en Price')
})

test('a choice that a later version dropped is shown as it was stored', () => {
  expect(fill('{why}', { facts: { why: 'parking' } })).toBe('parking')
})

test('what was filled in is not looked at again: nobody’s name opens another placeholder', () => {
  expect(fill('{customer.name}', { customerName: '{score}$&$1' })).toBe('{score}$&$1')
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(fill('[{customer.name}]', { customerName: name })).toBe(`[${name}]`)
    })
  )
})

test('a text without braces is said as it is written', () => {
  fc.assert(
    fc.property(fc.string(), (written) => {
      fc.pre(!/[{}]/.test(written))
      expect(fill(written)).toBe(written)
      expect(placeholdersOf(written)).toEqual([])
    })
  )
})

test('the names in a text are found in order, as they would be filled', () => {
  expect(placeholdersOf('{customer.name}: { score } / {}')).toEqual(['customer.name', 'score', ''])
})
