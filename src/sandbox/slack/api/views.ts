import { type FakeState, slackId } from '../state.ts'
import type { JsonObject } from '../types.ts'
import { checkedView } from './blocks.ts'
import { ApiError } from './error.ts'

const TRIGGER_MS = 3_000

/** Opens a view for whoever clicked: once for each click, and soon. */
export function openView(state: FakeState, args: JsonObject): JsonObject {
  const trigger = state.triggers.get(String(args.trigger_id))
  if (!trigger) throw new ApiError('invalid_trigger_id')
  if (state.nowMs() - trigger.madeAtMs > TRIGGER_MS) throw new ApiError('expired_trigger_id')
  if (trigger.used) throw new ApiError('exchanged_trigger_id')
  const view = checkedView(args.view)
  trigger.used = true
  const hash = newHash(state)
  const shown = { id: slackId('V'), userId: trigger.userId, hash, view, errors: {} }
  state.views.push(shown)
  return { view: { ...view, id: shown.id, hash } }
}

/** What names one state of a view, so that nobody updates an older one by mistake. */
export function newHash(state: FakeState): string {
  return `${Math.floor(state.nowMs() / 1000)}.${slackId('').toLowerCase()}`
}
