import type { View } from './actions.ts'
import { blocksView } from './blocks.ts'
import type { Surface } from './elements.ts'
import { initialOf, toneOf } from './faces.ts'
import { icon } from './icons.ts'
import { mrkdwn, type Reader } from './mrkdwn.ts'
import { type Child, type Element, h } from './node.ts'
import { slackComposer } from './slack-composer.ts'
import type { Choice, SandboxState, SlackMessage } from './state.ts'
import { clockTime, day } from './when.ts'

/** What the views of one channel share. */
export interface Pane {
  readonly state: SandboxState
  readonly choice: Choice
  readonly view: View
  readonly reader: Reader
}

/** The chosen channel: its messages, oldest first, what only this person sees, and the composer. */
export function slackChannel(pane: Pane): Element {
  const { state, choice, view } = pane
  const channel = state.channels.find(({ id }) => id === choice.channel)
  const shown = [...state.messages.filter(inChannel), ...whispersIn(pane, undefined)]
  const rows = dated(shown.sort(byTime), pane)
  return h(
    'div',
    { key: 'channel', class: 'sl-pane sl-channel' },
    h(
      'header',
      { class: 'sl-title' },
      icon('hash', 17),
      h('b', {}, channel?.name ?? ''),
      channel?.isShared && h('small', {}, view.t.shared)
    ),
    h(
      'div',
      {
        key: `log-${choice.channel}`,
        class: 'sl-log',
        attrs: {
          ...{ role: 'log', 'aria-label': view.t.slack, tabindex: 0 },
          ...{ 'data-stick': true, 'data-home': true, 'data-testid': 'slack-log' }
        }
      },
      rows.length > 0 ? rows : emptyNote(channel?.name ?? '', view)
    ),
    slackComposer(pane, { name: channel?.name ?? '', threadTs: undefined })
  )
}

/** The thread beside the channel, under the message that heads it. */
export function slackThread(pane: Pane, head: SlackMessage): Element {
  const { state, view } = pane
  const replies = [...state.messages.filter((message) => message.threadTs === head.ts), ...whispersIn(pane, head.ts)]
  const close = (): void => view.act.choose({ thread: undefined })
  return h(
    'aside',
    {
      key: `thread-${head.ts}`,
      class: 'sl-pane sl-thread',
      attrs: { 'aria-label': view.t.thread, 'data-testid': 'thread' }
    },
    h(
      'header',
      { class: 'sl-title' },
      h('b', {}, view.t.thread),
      h(
        'button',
        { class: 'sl-close', attrs: { type: 'button', 'aria-label': view.t.close }, on: { click: close } },
        icon('close', 18)
      )
    ),
    h(
      'div',
      { class: 'sl-log', attrs: { role: 'log', 'aria-label': view.t.thread, tabindex: 0, 'data-stick': true } },
      messageView(head, pane, true),
      h('div', { class: 'sl-count' }, h('span', {}, view.t.replyCount(replies.length))),
      replies.sort(byTime).map((message) => messageView(message, pane, true))
    ),
    slackComposer(pane, { name: '', threadTs: head.ts })
  )
}

const inChannel = ({ threadTs, isBroadcast }: SlackMessage): boolean => threadTs === undefined || isBroadcast

function messageView(message: SlackMessage, pane: Pane, inThread = false): Element {
  const { state, view, reader } = pane
  const author = state.staff.find(({ id }) => id === message.user)
  const name = author?.name ?? message.user
  const face = author?.isBot ? 'sl-face bot' : `sl-face tone-${toneOf(message.user)}`
  return h(
    'article',
    {
      key: message.ts,
      class: message.whisper ? 'sl-message whisper' : 'sl-message',
      attrs: { 'data-testid': 'slack-message', 'data-ts': message.ts, 'data-home': true, tabindex: -1 }
    },
    message.whisper && h('div', { class: 'sl-only' }, icon('eye', 14), view.t.onlyYou),
    h('span', { class: face, attrs: { 'aria-hidden': 'true' } }, author?.isBot ? 'ま' : initialOf(name)),
    h(
      'div',
      { class: 'sl-body' },
      h(
        'div',
        { class: 'sl-who' },
        h('b', {}, name),
        author?.isBot && h('span', { class: 'sl-app' }, view.t.app),
        h('time', { attrs: { datetime: message.at } }, clockTime(message.at))
      ),
      contents(message, surfaceOf(message, pane), reader, view),
      inThread ? undefined : replyLink(message, pane)
    )
  )
}

function contents(message: SlackMessage, surface: Surface, reader: Reader, view: View): Child[] {
  const body =
    message.blocks.length > 0
      ? blocksView(message.blocks, surface)
      : [h('div', { class: 'sl-text' }, mrkdwn(message.text, reader))]
  return message.edited && message.blocks.length === 0 ? [...body, h('small', {}, view.t.edited)] : body
}

function surfaceOf(message: SlackMessage, { state, view, reader }: Pane): Surface {
  const people = state.staff.filter((person) => !person.isBot)
  return { reader, t: view.t, people, ts: message.ts, click: (click) => view.act.click(click) }
}

function replyLink(message: SlackMessage, { state, view }: Pane): Element | undefined {
  const replies = state.messages.filter(({ threadTs }) => threadTs === message.ts)
  const last = replies.at(-1)
  if (message.whisper || (!last && message.blocks.length === 0)) return undefined
  const open = (): void => view.act.choose({ thread: message.ts })
  const attrs = { type: 'button', 'data-testid': 'open-thread' }
  return h(
    'button',
    { class: last ? 'sl-replies' : 'sl-replies quiet', attrs, on: { click: open } },
    icon('chat', 15),
    h('b', {}, last ? view.t.replyCount(replies.length) : view.t.thread),
    last && h('span', {}, clockTime(last.at))
  )
}

function whispersIn({ state }: Pane, threadTs: string | undefined): readonly SlackMessage[] {
  return state.whispers.filter((message) => message.threadTs === threadTs)
}

function dated(messages: readonly SlackMessage[], pane: Pane): Child[] {
  return messages.flatMap((message, index): Child[] => {
    const before = messages[index - 1]
    const date = day(message.at, pane.view.lang)
    const line = h('div', { key: `day-${message.ts}`, class: 'sl-day' }, h('span', {}, date))
    return before && day(before.at, pane.view.lang) === date
      ? [messageView(message, pane)]
      : [line, messageView(message, pane)]
  })
}

function emptyNote(channel: string, { t }: View): Element {
  const [name, title, body] =
    channel === 'cs-alerts'
      ? (['check', t.emptyAlertsTitle, t.emptyAlerts] as const)
      : channel === 'kpi'
        ? (['chart', t.emptyKpiTitle, t.emptyKpi] as const)
        : (['chat', t.emptyChannelTitle, t.emptyChannel] as const)
  return h('div', { key: 'empty', class: 'sl-empty' }, icon(name, 30), h('b', {}, title), h('p', {}, body))
}

function byTime(one: SlackMessage, other: SlackMessage): number {
  return Number(one.ts) - Number(other.ts)
}
