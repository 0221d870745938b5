import { describe, expect, test } from 'vitest'
import { aChoice, all, aState, byTestId, expectInert, pageView as makeView, press } from '../../../test/support/page.ts'
import { personDialog, scanDialog } from './dialogs.ts'
import { progressOf } from './guide.ts'
import { modalView, valueOfFields } from './modal.ts'
import { h, textOf } from './node.ts'
import { pageView } from './page.ts'
import type { ChatItem, SandboxState, SlackMessage } from './state.ts'
import { TEXTS } from './texts.ts'
import { valid } from './valid-choice.ts'

const nothingYet = { stamped: false, alerted: false, resolved: false }
const item = (over: Partial<ChatItem> = {}): ChatItem => ({
  ...{ id: '1', from: 'person', at: '2026-11-21T03:00:00Z', unsent: false, canUnsend: true, via: undefined },
  message: { type: 'text', text: 'こんにちは' },
  ...over
})
const post = (over: Partial<SlackMessage> = {}): SlackMessage => ({
  ...{
    ts: '1.1',
    threadTs: undefined,
    isBroadcast: false,
    user: 'UBOT',
    at: '2026-11-21T03:00:00Z',
    text: 'x',
    blocks: []
  },
  ...{ edited: false, whisper: false },
  ...over
})
function draw(state: Partial<SandboxState> = {}, choice: Partial<typeof aChoice> = {}, lang: 'ja' | 'en' = 'ja') {
  const { view, done } = makeView(lang)
  const model = {
    state: { ...aState, ...state },
    feed: [],
    choice: { ...aChoice, ...choice },
    progress: nothingYet,
    toast: undefined
  }
  return { parts: pageView(model, view), done, model, view }
}

describe('the phone', () => {
  test('someone who has not added the account is offered to', () => {
    const { parts, done } = draw({ people: [{ id: 'U1', name: 'Emma', language: 'en', relation: 'new' }] })
    press(byTestId(parts, 'follow')[0])
    expect(done).toEqual([['follow']])
  })

  test('quick replies stand under the newest message only, and run their action', () => {
    const action = { type: 'postback', label: '3', data: 'd', displayText: '3点' }
    const asked = item({
      id: '2',
      from: 'shop',
      message: { type: 'text', text: '?', quickReply: { items: [{ type: 'action', action }] } }
    })
    const { parts, done } = draw({ chat: [item(), asked] })
    press(all(byTestId(parts, 'quick-replies')).find(({ tag }) => tag === 'button'))
    expect(done).toEqual([['tap', action]])
    expect(byTestId(draw({ chat: [asked, item({ id: '3' })] }).parts, 'quick-replies')).toEqual([])
  })

  test('nobody who blocks the account can write to it', () => {
    const { parts } = draw({
      people: [{ id: 'U1', name: '佐藤', language: 'ja', relation: 'blocked' }],
      chat: [item()]
    })
    expect(byTestId(parts, 'line-input')).toEqual([])
    expect(byTestId(parts, 'unblock')).toHaveLength(1)
  })

  test('a message taken back is gone, and cannot be taken back again', () => {
    const { parts } = draw({ chat: [item({ unsent: true, message: { type: 'text', text: '' }, canUnsend: false })] })
    expect(byTestId(parts, 'unsend')).toEqual([])
    expect(parts.map(textOf).join('')).toContain(TEXTS.ja.unsent)
  })

  test('it says which messages were free and which counted', () => {
    const text = draw({ chat: [item({ from: 'shop', via: 'reply' }), item({ id: '2', from: 'shop', via: 'push' })] })
      .parts.map(textOf)
      .join('')
    expect(text).toContain(TEXTS.ja.reply)
    expect(text).toContain(TEXTS.ja.push)
  })

  test('each day is named once', () => {
    const next = item({ id: '2', at: '2026-11-21T15:30:00Z' })
    const days = all(draw({ chat: [item(), item({ id: '1b' }), next] }).parts).filter(
      ({ props }) => props.class === 'ln-day'
    )
    expect(days.map(textOf)).toEqual(['11月21日(土)', '11月22日(日)'])
  })
})

