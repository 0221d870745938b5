import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { recordFact } from '../events/index.ts'
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
    const fact = { customerId: customer.id, name: 'attribution.touched', at: work.now }
    await recordFact(work, {
      ...{ ...fact, source: 'line', sourceId: `${event.webhookEventId}:ref` },
      properties: { ref: read.code }
    })
  }
  if (!isGreeting(read.words)) return read.words
  const { hello, help } = TEXTS[customer.locale]
  turn.say(withQuickReplies(textMessage(hello), [messageAction({ label: help, text: help })]))
  return ''
}
