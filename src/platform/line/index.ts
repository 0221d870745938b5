export { type LineAction, messageAction, postbackAction, uriAction } from './actions.ts'
export { createThrottle } from './bucket.ts'
export { createLineClient, type LineClient } from './client.ts'
export { type LineConsumerDeps, lineConsumer } from './consume.ts'
export { type FlexParts, flexMessage } from './flex.ts'
export type {
  CustomerPort,
  LineCustomer,
  LineHandlers,
  LineProfile,
  LineTurn,
  PostbackHandler,
  TextHandler,
  TextStage
} from './handlers.ts'
export { LIMITS, MessageFormError, MessageLimitError } from './limits.ts'
export { LineError } from './line-error.ts'
export type { LineMessage } from './message.ts'
export { definePostback, type Postback } from './postback.ts'
export { withQuickReplies } from './quick-reply.ts'
export { type QuotaState, quotaJob, readQuota, refreshQuota } from './quota-ledger.ts'
export { type LineSenderDeps, lineSender } from './sender.ts'
export { fitText, textMessage } from './text.ts'
export { type LineWebhookDeps, receiveLine } from './webhook.ts'