describe('Slack', () => {
  test.each([
    ['ja', '返信する'],
    ['en', 'Reply']
  ] as const)('a thread (%s) asks for an answer in a word that fits its narrow field', (lang, words) => {
    const [field] = byTestId(draw({ messages: [post()] }, { thread: '1.1' }, lang).parts, 'thread-input')
    expect(field?.props.attrs).toMatchObject({ placeholder: words, 'aria-label': words })
  })

  test('replies are in their thread, not in the channel', () => {
    const messages = [post(), post({ ts: '1.2', threadTs: '1.1', text: '返信です' })]
    expect(byTestId(draw({ messages }).parts, 'slack-message')).toHaveLength(1)
    const thread = byTestId(draw({ messages }, { thread: '1.1' }).parts, 'thread')
    expect(byTestId(thread, 'slack-message')).toHaveLength(2)
    expect(thread.map(textOf).join('')).toContain(TEXTS.ja.internal)
  })

  test('a reply for all stands in both', () => {
    const messages = [post(), post({ ts: '1.2', threadTs: '1.1', isBroadcast: true, text: '期限です' })]
    expect(byTestId(draw({ messages }).parts, 'slack-message')).toHaveLength(2)
    expect(byTestId(byTestId(draw({ messages }, { thread: '1.1' }).parts, 'thread'), 'slack-message')).toHaveLength(2)
  })

  test('what only one person sees says so', () => {
    const { parts } = draw({ whispers: [post({ whisper: true, text: 'ひそひそ' })] })
    expect(byTestId(parts, 'slack-log').map(textOf).join('')).toContain(`${TEXTS.ja.onlyYou}`)
  })

  test('a suggestion is posted where it stands', () => {
    const messages = [post({ blocks: [{ type: 'divider' }] })]
    const { parts, done } = draw({ messages }, { thread: '1.1' })
    press(all(byTestId(parts, 'thread')).find((part) => part.tag === 'button' && textOf(part) === '@matane 担当'))
    expect(done).toEqual([['post', '@matane 担当', '1.1']])
  })

  test('a modal shows the faults of the product and of Slack in words', () => {
    const element = { type: 'plain_text_input', action_id: 'v' }
    const label = { type: 'plain_text', text: 'メモ' }
    const input = (block_id: string) => ({ type: 'input', block_id, label, element })
    const errors = { a: 'Please complete this required field.', b: '短すぎます' }
    const { model, view } = draw({
      modal: { id: 'V1', view: { title: label, blocks: [input('a'), input('b')] }, errors }
    })
    const faults = all([modalView(model.state, view) ?? '']).filter(({ props }) => props.attrs?.role === 'alert')
    expect(faults.map(textOf)).toEqual(['必須の項目です。', '短すぎます'])
  })

  test.each([
    ['plain_text_input', [{ value: 'メモ', ticked: false }], 'メモ'],
    ['plain_text_input', [{ value: '', ticked: false }], []],
    [
      'radio_buttons',
      [
        { value: 'a', ticked: false },
        { value: 'b', ticked: true }
      ],
      'b'
    ],
    ['radio_buttons', [{ value: 'a', ticked: false }], []],
    [
      'checkboxes',
      [
        { value: 'a', ticked: true },
        { value: 'b', ticked: true }
      ],
      ['a', 'b']
    ],
    ['multi_static_select', [], []]
  ])('a %s with %j was filled with %j', (type, fields, expected) =>
    expect(valueOfFields({ type }, fields)).toEqual(expected)
  )
})

