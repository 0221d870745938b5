import { elementView, type Surface } from './elements.ts'
import { emojify } from './emoji.ts'
import { safeUrl } from './flex-values.ts'
import { type Json, record, records, text } from './json.ts'
import { mrkdwn, type Reader } from './mrkdwn.ts'
import { type Child, type Element, h } from './node.ts'

/** Block Kit blocks as Slack shows them. `surface` says what a click or a choice does there. */
export function blocksView(blocks: readonly Json[], surface: Surface): Element[] {
  return blocks.map((block, index) => blockView(block, text(block.block_id) || `block-${index}`, surface))
}

/** A text object, plain or mrkdwn. */
export function textObject(value: unknown, reader: Reader): Child[] {
  const it = record(value)
  return it.type === 'mrkdwn' ? mrkdwn(text(it.text), reader) : [emojify(text(it.text))]
}

function blockView(block: Json, id: string, surface: Surface): Element {
  const key = `${id}:${text(block.type)}`
  switch (block.type) {
    case 'header':
      return h('h3', { key, class: 'sl-header' }, textObject(block.text, surface.reader))
    case 'section':
      return section(block, id, surface)
    case 'divider':
      return h('hr', { key, class: 'sl-divider' })
    case 'actions':
      return h(
        'div',
        { key, class: 'sl-actions' },
        records(block.elements).map((element) => elementView(element, id, surface))
      )
    case 'context':
      return h(
        'div',
        { key, class: 'sl-context' },
        records(block.elements).map((element) => contextPart(element, surface))
      )
    case 'image':
      return h(
        'figure',
        { key, class: 'sl-figure' },
        block.title ? h('figcaption', {}, textObject(block.title, surface.reader)) : undefined,
        picture(block, 'sl-picture')
      )
    case 'input':
      return input(block, id, surface)
    case 'markdown':
      return h('div', { key, class: 'sl-markdown' }, text(block.text))
    default:
      return h('div', { key, class: 'sl-unknown' }, `[${text(block.type)}]`)
  }
}

function section(block: Json, id: string, surface: Surface): Element {
  const fields = records(block.fields).map((field) => h('div', {}, textObject(field, surface.reader)))
  return h(
    'div',
    { key: `${id}:section`, class: 'sl-section' },
    h(
      'div',
      { class: 'sl-section-text' },
      block.text ? h('div', {}, textObject(block.text, surface.reader)) : undefined,
      fields.length > 0 && h('div', { class: 'sl-fields' }, fields)
    ),
    block.accessory ? elementView(record(block.accessory), id, surface) : undefined
  )
}

function contextPart(element: Json, surface: Surface): Element {
  return element.type === 'image' ? picture(element, 'sl-icon') : h('span', {}, textObject(element, surface.reader))
}

function input(block: Json, id: string, { click: _unheard, ...surface }: Surface): Element {
  const field = record(block.element)
  const group = ['radio_buttons', 'checkboxes'].includes(text(field.type))
  const error = surface.errors?.[id]
  const fieldId = `field-${id}`
  const name = [
    ...textObject(block.label, surface.reader),
    block.optional ? h('small', {}, ` ${surface.t.optional}`) : ''
  ]
  const attrs = { 'data-block': id, ...(group ? { role: 'group', 'aria-labelledby': `${fieldId}-label` } : {}) }
  return h(
    'div',
    { key: `${id}:input`, class: error ? 'sl-input sl-wrong' : 'sl-input', attrs },
    h(
      group ? 'div' : 'label',
      { class: 'sl-label', attrs: group ? { id: `${fieldId}-label` } : { for: fieldId } },
      name
    ),
    elementView(field, id, surface, fieldId),
    block.hint ? h('div', { class: 'sl-hint' }, textObject(block.hint, surface.reader)) : undefined,
    error ? h('div', { class: 'sl-error', attrs: { role: 'alert' } }, error) : undefined
  )
}

/** An image from a safe address, or its description in words. */
function picture(it: Json, name: string): Element {
  const src = safeUrl(it.image_url)
  if (!src) return h('span', { class: 'sl-unknown' }, text(it.alt_text) || '🖼')
  return h('img', { class: name, attrs: { src, alt: text(it.alt_text) } })
}
