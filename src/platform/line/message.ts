import type { messagingApi } from '@line/bot-sdk'

declare const checked: unique symbol

/** A message object that LINE accepts: only the builders of this folder make one, and they check LINE's limits. */
export type LineMessage = messagingApi.Message & { readonly [checked]: true }

/** The builders' last step, after their checks; nothing else may call it. */
export function markChecked(message: messagingApi.Message): LineMessage {
  return message as LineMessage
}
