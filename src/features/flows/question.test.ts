import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { LIMITS } from '../../platform/line/builders.ts'
import { decodePostback } from '../../platform/line/postback.ts'
import { messageFaults } from '../../sandbox/line/message-rules.ts'
import {
  answerButtons,
  answerPostback,
  dayPostback,
  decidePostback,
  questionMessage,
  tickPostback
} from './question.ts'
import { flowFaults } from './rules/faults.ts'
import { Flow } from './rules/schema.ts'

const LONGEST_NAME = `a${'_'.repeat(39)}`
const words = fc
  .string({ minLength: 1, maxLength: 20 })
  .filter((text) => /\S/.test(text) && !/[{}]/.test(text) && !text.includes('\0'))
const labels = fc.record({ ja: words, en: words })
const shortLabels = labels.map(({ ja, en }) => ({
  ja: [...ja].slice(0, 6).join('') || 'あ',
  en: [...en].slice(0, 6).join('') || 'a'
}))
const bounds = fc.oneof(
  fc.constantFrom('today', '1900-01-01', '2100-12-31', '2028-02-29', '2026-02-30', '1850-01-01'),
  fc.integer({ min: -200, max: 200 }).map((days) => `${days < 0 ? '' : '+'}${days}d`),
  fc.integer({ min: -130, max: 130 }).map((years) => `${years < 0 ? '' : '+'}${years}y`)
)
const answers = fc.oneof(
  fc.tuple(fc.nat(88), fc.nat(11)).map(([min, more]) => ({ type: 'scale', min, max: min + more })),
  fc
    .uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_]{0,39}$/), { minLength: 2, maxLength: 12 })
    .chain((values) =>
      fc
        .tuple(...values.map((value) => labels.map((label) => ({ value, label }))))
        .map((options) => ({ type: 'choice', options }))
    ),
  fc
    .uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_]{0,39}$/), { minLength: 2, maxLength: 12 })
    .chain((values) =>
      fc
        .tuple(...values.map((value) => shortLabels.map((label) => ({ value, label }))))
        .map((options) => ({ type: 'multi_choice', options }))
    ),
  fc
    .record({ min: bounds, max: bounds, shows: bounds }, { requiredKeys: [] })
    .map((span) => ({ type: 'date', ...span })),
  fc.constant({ type: 'text' })
)
/** Questions that the engine takes, as long as they may be. */
const questions = fc
  .record({ answer: answers, optional: fc.boolean(), text: labels })
  .map(({ answer, optional, text }) => {
    const step = { id: LONGEST_NAME, do: 'ask', text, answer, optional, timeout: { after: '1d', to: 'exit' } }
    return Flow.safeParse({ id: 'a', kind: 'survey', consent: 'service', trigger: { event: 'visit' }, steps: [step] })
      .data
  })
const views = fc.record({
  today: fc.constantFrom('2026-11-28', '2028-02-29', '2027-01-01'),
  ticked: fc.constantFrom<readonly string[]>([], ['a', 'b']),
  visit: fc.integer({ min: 1, max: 100 }),
  locale: fc.constantFrom('ja' as const, 'en' as const)
})

function askOf(flow: Flow | undefined) {
  if (!flow || flowFaults(flow).length > 0) return undefined
  const [step] = flow.steps
  return step?.do === 'ask' ? step : undefined
}

test('a question that the engine takes is a message that LINE takes, in both languages', () => {
  let asked = 0
  fc.assert(
    fc.property(questions, views, (flow, view) => {
      const question = askOf(flow)
      fc.pre(question !== undefined)
      asked += 1
      const message = questionMessage({ ...view, question, runId: newId() }, question.text[view.locale])
      expect(messageFaults([message])).toEqual([])
      expect(message.quickReply?.items?.length ?? 0).toBeLessThanOrEqual(LIMITS.quickReplies)
    })
  )
  expect(asked).toBeGreaterThan(50)
})

/** What a tap carries besides its question. */
const CARRIED = new Map([
  [answerPostback.name, ['value']],
  [tickPostback.name, ['on', 'value']],
  [decidePostback.name, []],
  [dayPostback.name, []]
])

test('a tap names its run, its visit, its question and its answer, and nothing of the customer', () => {
  fc.assert(
    fc.property(questions, views, (flow, view) => {
      const question = askOf(flow)
      fc.pre(question !== undefined)
      const runId = newId()
      for (const button of answerButtons({ ...view, question, runId })) {
        const tapped = decodePostback('data' in button ? (button.data ?? '') : '')
        expect(tapped).toMatchObject({ data: { run: runId, visit: view.visit, step: LONGEST_NAME } })
        const { name = '', data } = tapped ?? {}
        expect(Object.keys(Object(data)).toSorted()).toEqual(
          [...(CARRIED.get(name) ?? []), 'run', 'step', 'visit'].toSorted()
        )
      }
    })
  )
})

test('a question longer than LINE takes is shortened, not lost', () => {
  const question = {
    id: 'q',
    do: 'ask',
    text: { ja: 'あ', en: 'a' },
    answer: { type: 'text' },
    optional: false
  } as const
  const message = questionMessage(
    { question, runId: newId(), visit: 1, locale: 'ja', ticked: [], today: '2026-11-28' },
    'あ'.repeat(6000)
  )
  expect(message).toMatchObject({ type: 'text', text: `${'あ'.repeat(4999)}…` })
})
