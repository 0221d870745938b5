import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { recordFact } from '../events/index.ts'
import { keepTouches } from './keep-touches.ts'
import { isGreeting, readRef } from './rules/ref-text.ts'
import { isRef } from './store.ts'
import { TEXTS } from './texts.ts'

/** A text that was written by a poster's link: the code is kept, and nobody else sees it. */
export const line: LineHandlers = { strip: takeRef }

/** A code that we never made is taken out as well, and kept nowhere: whoever sent it has done nothing wrong. */
async function takeRef(turn: LineTurn, text: string): Promise<string> {
  const read = readRef(text)
  if (!read) return text
  const { work, customer, event } = turn
  if (await isRef(work.tx, read.code)) {
    const told = { customerId: customer.id, name: 'attribution.touched', at: work.now, properties: { ref: read.code } }
    const fact = { ...told, source: 'line', sourceId: `${event.webhookEventId}:ref` }
    if (await recordFact(work, fact)) await keepTouches(work, [fact])
  }
  if (!isGreeting(read.words)) return read.words
  const { hello, help } = TEXTS[customer.locale]
  turn.say(withQuickReplies(textMessage(hello), [messageAction({ label: help, text: help })]))
  return ''
}
