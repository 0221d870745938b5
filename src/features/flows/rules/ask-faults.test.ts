import { expect, test } from 'vitest'
import { flowFaults } from './faults.ts'
import { Flow } from './schema.ts'
import { simulate } from './simulate.ts'

const option = (value: string, ja = value) => ({ value, label: { ja, en: value } })
const several = { type: 'multi_choice', options: [option('taste'), option('staff'), option('room')] }
const text = { ja: '質問', en: 'Question' }
const timeout = { after: '1d', to: 'exit' }
const flowOf = (answer: object, more: object = {}, steps: object[] = []) =>
  Flow.parse({
    ...{ id: 'a', kind: 'survey', consent: 'service', trigger: { event: 'visit' } },
    steps: [{ id: 'q', do: 'ask', text, answer, timeout, ...more }, ...steps]
  })
const faults = (answer: object, more?: object) =>
  flowFaults(flowOf(answer, more)).map(({ path, message }) => [path.at(-1), message])

test('several options and days have no fault by themselves', () => {
  expect(faults(several)).toEqual([])
  expect(faults({ ...several, min: 2, max: 3 }, { optional: true })).toEqual([])
  expect(faults({ type: 'date' })).toEqual([])
  expect(faults({ type: 'date', min: 'today', max: '+60d', shows: '+1d' })).toEqual([])
  expect(faults({ type: 'date', min: '2026-12-01', max: '+7d' })).toEqual([])
})

test.each([
  [{ ...several, max: 4 }, 'max', 'there are only 3 options'],
  [{ ...several, min: 3, max: 2 }, 'min', 'write at most max (2)'],
  [{ ...several, max: 1 }, 'max', 'write type: choice'],
  [{ ...several, options: [option('a', 'あ'.repeat(19)), option('b')] }, 'ja', 'at most 18 characters, this has 19'],
  [
    { ...several, options: [option('a'), { ...option('a', 'b'), label: { ja: 'b', en: 'b' } }] },
    'value',
    'offered twice'
  ],
  [{ type: 'date', min: '2026-02-30' }, 'min', '1900-01-01 to 2100-12-31'],
  [{ type: 'date', min: '-200y' }, 'min', '1900-01-01 to 2100-12-31'],
  [{ type: 'date', min: '+7d', max: 'today' }, 'max', 'not before min (+7d)']
])('%j: a fault at %s', (answer, at, message) => {
  expect(faults(answer)).toEqual([[at, expect.stringContaining(message)]])
})

test('the buttons to decide and to skip count among LINE’s thirteen', () => {
  const options = Array.from({ length: 12 }, (_, index) => option(`o${index}`))
  expect(faults({ type: 'multi_choice', options })).toEqual([])
  expect(faults({ type: 'multi_choice', options }, { optional: true })).toEqual([
    ['answer', 'that makes 14 quick replies with the one to decide and the one to skip, LINE takes 13: offer fewer']
  ])
})

test('a condition asks what is in a list, and compares a day with a day', () => {
  const asking = (when: object, answer: object) =>
    flowFaults(flowOf(answer, { next: [{ when: { q: when }, to: 'exit' }] })).map(({ message }) => message)
  expect(asking({ includes: 'taste' }, several)).toEqual([])
  expect(asking({ answered: true }, several)).toEqual([])
  expect(asking({ eq: 'taste' }, several)).toEqual([expect.stringContaining('{ includes: taste }')])
  expect(asking({ includes: 'price' }, several)).toEqual([expect.stringContaining('write one of taste, staff, room')])
  expect(asking({ includes: 'x' }, { type: 'scale', min: 0, max: 5 })).toEqual([expect.stringContaining('no list')])
  expect(asking({ eq: '2026-12-01' }, { type: 'date' })).toEqual([])
  expect(asking({ eq: '12/1' }, { type: 'date' })).toEqual([expect.stringContaining('write it as 2026-11-28')])
})

const thanks = { id: 'thanks', do: 'say', text: { ja: '{q}ですね', en: 'So {q}' } }
const play = (answer: object, ...inputs: string[]) =>
  simulate(flowOf(answer, { next: [{ when: { q: { answered: true } }, to: 'thanks' }] }, [thanks]), {
    inputs,
    locale: 'ja',
    customerName: 'お客様'
  }).lines.map((line) => line.text)

test('a played conversation reads several options and days, asks again, and says them back', () => {
  expect(play({ ...several, max: 2 }, 'taste、room')).toContain('taste、roomですね')
  expect(play({ ...several, max: 2 }, 'taste staff room')).toContain('too few or too many: asks again for 1–2')
  expect(play({ type: 'date', min: '+1d' }, '1/6')).toContain('2026年1月6日ですね')
  expect(play({ type: 'date', min: '+1d' }, 'きょう', 'あした')).toEqual([
    ...['質問', 'きょう', 'no day that is taken: asks again for 2026-01-06 to 2100-12-31'],
    ...['あした', '2026年1月6日ですね', 'end']
  ])
  expect(play({ type: 'date', max: 'today' }, '5/12')).toContain('a day without its year: asks again')
})
