import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { messageFaults } from '../../sandbox/line/message-rules.ts'
import {
  dayPickerAction,
  decodePostback,
  definePostback,
  fitText,
  flexMessage,
  imageMessage,
  LIMITS,
  type LineAction,
  MessageFormError,
  MessageLimitError,
  messageAction,
  postbackAction,
  textMessage,
  uriAction,
  withMoreButtons,
  withQuickReplies
} from './builders.ts'

const family = '👨‍👩‍👧‍👦' // one character to a person, 11 UTF-16 units
const bubble = (text: string, count = 1) => ({
  type: 'bubble' as const,
  body: {
    type: 'box' as const,
    layout: 'vertical' as const,
    contents: Array.from({ length: count }, () => ({ type: 'text' as const, text }))
  }
})
const label = (text: string) => messageAction({ label: text, text: 'x' })

test.each([
  ['a text', (size: number) => textMessage('あ'.repeat(size)), LIMITS.textUnits],
  [
    'an alt text',
    (size: number) => flexMessage({ altText: 'あ'.repeat(size), contents: bubble('x') }),
    LIMITS.altTextUnits
  ],
  ['a label', (size: number) => label(family.repeat(size)), LIMITS.labelGraphemes],
  [
    'a typed text',
    (size: number) => messageAction({ label: 'x', text: family.repeat(size) }),
    LIMITS.actionTextGraphemes
  ],
  ['postback data', (size: number) => postbackAction({ label: 'x', data: 'x'.repeat(size) }), LIMITS.postbackDataUnits],
  [
    'an address',
    (size: number) => uriAction({ label: 'x', uri: 'https://a'.padEnd(size, 'a').slice(0, Math.max(size, 9)) }),
    LIMITS.uriUnits
  ],
  [
    'quick replies',
    (size: number) =>
      withQuickReplies(
        textMessage('x'),
        Array.from({ length: size }, () => label('x'))
      ),
    LIMITS.quickReplies
  ],
  [
    'a quick reply label',
    (size: number) => withQuickReplies(textMessage('x'), [label('あ'.repeat(size))]),
    LIMITS.quickReplyLabelGraphemes
  ],
  [
    'a carousel',
    (size: number) =>
      flexMessage({
        altText: 'x',
        contents: { type: 'carousel', contents: Array.from({ length: size }, () => bubble('x')) }
      }),
    LIMITS.carouselBubbles
  ]
])('%s is built at its limit and refused one above, naming field, limit and size', (_, build, limit) => {
  expect(() => build(limit)).not.toThrow()
  const error = fault(() => build(limit + 1))
  expect(error).toBeInstanceOf(MessageLimitError)
  expect(error).toMatchObject({ limit, actual: limit + 1, field: expect.stringMatching(/./) })
})

test.each([
  ['a text', () => textMessage('')],
  ['a text of nothing but NULs', () => textMessage('\u0000')],
  ['a label', () => label('')],
  ['data', () => postbackAction({ label: 'x', data: '' })],
  ['quick replies', () => withQuickReplies(textMessage('x'), [])],
  ['buttons of an earlier message', () => withMoreButtons(textMessage('x'), [])],
  ['a carousel', () => flexMessage({ altText: 'x', contents: { type: 'carousel', contents: [] } })],
  ['an alt text', () => flexMessage({ altText: '', contents: bubble('x') })]
])('%s that is empty is refused', (_, build) => {
  expect(fault(build)).toMatchObject({ limit: 1, actual: 0 })
})

test('a text is counted in UTF-16 units, a label in characters as people see them', () => {
  expect(() => textMessage('🍎'.repeat(2500))).not.toThrow()
  expect(() => textMessage('🍎'.repeat(2501))).toThrow(MessageLimitError)
  expect(() => withQuickReplies(textMessage('x'), [label(family.repeat(20))])).not.toThrow()
})

test('a bubble of 30 KB and a carousel of 50 KB are the most', () => {
  expect(() => flexMessage({ altText: 'x', contents: bubble('あ'.repeat(9_900)) })).not.toThrow()
  expect(fault(() => flexMessage({ altText: 'x', contents: bubble('あ'.repeat(10_000)) }))).toMatchObject({
    limit: 30_000
  })
  const six = Array.from({ length: 6 }, () => bubble('あ'.repeat(2_900)))
  expect(fault(() => flexMessage({ altText: 'x', contents: { type: 'carousel', contents: six } }))).toMatchObject({
    limit: 50_000
  })
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'example.com', 'https://a b', ' https://a', 'ftp://a', 'HTTPS'])(
  'the address %j is refused: LINE would not open it',
  (uri) => {
    expect(() => uriAction({ label: 'x', uri })).toThrow(MessageFormError)
  }
)

test.each(['https://line.me/R/nv/QRCodeReader', 'http://a', 'tel:+81312345678', 'line://app/1'])(
  '%s is an address',
  (uri) => {
    expect(uriAction({ label: 'x', uri })).toEqual({ type: 'uri', label: 'x', uri })
  }
)

