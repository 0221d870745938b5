import type { View } from './actions.ts'
import { icon } from './icons.ts'
import { type Json, text } from './json.ts'
import { type Element, h } from './node.ts'
import type { Choice, SandboxState } from './state.ts'

/** The dialog that is open; undefined when none is. */
export function dialogView(state: SandboxState, choice: Choice, view: View): Element | undefined {
  const { dialog: open } = choice
  if (open === undefined) return undefined
  if (open === 'scan') return scanDialog(state, choice, view)
  return open === 'person' ? personDialog(view) : dayDialog(open.pick, view)
}

/** LINE's calendar, opened by an action. */
function dayDialog(action: Json, view: View): Element {
  const { t, act } = view
  const submit = (event: Event): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    act.pick(action, String(new FormData(event.currentTarget).get('date') ?? ''))
  }
  const [min, max, value] = [text(action.min), text(action.max), text(action.initial)]
  const date = { ...{ type: 'date', name: 'date', required: true, min, max, value }, 'data-testid': 'day-field' }
  return dialog('day', { title: text(action.label), view }, [
    h(
      'form',
      { class: 'person-form', on: { submit } },
      h('input', { attrs: { ...date, 'aria-label': text(action.label) } }),
      h(
        'div',
        { class: 'dialog-actions' },
        cancelButton(view),
        h('button', { class: 'dialog-button primary', attrs: { type: 'submit', 'data-testid': 'day-pick' } }, t.send)
      )
    )
  ])
}

/** The tablet at a shop's counter, to hold the phone before. */
export function scanDialog(state: SandboxState, choice: Choice, view: View): Element {
  const { t, act } = view
  const counter = state.counters.find(({ shop }) => shop === choice.shop) ?? state.counters[0]
  const shops = state.counters.map(({ shop, name, nameEn }) =>
    h(
      'button',
      {
        key: shop,
        attrs: {
          type: 'button',
          'aria-pressed': shop === counter?.shop ? 'true' : 'false',
          'data-testid': `shop-${shop}`
        },
        on: { click: () => act.choose({ shop }) }
      },
      view.lang === 'ja' ? name : nameEn
    )
  )
  const frame = { src: counter?.url, title: t.scanTitle, 'data-testid': 'counter-frame' }
  return dialog(
    'scan',
    { title: t.scanTitle, view },
    counter
      ? [
          h('div', { class: 'segments', attrs: { role: 'group', 'aria-label': t.scanShop } }, shops),
          h('div', { class: 'tablet' }, h('iframe', { key: counter.shop, attrs: frame })),
          h('p', { class: 'dialog-help' }, t.scanHelp),
          h(
            'div',
            { class: 'dialog-actions' },
            h('a', { attrs: { href: counter.url, target: '_blank', rel: 'noopener' } }, icon('out', 15), t.scanOpen),
            h(
              'button',
              {
                class: 'dialog-button primary',
                attrs: { type: 'button', 'data-testid': 'scan-now' },
                on: { click: () => act.scan(counter.url) }
              },
              icon('qr', 18),
              t.scanNow
            )
          )
        ]
      : [h('p', { class: 'dialog-help' }, t.scanNone)]
  )
}

/** A new customer: a name and the language of their LINE. */
export function personDialog(view: View): Element {
  const { t, act } = view
  const submit = (event: Event): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    act.addPerson(String(data.get('name') ?? '').trim(), String(data.get('language') ?? 'ja'))
  }
  const name = {
    name: 'name',
    required: true,
    maxlength: 60,
    autocomplete: 'off',
    id: 'person-name',
    'data-testid': 'person-name'
  }
  return dialog('person', { title: t.addPerson, view }, [
    h(
      'form',
      { class: 'person-form', on: { submit } },
      h('label', { attrs: { for: 'person-name' } }, t.newPersonName),
      h('input', { attrs: name }),
      h('label', { attrs: { for: 'person-language' } }, t.newPersonLanguage),
      h(
        'select',
        { attrs: { name: 'language', id: 'person-language' } },
        h('option', { attrs: { value: 'ja', selected: view.lang === 'ja' } }, '日本語'),
        h('option', { attrs: { value: 'en', selected: view.lang === 'en' } }, 'English')
      ),
      h(
        'div',
        { class: 'dialog-actions' },
        cancelButton(view),
        h('button', { class: 'dialog-button primary', attrs: { type: 'submit', 'data-testid': 'person-add' } }, t.add)
      )
    )
  ])
}

function cancelButton({ t, act }: View): Element {
  const on = { click: () => act.choose({ dialog: undefined }) }
  return h('button', { class: 'dialog-button', attrs: { type: 'button' }, on }, t.cancel)
}

function dialog(name: string, { title, view }: { title: string; view: View }, body: readonly Element[]): Element {
  const close = (): void => view.act.choose({ dialog: undefined })
  return h(
    'div',
    {
      key: `dialog-${name}`,
      class: `dialog dialog-${name}`,
      attrs: { 'aria-labelledby': 'dialog-title', 'data-testid': `dialog-${name}` }
    },
    h(
      'header',
      {},
      h('h2', { attrs: { id: 'dialog-title' } }, title),
      h(
        'button',
        { class: 'sl-close', attrs: { type: 'button', 'aria-label': view.t.close }, on: { click: close } },
        icon('close', 20)
      )
    ),
    body
  )
}
