import { z } from 'zod'
import type { Locale } from '../../core/locale.ts'
import {
  definePostback,
  type LineAction,
  type LineMessage,
  postbackAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { CONFIRM_MINUTES, RIGHTS, type Right } from './rules/request.ts'
import type { RightsRequest } from './store.ts'
import { standing, TEXTS } from './texts.ts'

/** Asks for a right to be explained. */
export const askPostback = definePostback('rights.ask', z.enum(RIGHTS))
/** Confirms; `until` is epoch seconds of business time. Counts only for the customer it was made for. */
export const confirmPostback = definePostback(
  'rights.confirm',
  z.object({ right: z.enum(RIGHTS), customer: z.uuid(), until: z.int() })
)
export const keepPostback = definePostback('rights.keep', z.null())
export const withdrawPostback = definePostback('rights.withdraw', z.object({ id: z.uuid() }))

interface Reader {
  readonly locale: Locale
  readonly timeZone: string
}

/** What a customer may ask for. */
export function menuMessage(locale: Locale, rights: readonly Right[]): LineMessage {
  const { menu, names } = TEXTS[locale]
  return withQuickReplies(
    textMessage(menu),
    rights.map((right) => button(names[right], askPostback.encode(right)))
  )
}

/** What carrying out a right means, and the button that asks for it. */
export function explainMessage(right: Right, { id, locale }: { id: string; locale: Locale }, now: Date): LineMessage {
  const { explain, confirm, keep } = TEXTS[locale]
  const until = Math.floor(now.getTime() / 1000) + CONFIRM_MINUTES * 60
  return withQuickReplies(textMessage(explain[right]), [
    button(confirm[right], confirmPostback.encode({ right, customer: id, until })),
    button(keep, keepPostback.encode(null))
  ])
}

/** How a request stands, and the button that takes it back while that can be. */
export function standingMessage(request: RightsRequest, reader: Reader): LineMessage {
  const message = textMessage(standing(request, reader))
  if (!['wording', 'waiting', 'scheduled'].includes(request.state)) return message
  const { withdraw } = TEXTS[reader.locale]
  return withQuickReplies(message, [button(withdraw, withdrawPostback.encode({ id: request.id }))])
}

/** Asks for the words of a correction. */
export function wordingMessage(request: RightsRequest, locale: Locale, nameOnly: boolean): LineMessage {
  const { writeName, writeNow, withdraw } = TEXTS[locale]
  const back = button(withdraw, withdrawPostback.encode({ id: request.id }))
  return withQuickReplies(textMessage(nameOnly ? writeName : writeNow), [back])
}

/** Says that a button came too late, and offers it anew. */
export function expiredMessage(right: Right, locale: Locale): LineMessage {
  const { expired, again } = TEXTS[locale]
  return withQuickReplies(textMessage(expired), [button(again, askPostback.encode(right))])
}

function button(label: string, data: string): LineAction {
  return postbackAction({ label, displayText: label, data })
}
