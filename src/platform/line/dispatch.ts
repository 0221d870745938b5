import { storable } from '../../core/text.ts'
import { MessageEvent, PostbackEvent } from './event.ts'
import { type LineHandlers, type LineTurn, TEXT_STAGES } from './handlers.ts'
import { decodePostback } from './postback.ts'
import { textMessage } from './text.ts'
import { TEXTS } from './texts.ts'

/** What was asked can still be answered in passing: for longer, a reply about a picture would only puzzle. */
const PASSING_ANSWER_MS = 50_000

/** Offers a message to the features: a text stage by stage, each stage in the order of the features. */
export async function dispatchMessage(features: readonly LineHandlers[], turn: LineTurn, realNow: Date): Promise<void> {
  const { message } = MessageEvent.parse(turn.event)
  if (message.type === 'text') return dispatchText(features, turn, storable(message.text ?? ''))
  const first = (message.imageSet?.index ?? 1) === 1
  const stillLooking = realNow.getTime() - turn.event.timestamp <= PASSING_ANSWER_MS
  if (first && stillLooking) turn.say(textMessage(TEXTS[turn.customer.locale].notText))
}

async function dispatchText(features: readonly LineHandlers[], turn: LineTurn, said: string): Promise<void> {
  let text = said
  for (const { strip } of features) if (strip) text = await strip(turn, text)
  if (text === '' && said !== '') return
  for (const stage of TEXT_STAGES) {
    for (const { texts } of features) if (await texts?.[stage]?.(turn, text)) return
  }
  turn.say(textMessage(TEXTS[turn.customer.locale].unheard))
}

/** Hands a tapped button to the feature that made it; an old, unknown or forged one gets a kind answer. */
export async function dispatchPostback(features: readonly LineHandlers[], turn: LineTurn): Promise<void> {
  const tapped = decodePostback(PostbackEvent.parse(turn.event).postback.data)
  const handlers = features.flatMap((feature) => feature.postbacks ?? [])
  const handler = tapped && handlers.find(({ name }) => name === tapped.name)
  if (tapped && handler?.schema.safeParse(tapped.data).success) return handler.handle(turn, tapped.data)
  turn.work.log.warn('A LINE button that no feature knows was tapped', { postback: handler?.name ?? 'unknown' })
  turn.say(textMessage(TEXTS[turn.customer.locale].unknownButton))
}
