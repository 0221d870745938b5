import type { View } from './actions.ts'
import { shopInitialOf } from './faces.ts'
import { icon } from './icons.ts'
import { lineMessageView, quickRepliesOf } from './line-message.ts'
import { type Child, type Element, h } from './node.ts'
import type { ChatItem, Person, SandboxState } from './state.ts'
import { clockTime, day } from './when.ts'

/** The chat between a customer and the shop, oldest first, with the quick replies of the newest message. */
export function chatView(state: SandboxState, person: Person | undefined, view: View): Element {
  const rows = state.chat.flatMap((item, index): Child[] => {
    const before = state.chat[index - 1]
    const date = day(item.at, view.lang)
    const chip = before && day(before.at, view.lang) === date ? [] : [dateChip(item, date)]
    return [...chip, rowView(item, before, state, view)]
  })
  const empty = h('p', { key: 'empty', class: 'ln-note' }, view.t.emptyChat)
  return h(
    'div',
    {
      key: `chat-${person?.id ?? ''}`,
      class: 'chat',
      attrs: {
        ...{ role: 'log', 'aria-label': view.t.phone, tabindex: 0 },
        ...{ 'data-stick': true, 'data-home': true, 'data-testid': 'chat' }
      }
    },
    rows.length > 0 ? rows : empty,
    quickReplies(state.chat.at(-1), person, view)
  )
}

function dateChip(item: ChatItem, date: string): Element {
  return h('div', { key: `day-${item.id}`, class: 'ln-day' }, h('span', {}, date))
}

function rowView(item: ChatItem, before: ChatItem | undefined, state: SandboxState, view: View): Element {
  if (item.from === 'note' || item.unsent) {
    const words = item.unsent ? view.t.unsent : String(item.message.text ?? '')
    return h('p', { key: item.id, class: 'ln-note' }, words)
  }
  const bubble = h('div', { class: 'ln-bubble' }, lineMessageView(item.message, view), stamp(item, view))
  if (item.from === 'person') {
    const mine = { key: item.id, class: 'ln-row mine', attrs: { 'data-testid': 'message-mine' } }
    return h('div', mine, unsendButton(item, view), bubble)
  }
  const continued = before?.from === 'shop' && !before.unsent
  return h(
    'div',
    {
      key: item.id,
      class: continued ? 'ln-row theirs continued' : 'ln-row theirs',
      attrs: { 'data-testid': 'message-shop' }
    },
    h('span', { class: 'shop-face', attrs: { 'aria-hidden': 'true' } }, continued ? '' : shopInitialOf(state.shopName)),
    h('div', { class: 'ln-stack' }, continued ? undefined : h('div', { class: 'ln-name' }, state.shopName), bubble)
  )
}

function stamp(item: ChatItem, view: View): Element {
  const how = item.via && h('span', { class: `ln-via ${item.via}` }, view.t[item.via])
  return h(
    'div',
    { class: 'ln-meta' },
    item.from === 'person' ? h('span', {}, view.t.read) : how,
    h('time', { attrs: { datetime: item.at } }, clockTime(item.at))
  )
}

function unsendButton(item: ChatItem, view: View): Element | undefined {
  if (item.message.type !== 'text' || !item.canUnsend) return undefined
  const attrs = { type: 'button', title: view.t.unsend, 'aria-label': view.t.unsend, 'data-testid': 'unsend' }
  return h('button', { class: 'ln-unsend', attrs, on: { click: () => view.act.unsend(item.id) } }, icon('undo', 14))
}

// They vanish with the next message from either side, as in LINE.
function quickReplies(last: ChatItem | undefined, person: Person | undefined, view: View): Element | undefined {
  const actions = last && last.from === 'shop' && person?.relation !== 'blocked' ? quickRepliesOf(last.message) : []
  if (actions.length === 0) return undefined
  return h(
    'div',
    {
      key: `quick-${last?.id}`,
      class: 'ln-quick',
      attrs: { role: 'group', 'aria-label': view.t.replies, 'data-testid': 'quick-replies' }
    },
    actions.map((action, index) =>
      h(
        'button',
        { key: String(index), attrs: { type: 'button' }, on: { click: () => view.act.tap(action) } },
        String(action.label ?? '')
      )
    )
  )
}
