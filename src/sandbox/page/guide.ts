import type { View } from './actions.ts'
import { icon } from './icons.ts'
import { type Element, h } from './node.ts'
import type { Choice, SandboxState } from './state.ts'

/** What has been done so far, as far as it can be seen in the state; kept once seen, as people switch persons. */
export interface Progress {
  readonly stamped: boolean
  readonly alerted: boolean
  readonly resolved: boolean
}

/** "kichijoji.1RK3F2.7H2K9M4P1Q", as a counter's QR carries it. */
const COUNTER_CODE = /[\w-]+\.[0-9A-Z]{4,}\.[0-9A-Z]{8,}/i

/** Reads from the state which of the three steps are done. */
export function progressOf(state: SandboxState, before: Progress): Progress {
  const flexes = state.chat.some((item) => item.from === 'shop' && item.message.type === 'flex')
  const scanned = state.chat.some(
    (item) => item.from === 'person' && COUNTER_CODE.test(String(item.message.text ?? ''))
  )
  return {
    stamped: before.stamped || (flexes && scanned),
    alerted: before.alerted || state.desk.alerted,
    resolved: before.resolved || state.desk.resolved
  }
}

/** Three steps that make the first minute obvious; each has a button that leads to where it happens. */
export function guideView(state: SandboxState, choice: Choice, how: { view: View; progress: Progress }): Element {
  const { view, progress } = how
  const done = [progress.stamped, progress.alerted, progress.resolved]
  const current = done.indexOf(false)
  const following = state.people.find(({ id }) => id === choice.person)?.relation === 'following'
  const runs = [
    following ? () => view.act.choose({ dialog: 'scan', tab: 'phone' }) : () => view.act.follow(),
    () => view.act.choose({ tab: 'phone' }),
    () => view.act.choose({ tab: 'slack', thread: undefined, ...deskOf(state, done[2] ? 'kpi' : 'cs-alerts') })
  ]
  const again = [following, false, done[2] === true]
  const steps = view.t.steps.map((step, index) =>
    h(
      'li',
      {
        key: String(index),
        class: done[index] ? 'done' : index === current ? 'current' : '',
        attrs: { 'data-testid': `step-${index + 1}` }
      },
      h('span', { class: 'step-mark' }, done[index] ? icon('check', 16) : String(index + 1)),
      h('div', {}, h('b', { class: 'step-title' }, step.title), h('p', { class: 'step-body' }, step.body)),
      h(
        'button',
        { class: 'step-go', attrs: { type: 'button' }, on: { click: () => runs[index]?.() } },
        again[index] ? step.again : step.button
      )
    )
  )
  const close = { type: 'button', 'aria-label': view.t.close, 'data-testid': 'close-guide' }
  return h(
    'section',
    { key: 'guide', class: 'guide', attrs: { 'aria-label': view.t.guide, 'data-testid': 'guide' } },
    h('ol', {}, steps),
    h(
      'button',
      { class: 'guide-close', attrs: close, on: { click: () => view.act.choose({ guide: false }) } },
      icon('close', 16)
    )
  )
}

/** The channel; for somebody who is not in it, somebody who is: the staff's own channel is their first. */
function deskOf({ channels, staff }: SandboxState, name: string): Partial<Choice> {
  const found = channels.find((channel) => channel.name === name)
  if (found) return { channel: found.id }
  return { staff: staff.find(({ kind, isBot }) => kind === 'cs' && !isBot)?.id ?? '', channel: '' }
}
