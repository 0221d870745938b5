import { storable, truncate } from '../../core/text.ts'
import { LIMITS, requireUnits } from './limits.ts'
import { type LineMessage, markChecked } from './message.ts'

/** A text message of 1 to 5,000 UTF-16 units; throws MessageLimitError beyond. For text of unknown length: `fitText`. */
export function textMessage(text: string): LineMessage {
  const sendable = storable(text)
  requireUnits('text', sendable, LIMITS.textUnits)
  return markChecked({ type: 'text', text: sendable })
}

/** Text shortened with an ellipsis to what one text message holds, or to `maxUnits` UTF-16 units. */
export function fitText(text: string, maxUnits: number = LIMITS.textUnits): string {
  return truncate(storable(text), maxUnits)
}
