import type { View } from './actions.ts'
import { icon } from './icons.ts'
import { type Element, h } from './node.ts'
import type { Choice, SandboxState } from './state.ts'
import { clockTime, fullDay, span } from './when.ts'

const STEPS = ['1h', '1d', '3d', '30d'] as const

/** The bar at the top: the product's name, the shop's clock and how to move it, and the page's switches. */
export function topBar(state: SandboxState, choice: Choice, view: View): Element {
  return h(
    'header',
    { key: 'bar', class: 'bar' },
    h(
      'div',
      { class: 'brand' },
      h('span', { class: 'brand-mark', attrs: { 'aria-hidden': 'true' } }, 'ま'),
      h('div', {}, h('h1', {}, view.t.title), h('p', {}, view.t.tagline))
    ),
    clock(state, view),
    h('div', { class: 'bar-tools' }, toggles(choice, view))
  )
}

function clock(state: SandboxState, view: View): Element {
  const { t, lang } = view
  const moved = state.aheadMs >= 60_000
  const buttons = STEPS.map((step) =>
    h(
      'button',
      {
        key: step,
        attrs: {
          type: 'button',
          'aria-label': t.advanceBy(t.advance[step]),
          title: t.clockHelp,
          'data-testid': `advance-${step}`
        },
        on: { click: () => view.act.advance(step) }
      },
      t.advance[step]
    )
  )
  return h(
    'div',
    { class: 'clock', attrs: { 'data-testid': 'clock' } },
    icon('clock', 20),
    h(
      'div',
      { class: 'clock-face' },
      h(
        'time',
        { attrs: { datetime: state.now, 'data-testid': 'clock-time' } },
        h('span', {}, fullDay(state.now, lang)),
        h('b', {}, clockTime(state.now))
      ),
      h('small', { class: moved ? 'moved' : '' }, moved ? t.ahead(span(state.aheadMs, lang)) : t.onTime)
    ),
    h(
      'div',
      { class: 'clock-steps', attrs: { role: 'group', 'aria-label': t.clockHelp } },
      h('span', { class: 'clock-hint', attrs: { title: t.clockHelp } }, t.moveOn),
      buttons
    )
  )
}

function toggles(choice: Choice, view: View): readonly Element[] {
  const { t, act } = view
  const toggle = (on: boolean, label: string, name: 'spark' | 'wires', run: () => void): Element =>
    h(
      'button',
      {
        key: name,
        class: 'bar-button',
        attrs: {
          type: 'button',
          'aria-pressed': on ? 'true' : 'false',
          'aria-label': label,
          title: label,
          'data-testid': `toggle-${name}`
        },
        on: { click: run }
      },
      icon(name, 17),
      h('span', {}, label)
    )
  return [
    toggle(choice.guide, t.guide, 'spark', () => act.choose({ guide: !choice.guide })),
    toggle(choice.inspector, t.inspector, 'wires', () => act.choose({ inspector: !choice.inspector })),
    h(
      'button',
      {
        key: 'lang',
        class: 'bar-button',
        attrs: {
          type: 'button',
          lang: choice.lang === 'ja' ? 'en' : 'ja',
          'aria-label': t.language,
          title: t.language,
          'data-testid': 'language'
        },
        on: { click: () => act.choose({ lang: choice.lang === 'ja' ? 'en' : 'ja' }) }
      },
      icon('globe', 17),
      h('span', {}, t.language)
    )
  ]
}

/** Narrow windows show one side at a time. */
export function tabs(choice: Choice, view: View): Element {
  const { t, act } = view
  const names = [
    ['phone', t.phone],
    ['slack', t.slack],
    ['inspector', t.inspector]
  ] as const
  const buttons = names.map(([tab, label]) =>
    h(
      'button',
      {
        key: tab,
        attrs: {
          type: 'button',
          'aria-pressed': choice.tab === tab ? 'true' : 'false',
          'data-testid': `tab-${tab}`
        },
        on: { click: () => act.choose({ tab }) }
      },
      label
    )
  )
  return h('div', { key: 'tabs', class: 'tabs', attrs: { role: 'group', 'aria-label': t.views } }, buttons)
}
