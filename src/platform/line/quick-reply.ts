import type { LineAction } from './actions.ts'
import { LIMITS, requireGraphemes, requireItems } from './limits.ts'
import { type LineMessage, markChecked } from './message.ts'

/**
 * The message with 1–13 buttons under it, labels at most 20 characters. They vanish when any newer message arrives: put
 * them on the last message.
 */
export function withQuickReplies(message: LineMessage, actions: readonly LineAction[]): LineMessage {
  requireItems('quickReply.items', actions, LIMITS.quickReplies)
  for (const action of actions) requireGraphemes('quickReply label', action.label, LIMITS.quickReplyLabelGraphemes)
  return markChecked({ ...message, quickReply: { items: actions.map((action) => ({ type: 'action', action })) } })
}
