import { expect, test } from 'vitest'
import { advance, NEW_RUN } from './advance.ts'
import { mermaid } from './mermaid.ts'
import { Flow } from './schema.ts'
import { simulate } from './simulate.ts'

const flowOf = (...steps: object[]) =>
  Flow.parse({ id: 'f', kind: 'scenario', consent: 'service', trigger: { event: 'visit' }, steps })
const say = { id: 'hello', do: 'say', text: { ja: 'あ', en: 'a' } }

const DEEDS: [object, string][] = [
  [{ id: 'x', do: 'set', attribute: '興味', to: '朝食' }, 'set 興味 = "朝食"'],
  [{ id: 'x', do: 'set', attribute: 'gender', from: 'q' }, 'set gender = q'],
  [{ id: 'x', do: 'give', coupon: 'come_back' }, 'give come_back'],
  [{ id: 'x', do: 'give', stamp: true }, 'give stamp'],
  [{ id: 'x', do: 'give', points: 50 }, 'give 50 points'],
  [{ id: 'x', do: 'goto', flow: 'nps' }, 'goto nps']
]

test.each(DEEDS)('%j is handed on as it stands, drawn and played', (step, shown) => {
  const flow = flowOf(say, step)
  const [deed] = flow.steps.slice(1)
  expect(advance(flow, NEW_RUN, { type: 'start' })).toMatchObject({
    run: { ended: true },
    effects: [{ do: 'say' }, { do: 'act', step: deed, visit: 1 }, { do: 'end' }]
  })
  const quoted = shown.replaceAll('"', '#34;')
  expect(mermaid(flow, 'ja')).toContain(`  x["x: ${quoted}"]\n`)
  const { lines } = simulate(flow, { inputs: [], locale: 'ja', customerName: 'お客様' })
  expect(lines.map(({ who, text }) => `${who}: ${text}`)).toEqual(['matane: あ', `engine: ${shown}`, 'engine: end'])
})

test('a coupon that was given is played in the texts after it', () => {
  const flow = flowOf(
    { id: 'x', do: 'give', coupon: 'come_back' },
    { ...say, text: { ja: '{coupon.title}です', en: 'a' } }
  )
  const { lines } = simulate(flow, { inputs: [], locale: 'ja', customerName: 'お客様' })
  expect(lines[1]?.text).toBe('[come_back]です')
})

test('a line for staff is drawn by its words, played as theirs, and no word to the customer', () => {
  const flow = flowOf(say, { id: 'x', do: 'notify', text: { ja: '{customer.name}がお困りです', en: 'Help' } })
  expect(advance(flow, NEW_RUN, { type: 'start' }).effects.map((effect) => effect.do)).toEqual(['say', 'act', 'end'])
  expect(mermaid(flow, 'ja')).toContain('  x["x: notify {customer.name}がお困りです"]')
  const { lines } = simulate(flow, { inputs: [], locale: 'ja', customerName: '花子 様' })
  expect(lines[1]).toMatchObject({ who: 'staff', text: 'notice: 花子 様がお困りです' })
})

test('a flow that goes on in another one ends where it says so: what stands below is not reached by it', () => {
  const flow = flowOf({ id: 'x', do: 'goto', flow: 'nps' }, say)
  const { effects } = advance(flow, NEW_RUN, { type: 'start' })
  expect(effects.map((effect) => effect.do)).toEqual(['act', 'end'])
  expect(mermaid(flow, 'ja')).toContain('  x --> end_')
})
