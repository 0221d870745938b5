import { draftAt, placeOf } from './drafts.ts'
import { writtenIn } from './forms.ts'
import { icon } from './icons.ts'
import { type Element, h } from './node.ts'
import type { Pane } from './slack-messages.ts'

const CHANNEL_IDEAS = {
  ja: ['/kpi 継続率 先月', '/kpi nps 今月', '/matane help'],
  en: ['/kpi retention last month', '/kpi nps this month', '/matane help']
} as const
const THREAD_IDEAS = {
  ja: ['@matane 担当', '@matane タグ 予約', '@matane スヌーズ 3d', '@matane 解決'],
  en: ['@matane claim', '@matane tag booking', '@matane snooze 3d', '@matane resolve']
} as const

/** Where a message, a slash command or a mention is written; suggestions above it send at a press. */
export function slackComposer(pane: Pane, place: { name: string; threadTs: string | undefined }): Element {
  const { choice, view } = pane
  const inThread = place.threadTs !== undefined
  const field = inThread ? 'thread' : 'channel'
  const words = inThread ? view.t.writeThread : view.t.writeChannel(place.name)
  const submit = (event: Event): void => {
    event.preventDefault()
    view.act.post(writtenIn(event), place.threadTs)
  }
  const input = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) view.act.draft(field, event.target.value)
  }
  const testId = inThread ? 'thread-input' : 'slack-input'
  const attrs = {
    name: 'text',
    placeholder: words,
    'aria-label': words,
    autocomplete: 'off',
    'data-testid': testId
  }
  return h(
    'form',
    { key: `composer-${place.threadTs ?? place.name}`, class: 'sl-composer', on: { submit } },
    ideas(pane, place.threadTs),
    h(
      'div',
      { class: 'sl-input-row' },
      h('input', { attrs, value: draftAt(choice, placeOf(choice, field)), on: { input } }),
      h(
        'button',
        { class: 'sl-send', attrs: { type: 'submit', 'aria-label': view.t.send, 'data-testid': `${testId}-send` } },
        icon('send', 17)
      )
    ),
    inThread && h('p', { class: 'sl-internal' }, icon('lock', 13), view.t.internal)
  )
}

function ideas({ view }: Pane, threadTs: string | undefined): Element {
  const list = (threadTs === undefined ? CHANNEL_IDEAS : THREAD_IDEAS)[view.lang]
  return h(
    'div',
    { class: 'sl-ideas', attrs: { role: 'group', 'aria-label': view.t.tryThese } },
    h('span', {}, view.t.tryThese),
    list.map((idea) =>
      h('button', { key: idea, attrs: { type: 'button' }, on: { click: () => view.act.post(idea, threadTs) } }, idea)
    )
  )
}
