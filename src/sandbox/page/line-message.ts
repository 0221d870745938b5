import type { View } from './actions.ts'
import { flexView } from './flex.ts'
import { safeUrl } from './flex-values.ts'
import { type Json, record, records, text } from './json.ts'
import { type Child, type Element, h } from './node.ts'

/** A LINE message object as the phone shows it. */
export function lineMessageView(message: Json, { t, act }: View): Element {
  switch (message.type) {
    case 'text':
    case 'textV2':
      return h('div', { class: 'ln-text' }, withLinks(text(message.text)))
    case 'flex':
      return flexView(message.contents, act.tap)
    case 'template':
      return template(record(message.template), act.tap)
    case 'sticker':
      return h('div', { class: 'ln-sticker', attrs: { role: 'img', 'aria-label': t.stickerSent } }, '🐻')
    case 'image':
      return h('img', { class: 'ln-image', attrs: { src: safeUrl(message.previewImageUrl), alt: '' } })
    default:
      return h(
        'div',
        { class: 'ln-text ln-unknown' },
        text(message.altText) || `${t.unknownMessage} (${text(message.type)})`
      )
  }
}

/** The actions a message offers as quick replies, in order. */
export function quickRepliesOf(message: Json): readonly Json[] {
  return records(record(message.quickReply).items).map((item) => record(item.action))
}

function template(it: Json, tap: (action: Json) => void): Element {
  if (it.type === 'carousel')
    return h(
      'div',
      { class: 'fx-carousel' },
      records(it.columns).map((column) => templateCard(column, tap))
    )
  return templateCard(it, tap)
}

function templateCard(it: Json, tap: (action: Json) => void): Element {
  const image = safeUrl(it.thumbnailImageUrl)
  return h(
    'div',
    { class: 'ln-template' },
    image ? h('img', { attrs: { src: image, alt: '' } }) : undefined,
    it.title ? h('b', {}, text(it.title)) : undefined,
    h('p', {}, text(it.text)),
    records(it.actions).map((action) =>
      h('button', { attrs: { type: 'button' }, on: { click: () => tap(action) } }, text(action.label))
    )
  )
}

/** LINE turns addresses in a text into links; the words around them stay words. */
function withLinks(source: string): Child[] {
  return source.split(/(https?:\/\/[^\s<>"'）)」]+)/).map((part, index): Child => {
    const url = index % 2 === 1 ? safeUrl(part) : undefined
    return url ? h('a', { attrs: { href: url, target: '_blank', rel: 'noopener noreferrer' } }, part) : part
  })
}
