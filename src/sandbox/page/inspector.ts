import type { View } from './actions.ts'
import { icon } from './icons.ts'
import { type Element, h } from './node.ts'
import type { Choice, FeedEntry } from './state.ts'
import { clockTime } from './when.ts'

const FILTERS = ['all', 'line', 'slack'] as const

/** Every webhook and every API call on the wires, newest first, with its JSON. */
export function inspectorView(feed: readonly FeedEntry[], choice: Choice, view: View): Element {
  const { t, act } = view
  const shown = feed.filter((entry) => choice.feedFilter === 'all' || entry.platform === choice.feedFilter)
  const filters = FILTERS.map((feedFilter) =>
    h(
      'button',
      {
        key: feedFilter,
        attrs: { type: 'button', 'aria-pressed': choice.feedFilter === feedFilter ? 'true' : 'false' },
        on: { click: () => act.choose({ feedFilter }) }
      },
      feedFilter === 'all' ? t.feedAll : feedFilter === 'line' ? 'LINE' : 'Slack'
    )
  )
  const close = { type: 'button', 'aria-label': t.close }
  return h(
    'aside',
    { key: 'inspector', class: 'inspector', attrs: { 'aria-label': t.inspector, 'data-testid': 'inspector' } },
    h(
      'header',
      {},
      h('h2', {}, t.inspector),
      h('div', { class: 'segments' }, filters),
      h(
        'button',
        { class: 'sl-close inspector-close', attrs: close, on: { click: () => act.choose({ inspector: false }) } },
        icon('close', 18)
      )
    ),
    h(
      'div',
      { class: 'feed', attrs: { tabindex: 0, role: 'log', 'aria-label': t.inspector } },
      shown.length > 0
        ? [...shown].reverse().map((entry) => entryView(entry, view))
        : h('p', { key: 'empty', class: 'feed-empty' }, t.feedEmpty)
    )
  )
}

function entryView(entry: FeedEntry, { t }: View): Element {
  const failed = entry.status === undefined || entry.status >= 400
  return h(
    'details',
    { key: String(entry.id), class: `entry from-${entry.platform}`, attrs: { 'data-testid': 'feed-entry' } },
    h(
      'summary',
      {},
      h('time', {}, clockTime(entry.at)),
      h('span', { class: `entry-kind ${entry.kind}` }, entry.kind === 'webhook' ? t.webhook : t.call),
      h('b', { class: 'entry-title', attrs: { title: entry.title } }, entry.title),
      entry.signature &&
        h(
          'span',
          { class: `entry-signature ${entry.signature}` },
          entry.signature === 'valid' ? t.signatureValid : t.signatureInvalid
        ),
      h('span', { class: failed ? 'entry-status bad' : 'entry-status' }, entry.status ?? t.noAnswer),
      entry.durationMs !== undefined && h('span', { class: 'entry-ms' }, `${Math.round(entry.durationMs)} ms`)
    ),
    h('h3', {}, t.request),
    h('pre', { attrs: { tabindex: 0 } }, pretty(entry.request)),
    h('h3', {}, t.response),
    h('pre', { attrs: { tabindex: 0 } }, pretty(entry.response))
  )
}

function pretty(value: unknown): string {
  if (value === undefined || value === null || value === '') return '—'
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
