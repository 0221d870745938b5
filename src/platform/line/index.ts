export { createThrottle } from './bucket.ts'
export {
  dayPickerAction,
  definePostback,
  type FlexParts,
  fitText,
  flexMessage,
  imageMessage,
  type LineAction,
  messageAction,
  type Postback,
  postbackAction,
  textMessage,
  uriAction,
  withQuickReplies
} from './builders.ts'
export { chatLink, QR_READER } from './chat-link.ts'
export { createLineClient, type LineClient } from './client.ts'
export { type LineConsumerDeps, lineConsumer } from './consume.ts'
export { column, fact, head, INK, row, text } from './drawing.ts'
export { pickedDay } from './event.ts'
export type {
  CustomerPort,
  HelpLine,
  LineCustomer,
  LineHandlers,
  LineProfile,
  LineTurn,
  PostbackHandler,
  TextHandler,
  TextStage
} from './handlers.ts'
export { LIMITS } from './limits.ts'
export { LineError } from './line-error.ts'
export type { LineMessage } from './message.ts'
export { quotaMonth } from './quota.ts'
export { type QuotaState, quotaJob, readQuota, refreshQuota } from './quota-ledger.ts'
export {
  createRichMenuClient,
  MOST_LINKED_AT_ONCE,
  type RichMenuClient
} from './rich-menus.ts'
export { type LineSenderDeps, lineSender } from './sender.ts'
export { type LineWebhookDeps, receiveLine } from './webhook.ts'
