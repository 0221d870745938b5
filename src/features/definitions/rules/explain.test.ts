import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { explainIssues } from './explain.ts'

const Form = z.strictObject({
  id: z.string(),
  size: z.int().min(2).max(9),
  colour: z.enum(['red', 'blue']),
  text: z.strictObject({ ja: z.string(), en: z.string() }),
  tags: z.array(z.string().min(1).max(3)).max(2),
  on: z.boolean(),
  step: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('say'), words: z.string() }),
    z.strictObject({ do: z.literal('wait'), days: z.number() })
  ]),
  when: z.union([z.number(), z.strictObject({ lte: z.number() })]),
  code: z.string().regex(/^\d+$/, 'write digits only')
})
const good = {
  ...{ id: 'a', size: 3, colour: 'red', text: { ja: 'あ', en: 'a' }, tags: ['x'], on: true, when: 1, code: '1' },
  step: { do: 'say', words: 'hi' }
}
function told(change: object, without?: string, withInput = false): string[] {
  const input = Object.fromEntries(Object.entries({ ...good, ...change }).filter(([key]) => key !== without))
  const parsed = Form.safeParse(input)
  return parsed.success
    ? []
    : explainIssues(parsed.error, withInput ? input : undefined).map(
        ({ path, message }) => `${path.join('.')}: ${message}`
      )
}

test('a good file has nothing to explain', () => expect(told({})).toEqual([]))

test.each<[object, string]>([
  [{ size: 'big' }, 'size: write a number'],
  [{ size: 2.5 }, 'size: write a whole number'],
  [{ size: 1 }, 'size: write at least 2'],
  [{ size: 10 }, 'size: write at most 9'],
  [{ id: 7 }, 'id: write a text'],
  [{ on: 'yes' }, 'on: write true or false'],
  [{ tags: 'x' }, 'tags: write a list'],
  [{ tags: ['a', 'b', 'c'] }, 'tags: write at most 2 entries'],
  [{ tags: ['abcd'] }, 'tags.0: write at most 3 characters'],
  [{ tags: ['a', ''] }, 'tags.1: write at least 1 characters'],
  [{ colour: 'green' }, 'colour: write one of red, blue'],
  [{ text: 'あ' }, 'text: write lines of the form "name: value"'],
  [{ text: { ja: 'あ' } }, 'text.en: the English text is missing: add "en: …"'],
  [{ text: { en: 'a' } }, 'text.ja: the Japanese text is missing: add "ja: …"'],
  [{ step: { do: 'dance' } }, 'step.do: write one of say, wait'],
  [{ step: { do: 'wait' } }, 'step.days: "days" is missing: add it'],
  [{ when: { lte: 'x' } }, 'when.lte: write a number'],
  [{ when: null }, 'when: write a number or lines of the form "name: value"'],
  [{ code: 'x' }, 'code: write digits only'],
  [{ siez: 1 }, 'siez: "siez" means nothing here: correct the word or delete it']
])('%j is told as %j', (change, expected) => expect(told(change)).toEqual([expected]))

test('every fault is told, each at its place', () => {
  expect(told({ size: 1, id: 7, extra: 1 })).toHaveLength(3)
})

test('what is missing is called missing; with the file at hand a missing choice is as well', () => {
  expect(told({}, 'id')).toEqual(['id: "id" is missing: add it'])
  expect(told({}, 'colour')).toEqual(['colour: write one of red, blue'])
  expect(told({}, 'colour', true)).toEqual(['colour: "colour" is missing: write one of red, blue'])
  expect(told({ colour: 'green' }, undefined, true)).toEqual(['colour: write one of red, blue'])
})

test('whatever is in a file, every fault has words that a person can act on', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (key, value) => {
      for (const line of told({ [key]: value })) expect(line).toMatch(/: (write|the|"|Invalid)/)
    })
  )
})
