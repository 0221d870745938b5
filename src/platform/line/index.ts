export { type LineAction, messageAction, postbackAction, uriAction } from './actions.ts'
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
export type { LineMessage } from './message.ts'
export { definePostback, type Postback } from './postback.ts'
export { withQuickReplies } from './quick-reply.ts'
export { fitText, textMessage } from './text.ts'