const box = (...contents: unknown[]) => ({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents } })
test.each([
  ['an empty text', box({ type: 'text', text: '' }), 'contents[0].body.contents[0].text'],
  ['an image over http', box({ type: 'image', url: 'http://a' }), 'contents[0].body.contents[0].url'],
  [
    'a button without a label',
    box({ type: 'button', action: { type: 'uri', uri: 'https://a' } }),
    'contents[0].body.contents[0].action.label'
  ],
  [
    'an odd address',
    box({ type: 'text', text: 'x', action: { type: 'uri', uri: 'x:y' } }),
    'contents[0].body.contents[0].action.uri'
  ],
  [
    'endless data',
    box({ type: 'text', text: 'x', action: { type: 'postback', data: 'x'.repeat(301) } }),
    'contents[0].body.contents[0].action.data'
  ],
  [
    'a long label',
    box({ type: 'button', action: { type: 'message', text: 'x', label: 'x'.repeat(41) } }),
    'contents[0].body.contents[0].action.label'
  ]
])('%s deep in a Flex message is refused at its place', (_, contents, field) => {
  // The types forbid most of these: this is what comes past them, from data.
  expect(fault(() => flexMessage(JSON.parse(JSON.stringify({ altText: 'x', contents }))))).toMatchObject({ field })
})

const anyText = fc.string({ unit: fc.constantFrom('a', 'あ', family, '\u0000', '\ud800', '𠮷', ' '), maxLength: 60 })
const anyAction = fc.oneof(
  fc.record({ label: anyText, text: anyText }).map((given) => () => messageAction(given)),
  fc.record({ label: anyText, data: anyText, displayText: anyText }).map((given) => () => postbackAction(given)),
  fc.record({ label: anyText, uri: anyText.map((rest) => `https://${rest}`) }).map((given) => () => uriAction(given))
)
test('whatever the builders let through, LINE accepts', () => {
  fc.assert(
    fc.property(anyText, fc.array(anyAction, { maxLength: 15 }), (text, actions) => {
      const build = () =>
        withQuickReplies(
          textMessage(text),
          actions.map((action): LineAction => action())
        )
      if (fault(build)) return
      expect(messageFaults([build()])).toEqual([])
    }),
    { numRuns: 500 }
  )
})

test('fitText makes any text sendable but an empty one, and cuts no character apart', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, max) => {
      const fitted = fitText(text, max)
      expect(fitted.length).toBeLessThanOrEqual(max)
      expect(fitted.isWellFormed()).toBe(true)
    })
  )
  expect(textMessage(fitText('🍎'.repeat(5000)))).toBeDefined()
})

const answer = definePostback('flow.answer', z.object({ run: z.string(), value: z.number() }))
test('the data of a button comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer(), (run, value) => {
      expect(decodePostback(answer.encode({ run, value }))).toEqual({ name: 'flow.answer', data: { run, value } })
    })
  )
})

test('data too long for a button is refused when it is written, not when it is sent', () => {
  expect(() => answer.encode({ run: 'x'.repeat(280), value: 1 })).toThrow(MessageLimitError)
})

test.each([
  '',
  'v1',
  'v1 flow.answer',
  'v1 flow.answer {',
  'v2 flow.answer {}',
  'v0 a {}',
  'action=buy&id=1',
  'v1  {}',
  'v1 __proto__ {}',
  '{}'
])('the data %j is nobody’s', (data) => {
  expect(decodePostback(data)).toBeUndefined()
})

test('any data at all is read without an exception', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `v1 a ${text}`)
      ),
      (data) => void decodePostback(data)
    )
  )
})

test('a postback name that could not be read back is refused at once', () => {
  expect(() => definePostback('Flow Answer', z.unknown())).toThrow(/no postback name/)
})

function fault(build: () => unknown): unknown {
  try {
    build()
    return undefined
  } catch (error) {
    return error
  }
}

describe('buttons that an earlier message offered', () => {
  const buttons = (...labels: string[]) => labels.map((label) => messageAction({ label, text: label }))
  const scores = buttons(...Array.from({ length: 11 }, (_, score) => String(score)))
  const labels = (message: ReturnType<typeof textMessage>) =>
    message.quickReply?.items?.map(({ action }) => action && 'label' in action && action.label)

  test('stand behind the message’s own, and none of them is lost for want of room', () => {
    const own = withQuickReplies(textMessage('x'), buttons('a', 'b', 'c'))
    expect(labels(withMoreButtons(own, scores))).toEqual(['a', 'b', ...scores.map(({ label }) => label)])
  })

  test('stand once under the message that offers them itself', () => {
    const question = withQuickReplies(textMessage('x'), scores)
    expect(withMoreButtons(question, scores)).toEqual(question)
  })
})

test('a calendar is what LINE takes, and opens within the days that it shows', () => {
  const span = { min: '2026-11-22', max: '2026-12-24', initial: '2026-11-28' }
  const button = dayPickerAction({ label: '日付を選ぶ', data: 'v1 d {}', ...span })
  expect(button).toEqual({ type: 'datetimepicker', mode: 'date', label: '日付を選ぶ', data: 'v1 d {}', ...span })
  expect(messageFaults([withQuickReplies(textMessage('x'), [button])])).toEqual([])
  for (const odd of [
    { initial: '2026-11-21' },
    { initial: '2027-01-01' },
    { min: '11/22' },
    { min: '1850-01-01' },
    { min: '2026-12-24', initial: '2026-12-24' }
  ])
    expect(() => dayPickerAction({ label: 'x', data: 'x', ...span, ...odd })).toThrow(MessageFormError)
})

test('a picture is what LINE takes, and has an https address for itself and for its preview', () => {
  const url = `https://shop.example.com/${'a'.repeat(LIMITS.imageUrlUnits - 25)}`
  expect(messageFaults([imageMessage({ url, previewUrl: url })])).toEqual([])
  for (const wrong of ['http://shop.example.com/a.jpg', '', `${url}a`]) {
    expect(() => imageMessage({ url: wrong, previewUrl: url })).toThrow('originalContentUrl')
    expect(() => imageMessage({ url, previewUrl: wrong })).toThrow('previewImageUrl')
  }
})
