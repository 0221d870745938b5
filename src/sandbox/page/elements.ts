import type { SlackClick } from './actions.ts'
import { emojify } from './emoji.ts'
import { safeUrl } from './flex-values.ts'
import { type Json, record, records, strings, text } from './json.ts'
import type { Reader } from './mrkdwn.ts'
import { type Element, h } from './node.ts'
import type { PageTexts } from './texts.ts'

/** Where blocks are shown. Each click is reported, but not those in a modal's fields: they are read when it is submitted. */
export interface Surface {
  readonly reader: Reader
  readonly t: PageTexts
  /** Whom a users_select offers. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
  /** A message's `ts`; undefined in a modal. */
  readonly ts: string | undefined
  readonly click?: (click: SlackClick) => void
  /** Hands over a file that was chosen; its id. */
  readonly upload?: (file: File) => Promise<string | undefined>
  /** Faults by block_id, in a modal. */
  readonly errors?: Readonly<Record<string, string>>
}

/** What an element needs to know to be drawn and read. */
interface Spot {
  readonly it: Json
  readonly blockId: string
  readonly surface: Surface
  readonly id: string | undefined
}

const VIEWS: Readonly<Record<string, (spot: Spot) => Element>> = {
  button,
  overflow,
  static_select: select,
  external_select: select,
  users_select: select,
  multi_static_select: choices,
  checkboxes: choices,
  radio_buttons: choices,
  plain_text_input: field,
  file_input: fileField,
  number_input: field,
  email_text_input: field,
  datepicker: field,
  timepicker: field,
  image: ({ it }) => h('img', { class: 'sl-accessory', attrs: { src: safeUrl(it.image_url), alt: text(it.alt_text) } })
}

/** An interactive element. `id` ties a field to its label. */
export function elementView(it: Json, blockId: string, surface: Surface, id?: string): Element {
  const view = Object.hasOwn(VIEWS, text(it.type)) ? VIEWS[text(it.type)] : undefined
  return view ? view({ it, blockId, surface, id }) : h('span', { class: 'sl-unknown' }, `[${text(it.type)}]`)
}

function report({ it, blockId, surface }: Spot, value: string): void {
  surface.click?.({ ts: surface.ts, actionId: text(it.action_id), blockId, type: text(it.type), value })
}

function button(spot: Spot): Element {
  const { it } = spot
  const style = ['primary', 'danger'].includes(text(it.style)) ? text(it.style) : ''
  const url = safeUrl(it.url)
  const attrs = {
    type: 'button',
    'data-testid': `action-${text(it.action_id)}`,
    'aria-label': text(it.accessibility_label) || undefined
  }
  const click = (): void => {
    report(spot, text(it.value))
    if (url) window.open(url, '_blank', 'noopener,noreferrer')
  }
  return h('button', { class: `sl-button ${style}`, attrs, on: { click } }, label(it.text))
}

function overflow(spot: Spot): Element {
  const items = records(spot.it.options).map((option) =>
    h(
      'button',
      {
        attrs: { type: 'button', role: 'menuitem' },
        on: {
          click: (event) => {
            closeMenu(event)
            report(spot, text(option.value))
          }
        }
      },
      label(option.text)
    )
  )
  return h(
    'details',
    { class: 'sl-overflow', attrs: { 'data-testid': `action-${text(spot.it.action_id)}` } },
    h('summary', { attrs: { 'aria-label': spot.surface.t.more, role: 'button' } }, '⋮'),
    h('div', { class: 'sl-menu', attrs: { role: 'menu' } }, items)
  )
}

function closeMenu({ currentTarget }: Event): void {
  if (currentTarget !== null && 'closest' in currentTarget && typeof currentTarget.closest === 'function')
    currentTarget.closest('details')?.removeAttribute('open')
}

interface Option {
  readonly value: string
  readonly name: string
}

