import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageFaults, viewFaults } from '../../sandbox/slack/check-blocks.ts'
import {
  actions,
  button,
  confirmation,
  context,
  divider,
  fields,
  header,
  image,
  imageElement,
  input,
  LIMITS,
  linkButton,
  modal,
  multiStaticSelect,
  overflow,
  radioButtons,
  SlackLimitError,
  section,
  staticSelect,
  textInput,
  usersSelect
} from './index.ts'

/** Text of any kind, now and then longer than every limit. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'grapheme', minLength: 70, maxLength: 90 }),
  fc.nat({ max: 4_000 }).map((length) => 'あ&<>👨‍👩‍👧'.repeat(length).slice(0, length))
)
const id = fc.string({ minLength: 1, maxLength: LIMITS.blockId, unit: 'grapheme-ascii' })
const choices = (max: number) =>
  fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: LIMITS.optionValue, unit: 'grapheme-ascii' }), {
      minLength: 1,
      maxLength: max
    })
    .chain((values) => fc.tuple(...values.map((value) => fc.record({ value: fc.constant(value), text: anyText }))))

describe('builders', () => {
  it('never build a message that Slack would refuse, whatever the words', () => {
    fc.assert(
      fc.property(anyText, id, choices(LIMITS.options), choices(LIMITS.overflowOptions), (text, name, many, few) => {
        const menu = { placeholder: text, choices: many }
        const blocks = [
          header(text),
          section(text, { blockId: name, accessory: overflow({ actionId: 'more', choices: few }) }),
          section(text, { accessory: imageElement('https://example.com/a.png', text) }),
          fields([text, text]),
          context([text]),
          divider(),
          image('https://example.com/a.png', text, text),
          actions([
            button({ text, actionId: 'a', value: name, style: 'primary' }),
            linkButton({ text, url: 'https://example.com/' }),
            usersSelect({ actionId: 'b', placeholder: text }),
            staticSelect({ actionId: 'c', ...menu, initial: many[0]?.value ?? '' })
          ])
        ]
        expect(messageFaults(blocks)).toEqual([])
      }),
      { numRuns: 60 }
    )
  })

  it('never build a modal that Slack would refuse, whatever the words', () => {
    fc.assert(
      fc.property(anyText, choices(LIMITS.options), choices(LIMITS.radioOptions), (text, many, few) => {
        const view = modal({
          callbackId: 'form',
          title: text,
          submit: text || 'ok',
          close: text,
          privateMetadata: text.slice(0, LIMITS.privateMetadata),
          blocks: [
            input({
              blockId: 'a',
              label: text,
              hint: text,
              element: textInput({ actionId: 'v', initial: text, maxLength: 10 })
            }),
            input({ blockId: 'b', label: text, element: radioButtons({ actionId: 'v', choices: few }) }),
            input({
              blockId: 'c',
              label: text,
              optional: true,
              element: multiStaticSelect({
                actionId: 'v',
                placeholder: text,
                choices: many,
                initial: [many[0]?.value ?? '']
              })
            })
          ]
        })
        expect(viewFaults({ ...view })).toEqual([])
      }),
      { numRuns: 60 }
    )
  })

  it.each([
    ['a message over its blocks', () => context(Array(11).fill('a')), 'contextElements', 11],
    ['no elements', () => actions([]), 'actionsElements', 0],
    [
      '26 buttons',
      () => actions(Array(26).fill(button({ text: 'a', actionId: 'a', value: '' }))),
      'actionsElements',
      26
    ],
    ['11 fields', () => fields(Array(11).fill('a')), 'sectionFields', 11],
    ['a value of 2,001', () => button({ text: 'a', actionId: 'a', value: 'x'.repeat(2001) }), 'buttonValue', 2001],
    ['no action id', () => button({ text: 'a', actionId: '', value: '' }), 'actionId', 0],
    ['a block id of 256', () => section('a', { blockId: 'x'.repeat(256) }), 'blockId', 256],
    ['101 options', () => staticSelect({ actionId: 'a', placeholder: 'p', choices: many(101) }), 'options', 101],
    ['11 radio buttons', () => radioButtons({ actionId: 'a', choices: many(11) }), 'radioOptions', 11],
    ['6 overflow choices', () => overflow({ actionId: 'a', choices: many(6) }), 'overflowOptions', 6],
    [
      '101 blocks in a modal',
      () => modal({ callbackId: 'a', title: 't', blocks: Array(101).fill(divider()) }),
      'viewBlocks',
      101
    ],
    [
      'private metadata of 3,001',
      () => modal({ callbackId: 'a', title: 't', blocks: [divider()], privateMetadata: 'x'.repeat(3001) }),
      'privateMetadata',
      3001
    ]
  ] as const)('refuse %s, naming the limit', (_name, build, limit, actual) => {
    expect(build).toThrow(SlackLimitError)
    expect(build).toThrow(expect.objectContaining({ limit, actual }))
  })

  it('take exactly as much as Slack does', () => {
    expect(header('x'.repeat(150)).text.text).toHaveLength(150)
    expect(header('x'.repeat(151)).text.text).toBe(`${'x'.repeat(149)}…`)
    expect(section('x'.repeat(3000)).text?.text).toHaveLength(3000)
    expect(section('x'.repeat(3001)).text?.text).toHaveLength(3000)
    expect(button({ text: 'x'.repeat(75), actionId: 'a', value: 'v'.repeat(2000) }).text.text).toHaveLength(75)
    expect(
      actions(Array.from({ length: 25 }, (_, i) => button({ text: 'a', actionId: `a${i}`, value: '' }))).elements
    ).toHaveLength(25)
    expect(staticSelect({ actionId: 'a', placeholder: 'p', choices: many(100) }).options).toHaveLength(100)
  })

  it('ask for confirmation within its limits', () => {
    const long = 'x'.repeat(400)
    const asked = confirmation({ title: long, text: long, confirm: long, deny: long })
    expect([asked.title?.text, asked.text.text, asked.confirm?.text].map((text) => text?.length)).toEqual([
      100, 300, 30
    ])
  })

  it('keep Slack from making links and mentions out of plain words', () => {
    expect(section('#general @here').text).toMatchObject({ type: 'mrkdwn', verbatim: true })
  })
})

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ text: `${index}`, value: `${index}` }))

describe('LIMITS', () => {
  /** The JSDoc in front of a property of an interface in @slack/types. */
  const types = (file: string) =>
    readFileSync(fileURLToPath(import.meta.resolve('@slack/types')).replace('index.js', `${file}.d.ts`), 'utf8')
  const blocks = types('block-kit/blocks')
  const elements = types('block-kit/block-elements')
  const objects = types('block-kit/composition-objects')
  const views = types('views')

  it.each([
    [LIMITS.actionsElements, blocks, 'interface ActionsBlock', 'elements:'],
    [LIMITS.contextElements, blocks, 'interface ContextBlock', 'elements:'],
    [LIMITS.headerText, blocks, 'interface HeaderBlock', 'text:'],
    [LIMITS.sectionText, blocks, 'interface SectionBlock', 'text?:'],
    [LIMITS.sectionFields, blocks, 'interface SectionBlock', 'fields?:'],
    [LIMITS.fieldText, blocks, 'interface SectionBlock', 'fields?:'],
    [LIMITS.blockId, blocks, 'interface Block ', 'block_id?:'],
    [LIMITS.altText, blocks, 'type ImageBlock', 'alt_text:'],
    [LIMITS.imageTitle, blocks, 'type ImageBlock', 'title?:'],
    [LIMITS.inputLabel, blocks, 'interface InputBlock', 'label:'],
    [LIMITS.inputHint, blocks, 'interface InputBlock', 'hint?:'],
    [LIMITS.buttonText, elements, 'interface Button', 'text:'],
    [LIMITS.buttonValue, elements, 'interface Button', 'value?:'],
    [LIMITS.buttonUrl, elements, 'interface Button', 'url?:'],
    [LIMITS.options, elements, 'interface StaticSelect', 'options?:'],
    [LIMITS.options, elements, 'interface MultiStaticSelect', 'options?:'],
    [LIMITS.radioOptions, elements, 'interface RadioButtons', 'options:'],
    [LIMITS.inputText, elements, 'interface PlainTextInput', 'min_length?:'],
    [LIMITS.optionValue, objects, 'interface OptionDescriptor', 'value?:'],
    [LIMITS.optionText, objects, 'interface PlainTextOption', 'text:'],
    [LIMITS.confirmTitle, objects, 'interface Confirm', 'title?:'],
    [LIMITS.confirmText, objects, 'interface Confirm', 'text:'],
    [LIMITS.confirmButton, objects, 'interface Confirm', 'confirm?:'],
    [LIMITS.viewBlocks, views, 'interface BaseView', 'blocks:'],
    [LIMITS.privateMetadata, views, 'interface BaseView', 'private_metadata?:'],
    [LIMITS.callbackId, views, 'interface BaseView', 'callback_id?:'],
    [LIMITS.modalTitle, views, 'interface ModalView', 'title:'],
    [LIMITS.modalSubmit, views, 'interface ModalView', 'submit?:'],
    [LIMITS.modalClose, views, 'interface ModalView', 'close?:']
  ])('%i is what @slack/types says (%#)', (limit, source, owner, property) => {
    const numbers = docOf(source, owner, property)
      .match(/\d[\d,]*/g)
      ?.map((number) => Number(number.replaceAll(',', '')))
    expect(numbers, docOf(source, owner, property)).toContain(limit)
  })

  function docOf(source: string, owner: string, property: string): string {
    const start = source.indexOf(owner)
    expect(start, owner).toBeGreaterThanOrEqual(0)
    const at = source.indexOf(`\n    ${property}`, start)
    expect(at, `${owner} ${property}`).toBeGreaterThan(start)
    return source.slice(source.lastIndexOf('/**', at), at)
  }
})
