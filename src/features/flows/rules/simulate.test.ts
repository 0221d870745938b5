import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { Flow } from './schema.ts'
import { simulate } from './simulate.ts'

const nps = Flow.parse(parse(readFileSync('flows/surveys/nps.yaml', 'utf8')))
const play = (...inputs: string[]) => simulate(nps, { inputs, locale: 'en', customerName: 'Emma' })
const heard = (...inputs: string[]) => play(...inputs).lines.map(({ who, text }) => `${who}: ${text.split('\n')[0]}`)

test('a transcript tells what the customer reads and types, what staff get, and when', () => {
  const { lines, run } = play('wait 2h', '３', 'The music is too loud')
  expect(lines.map(({ atMs, who }) => [atMs / 3_600_000, who])).toEqual([
    [0, 'matane'],
    [2, 'customer'],
    [2, 'staff'],
    [2, 'matane'],
    [2, 'customer'],
    [2, 'staff'],
    [2, 'matane'],
    [2, 'engine']
  ])
  expect(lines[0]?.buttons).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
  expect(lines[2]?.text).toBe('follow-up, high, due in 24h: score')
  expect(run).toMatchObject({ ended: true, facts: { score: 3, reason: 'The music is too loud' } })
})

test('silence is played to the end', () => {
  expect(heard('3').slice(-3)).toEqual(['engine: time is up', 'engine: tag 理由未回答', 'engine: end'])
  expect(play().lines.at(-1)).toMatchObject({ atMs: 3 * 86_400_000, text: 'end' })
})

test('time that passes before an answer may close the question', () => {
  expect(heard('wait 4d', '3').at(-1)).toBe('engine: not for this flow: goes elsewhere')
})

test.each([
  ['help', 'not for this flow: goes elsewhere'],
  ['hello', 'no answer to the question: goes elsewhere'],
  ['12', 'outside the scale: asks again for 0–10'],
  ['event visit', 'nobody waits for this: goes elsewhere']
])('%j is noted, and changes nothing', (said, expected) => {
  expect(heard(said)).toContain(`engine: ${expected}`)
  expect(heard(said).at(-1)).toBe('engine: end')
})

test('whatever is typed, the conversation ends', () => {
  const said = fc.oneof(
    fc.string(),
    fc.integer({ min: -1, max: 12 }).map(String),
    fc.constantFrom('wait 1d', 'skip', 'event visit')
  )
  fc.assert(fc.property(fc.array(said, { maxLength: 8 }), (inputs) => play(...inputs).run.ended))
})

test('of compared ways the one asked for is played, else the first', () => {
  const flow = Flow.parse({
    ...{ id: 'f', kind: 'scenario', consent: 'service', trigger: { event: 'visit' } },
    ...{ goal: { event: 'visit', within: '7d' }, variants: { short: 1, long: 1 } },
    steps: [
      { id: 'which', do: 'branch', next: [{ when: { variant: 'short' }, to: 'hi' }, { to: 'exit' }] },
      { id: 'hi', do: 'say', text: { ja: 'やあ', en: 'Hi' } }
    ]
  })
  const said = (variant?: string) =>
    simulate(flow, { inputs: [], locale: 'en', customerName: 'Emma', variant }).lines.map(({ text }) => text)
  expect([said('short'), said('long'), said()]).toEqual([['Hi', 'end'], ['end'], ['end']])
})

test('a card is played with its picture, its words and its buttons, filled in', () => {
  const text = (words: string) => ({ ja: words, en: words })
  const buttons = [{ label: text('Menu for {customer.name}'), open: 'https://shop.example.com/' }]
  const image = 'https://shop.example.com/cake.jpg'
  const card = { layout: 'photo', title: text('New'), body: text('Hello {customer.name}'), image, buttons }
  const flow = Flow.parse({
    ...{ id: 'f', kind: 'scenario', consent: 'service', trigger: { event: 'visit' } },
    steps: [
      { id: 'card', do: 'say', card },
      { id: 'picture', do: 'say', image: { url: image } }
    ]
  })
  expect(simulate(flow, { inputs: [], locale: 'en', customerName: 'Emma' }).lines).toMatchObject([
    { who: 'matane', text: '🖼 New\nHello Emma', buttons: ['Menu for Emma'] },
    { who: 'matane', text: '🖼' },
    { who: 'engine', text: 'end' }
  ])
})
