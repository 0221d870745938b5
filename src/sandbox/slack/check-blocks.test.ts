import { describe, expect, it } from 'vitest'
import { messageFaults, viewFaults } from './check-blocks.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const button = (over: object = {}) => ({ type: 'button', action_id: 'a', text: plain('b'), ...over })
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain('o'), value: `${i}` }))
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const long = (length: number) => 'x'.repeat(length)

describe('messageFaults', () => {
  it.each([
    ['a header of 151', { type: 'header', text: plain(long(151)) }, '/blocks/0/text/text'],
    ['a header in mrkdwn', { type: 'header', text: mrkdwn('x') }, '/blocks/0/text'],
    ['an empty header', { type: 'header', text: plain('') }, '/blocks/0/text/text'],
    ['a section of 3,001', { type: 'section', text: mrkdwn(long(3001)) }, '/blocks/0/text/text'],
    ['a section without words', { type: 'section' }, '/blocks/0'],
    ['11 fields', { type: 'section', fields: Array(11).fill(mrkdwn('a')) }, '/blocks/0/fields'],
    ['a field of 2,001', { type: 'section', fields: [mrkdwn(long(2001))] }, '/blocks/0/fields/0/text'],
    [
      '26 buttons',
      actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `${i}` }))),
      '/blocks/0/elements'
    ],
    ['no buttons', actions(), '/blocks/0/elements'],
    ['two buttons of one id', actions(button(), button()), '/blocks/0/elements'],
    ['a button of 76', actions(button({ text: plain(long(76)) })), '/blocks/0/elements/0/text/text'],
    ['a value of 2,001', actions(button({ value: long(2001) })), '/blocks/0/elements/0/value'],
    ['a button without id', actions(button({ action_id: '' })), '/blocks/0/elements/0/action_id'],
    [
      '101 options',
      actions({ type: 'static_select', action_id: 's', options: options(101) }),
      '/blocks/0/elements/0/options'
    ],
    [
      'a menu without options',
      actions({ type: 'static_select', action_id: 's', options: [] }),
      '/blocks/0/elements/0/options'
    ],
    [
      'twice the same option',
      actions({ type: 'static_select', action_id: 's', options: [...options(1), ...options(1)] }),
      '/blocks/0/elements/0/options'
    ],
    [
      '6 in an overflow',
      { type: 'section', text: mrkdwn('a'), accessory: { type: 'overflow', action_id: 'o', options: options(6) } },
      '/blocks/0/accessory/options'
    ],
    ['11 in a context', { type: 'context', elements: Array(11).fill(mrkdwn('a')) }, '/blocks/0/elements'],
    ['a picture without words', { type: 'image', image_url: 'https://example.com/a.png' }, '/blocks/0/alt_text'],
    ['a block nobody knows', { type: 'novelty' }, '/blocks/0/type'],
    ['something that is no block', null, '/blocks/0/type']
  ])('finds %s', (_name, block, pointer) => {
    expect(messageFaults([block]).join()).toContain(`[json-pointer:${pointer}]`)
  })

  it('finds too many blocks, twice the same id, and no list', () => {
    const section = { type: 'section', text: mrkdwn('a') }
    expect(messageFaults(Array(51).fill(section))).toHaveLength(1)
    expect(
      messageFaults([
        { ...section, block_id: 'a' },
        { ...section, block_id: 'a' }
      ])
    ).toHaveLength(1)
    expect(messageFaults('x')).toHaveLength(1)
  })

  it('finds nothing at the limits', () => {
    const blocks = [
      { type: 'header', text: plain(long(150)) },
      { type: 'section', text: mrkdwn(long(3000)), fields: Array(10).fill(mrkdwn(long(2000))) },
      actions(button({ text: plain(long(75)), value: long(2000) }), {
        type: 'static_select',
        action_id: 's',
        options: options(100)
      }),
      ...Array(47).fill({ type: 'divider' })
    ]
    expect(messageFaults(blocks)).toEqual([])
  })
})

describe('viewFaults', () => {
  const view = { type: 'modal', title: plain('t'), blocks: [{ type: 'divider' }] }

  it.each([
    ['a title of 25', { title: plain(long(25)) }, '/view/title/text'],
    ['a submit of 25', { submit: plain(long(25)) }, '/view/submit/text'],
    ['private metadata of 3,001', { private_metadata: long(3001) }, '/view/private_metadata'],
    ['101 blocks', { blocks: Array(101).fill({ type: 'divider' }) }, '/blocks'],
    [
      'fields without a way to submit',
      { blocks: [{ type: 'input', label: plain('l'), element: { type: 'plain_text_input', action_id: 'v' } }] },
      '/view/submit'
    ],
    ['another kind of view', { type: 'home' }, '/view/type']
  ])('finds %s', (_name, over, pointer) => {
    expect(viewFaults({ ...view, ...over }).join()).toContain(`[json-pointer:${pointer}]`)
  })

  it('finds nothing wrong with a small one', () => {
    expect(viewFaults(view)).toEqual([])
  })
})