describe('the whole page', () => {
  const hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>'

  test('a hostile name, text, channel and card stay words', () => {
    const state = {
      shopName: hostile,
      people: [{ id: hostile, name: hostile, language: hostile, relation: 'following' as const }],
      staff: [{ id: 'UBOT', name: hostile, kind: 'cs' as const, isBot: true }],
      channels: [{ id: 'C1', name: hostile, isShared: true }],
      chat: [
        item({ message: { type: 'text', text: `${hostile} https://e.example/${hostile}` } }),
        item({ id: '2', from: 'shop', message: { type: hostile, altText: hostile } })
      ],
      messages: [
        post({ text: hostile }),
        post({ ts: '2', user: hostile, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: hostile } }] })
      ]
    }
    const { parts, model, view } = draw(state, { person: hostile, thread: '1.1' })
    expectInert(parts)
    expectInert([scanDialog(model.state, model.choice, view), personDialog(view)])
    expect(parts.map(textOf).join('')).toContain('<script>alert(1)</script>')
  })

  test('a listener cannot be smuggled in as an attribute', () => {
    expect(() => h('b', { attrs: { onclick: 'alert(1)' } })).toThrow('listeners')
  })

  test.each(['ja', 'en'] as const)('every button and field has a name, in %s', (lang) => {
    const blocks = [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'a', options: [] }] }]
    const { parts, model, view } = draw({ chat: [item()], messages: [post({ blocks })] }, { thread: '1.1' }, lang)
    const everything = [...parts, scanDialog(model.state, model.choice, view), personDialog(view)]
    const labelled = new Set(all(everything).flatMap(({ tag, props }) => (tag === 'label' ? [props.attrs?.for] : [])))
    for (const part of all(everything).filter(({ tag }) => ['button', 'input', 'select', 'summary'].includes(tag))) {
      const { attrs = {} } = part.props
      const named = attrs['aria-label'] || attrs.title || textOf(part).trim() || labelled.has(attrs.id)
      expect(named, JSON.stringify(part.props)).toBeTruthy()
    }
  })

  test('both languages have words for everything, and none is the other by mistake', () => {
    const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
    const flat = (value: unknown): string[] =>
      typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(flat) : []
    expect(flat(TEXTS.en).filter((text) => japanese.test(text))).toEqual(['日本語'])
    expect(flat(TEXTS.ja).length).toBe(flat(TEXTS.en).length)
  })
})

describe('the guide', () => {
  test('a step stays done when another person is looked at', () => {
    const card = item({ id: '2', from: 'shop', message: { type: 'flex', contents: {} } })
    const chat = [item({ message: { type: 'text', text: 'スタンプ kamakura.1S28V2.6CDZKXYGMR' } }), card]
    const after = progressOf({ ...aState, chat }, nothingYet)
    expect(after.stamped).toBe(true)
    expect(progressOf(aState, after).stamped).toBe(true)
  })

  test('only a code from a counter counts as a scan', () => {
    const card = item({ id: '2', from: 'shop', message: { type: 'flex', contents: {} } })
    const chat = [item({ message: { type: 'text', text: 'cancel my membership 1234567890' } }), card]
    expect(progressOf({ ...aState, chat }, nothingYet).stamped).toBe(false)
  })

  test('a guest, who cannot see the alerts, is led to somebody who can', () => {
    const led = (channels: SandboxState['channels']) => {
      const { parts, done } = draw({ channels })
      press(all(byTestId(parts, 'step-3')).find(({ tag }) => tag === 'button'))
      return done
    }
    const alerts = { id: 'C7', name: 'cs-alerts', isShared: false }
    expect(led([alerts])).toEqual([['choose', { tab: 'slack', thread: undefined, channel: 'C7' }]])
    expect(led([])).toEqual([['choose', { tab: 'slack', thread: undefined, staff: 'UAYA', channel: '' }]])
  })

  test('the steps follow the story', () => {
    const alerted = progressOf({ ...aState, desk: { alerted: true, resolved: false } }, nothingYet)
    expect(alerted).toEqual({ stamped: false, alerted: true, resolved: false })
    const resolved = progressOf({ ...aState, desk: { alerted: true, resolved: true } }, alerted)
    expect(progressOf(aState, resolved)).toEqual({ stamped: false, alerted: true, resolved: true })
  })
})

test('a choice that no longer exists falls back to the first there is', () => {
  expect(valid({ ...aChoice, person: 'gone', staff: 'UBOT', channel: '', shop: 'closed' }, aState)).toMatchObject({
    person: 'U1',
    staff: 'UAYA',
    channel: 'C1',
    shop: 'kamakura'
  })
})

test('a first visitor meets someone who speaks the language of the page', () => {
  const emma = { id: 'U2', name: 'Emma', language: 'en', relation: 'new' as const }
  const state = { ...aState, people: [...aState.people, emma] }
  expect(valid({ ...aChoice, person: '', lang: 'en' }, state).person).toBe('U2')
  expect(valid({ ...aChoice, person: 'U1', lang: 'en' }, state).person).toBe('U1')
})
