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

/**
 * The message with buttons (1–13) that an earlier one offered, which vanish now that this one arrives. Its own stand
 * before them, as many as there is room for; each button once.
 */
export function withMoreButtons(message: LineMessage, actions: readonly LineAction[]): LineMessage {
  const offered = withQuickReplies(message, actions).quickReply?.items ?? []
  const known = new Set(offered.map((item) => JSON.stringify(item)))
  const own = (message.quickReply?.items ?? []).filter((item) => !known.has(JSON.stringify(item)))
  const items = [...own.slice(0, LIMITS.quickReplies - offered.length), ...offered]
  return markChecked({ ...message, quickReply: { items } })
}
