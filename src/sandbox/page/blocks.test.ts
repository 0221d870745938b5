import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { all, expectInert, press } from '../../../test/support/page.ts'
import type { SlackClick } from './actions.ts'
import { blocksView } from './blocks.ts'
import type { Surface } from './elements.ts'
import { textOf } from './node.ts'
import { TEXTS } from './texts.ts'

const people = [{ id: 'UAYA', name: '彩' }]
const reader = { lang: 'ja', nameOf: () => undefined, channelOf: () => undefined } as const
const message = (click: (click: SlackClick) => void = () => {}): Surface => ({
  reader,
  t: TEXTS.ja,
  people,
  ts: '1.5',
  click
})
const modal: Surface = { reader, t: TEXTS.ja, people, ts: undefined, errors: { note: '入力してください' } }
const plain = (text: string) => ({ type: 'plain_text', text })

describe('a message', () => {
  test('a button reports which message, block and value it is', () => {
    const click = vi.fn()
    const button = {
      type: 'button',
      action_id: 'follow_up.claim',
      text: plain('担当する'),
      value: '7',
      style: 'primary'
    }
    const [view] = blocksView([{ type: 'actions', block_id: 'b1', elements: [button] }], message(click))
    press(all(view ? [view] : []).find(({ tag }) => tag === 'button'))
    expect(click).toHaveBeenCalledExactlyOnceWith({
      ts: '1.5',
      actionId: 'follow_up.claim',
      blockId: 'b1',
      type: 'button',
      value: '7'
    })
  })

  test('a users_select offers the staff, and shows who is chosen', () => {
    const select = { type: 'users_select', action_id: 'a', initial_user: 'UAYA', placeholder: plain('担当者を選ぶ') }
    const options = all(blocksView([{ type: 'actions', block_id: 'b', elements: [select] }], message())).filter(
      ({ tag }) => tag === 'option'
    )
    expect(options.map((option) => [textOf(option), option.props.attrs?.selected])).toEqual([
      ['担当者を選ぶ', false],
      ['@彩', true]
    ])
  })

  test('an overflow menu reports the option', () => {
    const click = vi.fn()
    const overflow = { type: 'overflow', action_id: 'more', options: [{ text: plain('履歴'), value: 'history' }] }
    const blocks = [{ type: 'section', block_id: 's', text: plain('x'), accessory: overflow }]
    press(all(blocksView(blocks, message(click))).find(({ props }) => props.attrs?.role === 'menuitem'))
    expect(click).toHaveBeenCalledWith(
      expect.objectContaining({ actionId: 'more', value: 'history', type: 'overflow' })
    )
  })

  test('sections, fields, headers, contexts and dividers all show their texts', () => {
    const blocks = [
      { type: 'header', text: plain('要対応') },
      { type: 'section', text: plain('本文'), fields: [plain('左'), plain('右')] },
      { type: 'divider' },
      { type: 'context', elements: [plain('小さく')] },
      { type: 'from_the_future' }
    ]
    expect(blocksView(blocks, message()).map(textOf)).toEqual(['要対応', '本文左右', '', '小さく', '[from_the_future]'])
  })

  test('an updated block with a new block_id is a new element, so that menus start afresh', () => {
    const keys = ['v1', 'v2'].map(
      (id) => blocksView([{ type: 'actions', block_id: id, elements: [] }], message())[0]?.props.key
    )
    expect(new Set(keys).size).toBe(2)
  })
})

describe('a modal', () => {
  test('labels belong to their fields, and faults stand beside them', () => {
    const element = { type: 'plain_text_input', action_id: 'v', multiline: true }
    const [view] = blocksView(
      [{ type: 'input', block_id: 'note', label: plain('メモ'), optional: true, element }],
      modal
    )
    const parts = all(view ? [view] : [])
    const field = parts.find(({ tag }) => tag === 'textarea')
    expect(parts.find(({ tag }) => tag === 'label')?.props.attrs?.for).toBe(field?.props.attrs?.id)
    expect(parts.find(({ props }) => props.attrs?.role === 'alert')).toMatchObject({ children: ['入力してください'] })
  })

  test('a button reports its click without a message; fields are only read when the form is sent', () => {
    const click = vi.fn()
    const button = { type: 'button', action_id: 'customer.older', text: plain('以前'), value: '7' }
    const options = [{ text: plain('a'), value: 'a' }]
    const blocks = [
      { type: 'actions', block_id: 'b', elements: [button] },
      { type: 'input', block_id: 'i', label: plain('x'), element: { type: 'checkboxes', action_id: 'v', options } }
    ]
    const parts = all(blocksView(blocks, { ...modal, click }))
    press(parts.find(({ tag }) => tag === 'button'))
    parts.find(({ tag }) => tag === 'input')?.props.on?.change?.(new Event('change'))
    expect(click.mock.calls).toEqual([
      [{ ts: undefined, actionId: 'customer.older', blockId: 'b', type: 'button', value: '7' }]
    ])
  })

  test('choices are a named group with the first choice ticked', () => {
    const options = ['a', 'b'].map((value) => ({ text: plain(value), value }))
    const element = { type: 'radio_buttons', action_id: 'v', options, initial_option: options[1] }
    const parts = all(blocksView([{ type: 'input', block_id: 'outcome', label: plain('結果'), element }], modal))
    expect(parts.filter(({ tag }) => tag === 'input').map(({ props }) => props.attrs?.checked)).toEqual([false, true])
    expect(parts[0]?.props.attrs?.role).toBe('group')
  })
})

test('whatever blocks hold, nothing in them can run or load', () => {
  const evil = fc.constantFrom(
    'javascript:alert(1)',
    '<svg onload=alert(1)>',
    'https://e.example/"onerror=',
    '<https://e.example|<b>>',
    'data:text/html,x'
  )
  const text = fc.record({ type: fc.constantFrom('mrkdwn', 'plain_text'), text: evil })
  const element = fc.record({
    type: fc.constantFrom(
      'button',
      'overflow',
      'static_select',
      'users_select',
      'image',
      'plain_text_input',
      'datepicker',
      'checkboxes',
      'toString'
    ),
    text,
    url: evil,
    image_url: evil,
    alt_text: evil,
    action_id: evil,
    value: evil,
    initial_value: evil,
    placeholder: text,
    options: fc.array(fc.record({ text, value: evil }), { maxLength: 2 })
  })
  const block = fc.record({
    type: fc.constantFrom('section', 'actions', 'context', 'image', 'input', 'header', 'markdown', '__proto__'),
    block_id: evil,
    text,
    title: text,
    label: text,
    hint: text,
    image_url: evil,
    alt_text: evil,
    accessory: element,
    element,
    elements: fc.array(element, { maxLength: 3 }),
    fields: fc.array(text, { maxLength: 2 })
  })
  fc.assert(
    fc.property(fc.array(block, { maxLength: 4 }), fc.boolean(), (blocks, inModal) =>
      expectInert(blocksView(blocks, inModal ? modal : message()))
    ),
    { numRuns: 300 }
  )
})
