import type { messagingApi } from '@line/bot-sdk'

declare const checked: unique symbol

/** A message object that LINE accepts: only the builders of this folder make one, and they check LINE's limits. */
export type LineMessage = messagingApi.Message & { readonly [checked]: true }