function optionsOf({ it, surface }: Spot): readonly Option[] {
  if (it.type === 'users_select') return surface.people.map(({ id, name }) => ({ value: id, name: `@${name}` }))
  const grouped = records(it.option_groups).flatMap((group) => records(group.options))
  return [...records(it.options), ...grouped].map((option) => ({ value: text(option.value), name: label(option.text) }))
}

function select(spot: Spot): Element {
  const { it, surface, id } = spot
  const chosen = text(it.initial_user) || text(record(it.initial_option).value)
  const hint = label(it.placeholder) || (it.type === 'users_select' ? surface.t.choosePerson : surface.t.choose)
  const change = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement) || !surface.click) return
    const { value } = event.target
    // The message decides what is shown as chosen, not the click.
    event.target.value = chosen
    report(spot, value)
  }
  const attrs = { ...fieldAttrs(spot), 'aria-label': id ? undefined : hint }
  const options = optionsOf(spot).map(({ value, name }) =>
    h('option', { key: value, attrs: { value, selected: value === chosen } }, name)
  )
  const empty = h('option', { key: '', attrs: { value: '', hidden: true, selected: chosen === '' } }, hint)
  return h('select', { class: 'sl-select', attrs, on: { change } }, empty, options)
}

function choices(spot: Spot): Element {
  const { it, blockId } = spot
  const chosen = new Set(
    [...records(it.initial_options), record(it.initial_option)].map((option) => text(option.value))
  )
  const type = it.type === 'radio_buttons' ? 'radio' : 'checkbox'
  const name = `${blockId}/${text(it.action_id)}`
  const rows = optionsOf(spot).map((option) => {
    const attrs = {
      ...fieldAttrs({ ...spot, id: undefined }),
      type,
      name,
      value: option.value,
      checked: chosen.has(option.value)
    }
    const change = (): void => report(spot, option.value)
    return h('label', { key: option.value }, h('input', { attrs, on: { change } }), h('span', {}, option.name))
  })
  return h('div', { class: 'sl-choices' }, rows)
}

const FIELD_TYPES: Readonly<Record<string, string>> = {
  number_input: 'number',
  email_text_input: 'email',
  datepicker: 'date',
  timepicker: 'time'
}

function field(spot: Spot): Element {
  const { it } = spot
  const initial = text(it.initial_value) || text(it.initial_date) || text(it.initial_time)
  const attrs = { ...fieldAttrs(spot), placeholder: label(it.placeholder) || undefined }
  if (it.multiline) return h('textarea', { class: 'sl-field', attrs: { ...attrs, rows: 3 } }, initial)
  const type = FIELD_TYPES[text(it.type)] ?? 'text'
  const change = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) report(spot, event.target.value)
  }
  return h('input', { class: 'sl-field', attrs: { ...attrs, type, value: initial || undefined }, on: { change } })
}

/** The field that is sent holds the file's id, which the file gets when it is chosen. */
function fileField(spot: Spot): Element {
  const { it, blockId, surface, id } = spot
  const types = strings(it.filetypes).map((type) => `.${type}`)
  const change = async (event: Event): Promise<void> => {
    if (!(event.target instanceof HTMLInputElement)) return
    const { files, nextElementSibling: held } = event.target
    const [file] = files ?? []
    if (held instanceof HTMLInputElement) held.value = file ? ((await surface.upload?.(file)) ?? '') : ''
  }
  const attrs = { id, type: 'file', accept: types.join(',') || undefined, 'data-testid': `file-${blockId}` }
  return h(
    'div',
    { class: 'sl-file' },
    h('input', { class: 'sl-field', attrs, on: { change: (event) => void change(event) } }),
    h('input', { attrs: { ...fieldAttrs({ ...spot, id: undefined }), type: 'hidden' } })
  )
}

function fieldAttrs({ it, blockId, id }: Spot): Record<string, string | undefined> {
  return {
    id,
    'data-block': blockId,
    'data-action': text(it.action_id),
    'data-type': text(it.type),
    'data-testid': `action-${text(it.action_id)}`
  }
}

function label(value: unknown): string {
  return emojify(text(record(value).text))
}
