import type { Locale } from '../../core/locale.ts'
import {
  fitText,
  imageMessage,
  type LineAction,
  type LineMessage,
  messageAction,
  textMessage,
  uriAction
} from '../../platform/line/index.ts'
import type { Brand } from '../shops/index.ts'
import { cardMessage, wordsMessage } from './card-view.ts'
import type { FlowText, SayButton, SayStep } from './rules/schema.ts'

/** UTF-16 units of a button's label: placeholders in it may have grown. */
const LABEL_UNITS = 40

export interface SaidView {
  readonly locale: Locale
  readonly fill: (text: FlowText) => string
  /** Where the buttons that open something lead, in their order. */
  readonly addresses: readonly string[]
  /** The shop's, where it has one. */
  readonly brand: Brand | undefined
}

/** What a step says as messages: a picture, then words with or without buttons; or a card. At most two. */
export function saidMessages({ text, image, buttons = [], card }: SayStep, view: SaidView): LineMessage[] {
  if (card) return [cardMessage(card, { ...view, actions: actionsOf(card.buttons ?? [], view) })]
  const picture = image ? [imageMessage({ url: image.url, previewUrl: image.preview ?? image.url })] : []
  if (!text) return picture
  const words =
    buttons.length > 0
      ? wordsMessage(text, { ...view, actions: actionsOf(buttons, view) })
      : textMessage(fitText(view.fill(text)))
  return [...picture, words]
}

function actionsOf(buttons: readonly SayButton[], { fill, addresses }: SaidView): LineAction[] {
  let opened = 0
  return buttons.map(({ label, open = '', say }) => {
    const shown = fitText(fill(label), LABEL_UNITS)
    if (say !== undefined) return messageAction({ label: shown, text: say })
    const uri = addresses[opened] ?? open
    opened += 1
    return uriAction({ label: shown, uri })
  })
}
