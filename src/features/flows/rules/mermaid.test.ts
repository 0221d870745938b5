import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { edges } from './graph.ts'
import { mermaid } from './mermaid.ts'
import { Flow } from './schema.ts'

const nps = Flow.parse(parse(readFileSync('flows/surveys/nps.yaml', 'utf8')))
const small = (words: string) =>
  Flow.parse({
    id: 'f',
    kind: 'scenario',
    consent: 'service',
    trigger: { event: 'visit' },
    steps: [
      { id: 'hello', do: 'say', text: { ja: words, en: 'Hi' } },
      { id: 'pause', do: 'wait', for: '3d', until: { event: 'visit', to: 'exit' } },
      { id: 'mark', do: 'tag', add: '常連', remove: '新規' }
    ]
  })

test('a flow is drawn with its trigger, its steps and every way between them', () => {
  expect(mermaid(small('こんにちは'), 'ja').split('\n')).toEqual([
    'flowchart TD',
    '  start_(["visit"]) --> hello',
    '  hello["hello: say こんにちは"]',
    '  pause("pause: wait 3d")',
    '  mark["mark: tag 常連 -新規"]',
    '  end_((" "))',
    '  hello --> pause',
    '  pause -->|"visit"| end_',
    '  pause --> mark',
    '  mark --> end_'
  ])
})

test('the shipped survey has an arrow for each of its ways', () => {
  const drawn = mermaid(nps, 'en').split('\n')
  expect(drawn.filter((line) => line.includes('-->'))).toHaveLength(edges(nps).length + 1)
  expect(drawn.some((line) => line.includes('|"score ≤ 6"| alert'))).toBe(true)
  expect(
    drawn.some((line) => line.includes('|"reason answered| ') || line.includes('|"reason answered"| add_reason'))
  ).toBe(true)
})

test('a text that looks like Mermaid stays a text', () => {
  const [, , hello = ''] = mermaid(small('"] --> x <b>#35;`'), 'ja').split('\n')
  expect(hello).toBe('  hello["hello: say #34;] --#62; x #60;b#62;#35;35;#96;"]')
})

test('a card is drawn by its title', () => {
  const title = { ja: '栗のモンブラン', en: 'Mont Blanc' }
  const card = { layout: 'photo' as const, title, body: title, image: 'https://shop.example.com/a.jpg' }
  const flow = { ...small('x'), steps: [{ id: 'cake', do: 'say' as const, card }] }
  expect(mermaid(flow, 'ja')).toContain('cake["cake: say 🖼 栗のモンブラン"]')
})
