import type { View } from './actions.ts'
import { initialOf, toneOf } from './faces.ts'
import { icon } from './icons.ts'
import type { Reader } from './mrkdwn.ts'
import { type Element, h } from './node.ts'
import { slackChannel, slackThread } from './slack-messages.ts'
import type { Choice, SandboxState, StaffPerson } from './state.ts'

/** The staff's side: channels, who acts, messages, and the thread that is open. */
export function slackColumn(state: SandboxState, choice: Choice, view: View): Element {
  const reader: Reader = {
    lang: view.lang,
    nameOf: (id) => state.staff.find((person) => person.id === id)?.name,
    channelOf: (id) => state.channels.find((channel) => channel.id === id)?.name
  }
  const head = state.messages.find((message) => message.ts === choice.thread)
  return h(
    'section',
    {
      key: 'slack',
      class: head ? 'slack with-thread' : 'slack',
      attrs: { 'aria-label': view.t.slack, 'data-testid': 'slack' }
    },
    sidebar(state, choice, view),
    slackChannel({ state, choice, view, reader }),
    head ? slackThread({ state, choice, view, reader }, head) : undefined
  )
}

function sidebar(state: SandboxState, choice: Choice, view: View): Element {
  const channels = state.channels.map((channel) => {
    const current = channel.id === choice.channel
    const attrs = {
      type: 'button',
      'aria-current': current ? 'page' : undefined,
      'data-testid': `channel-${channel.name}`
    }
    return h(
      'button',
      {
        key: channel.id,
        class: 'sl-nav',
        attrs,
        on: { click: () => view.act.choose({ channel: channel.id, thread: undefined }) }
      },
      icon('hash', 15),
      h('span', {}, channel.name),
      channel.isShared && h('small', {}, view.t.shared)
    )
  })
  return h(
    'nav',
    { key: 'sidebar', class: 'sl-sidebar', attrs: { 'aria-label': view.t.channels } },
    h('div', { class: 'sl-workspace' }, state.shopName),
    h('div', { class: 'sl-list' }, h('div', { class: 'sl-group' }, view.t.channels), channels),
    h(
      'div',
      { class: 'sl-list' },
      h('div', { class: 'sl-group' }, view.t.you),
      state.staff.filter((person) => !person.isBot).map((person) => staffButton(person, choice, view))
    )
  )
}

function staffButton(person: StaffPerson, choice: Choice, view: View): Element {
  const attrs = {
    type: 'button',
    'aria-pressed': person.id === choice.staff ? 'true' : 'false',
    'data-testid': `staff-${person.name}`
  }
  return h(
    'button',
    { key: person.id, class: 'sl-nav sl-staff', attrs, on: { click: () => view.act.choose({ staff: person.id }) } },
    h('span', { class: `sl-face small tone-${toneOf(person.id)}` }, initialOf(person.name)),
    h('span', {}, person.name),
    h('small', {}, view.t.roles[person.kind])
  )
}
