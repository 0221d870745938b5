import { comparable } from '../../core/text.ts'
import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { changeFollow } from './change-follow.ts'
import type { FollowChange } from './rules/follow-state.ts'
import { nameFor } from './rules/name.ts'
import { TEXTS } from './texts.ts'

const HELP_WORDS = new Set(['ヘルプ', 'へるぷ', '使い方', 'つかいかた', 'メニュー', 'help', 'menu', '?'])

/** Follow, block, and asking what one can do here. */
export const lineHandlers: LineHandlers = {
  follow: greet,
  unfollow: async (turn) => void (await changed(turn, 'line.unfollowed')),
  knows: (text) => HELP_WORDS.has(comparable(text)),
  texts: { word: takeHelp }
}

async function greet(turn: LineTurn): Promise<void> {
  const { blocked, returned } = await changed(turn, 'line.followed')
  if (blocked) return
  const { locale, name } = turn.customer
  const { welcome, welcomeBack } = TEXTS[locale]
  turn.say(textMessage((returned ? welcomeBack : welcome)(name && nameFor(locale, name))))
}

function changed({ work, customer, event }: LineTurn, name: FollowChange['name']) {
  const { webhookEventId: eventId, timestamp: toldAtMs, source } = event
  return changeFollow(work, { customerId: customer.id, lineUserId: source?.userId ?? '', name, eventId, toldAtMs })
}

async function takeHelp(turn: LineTurn, text: string): Promise<boolean> {
  if (!HELP_WORDS.has(comparable(text))) return false
  const { help, helpLine, always, atLast, howToStamp } = TEXTS[turn.customer.locale]
  const lines = [...always, ...(await turn.help()), ...atLast]
  const words = lines.map(({ word }) => messageAction({ label: word, text: word }))
  turn.say(withQuickReplies(textMessage([help, ...lines.map(helpLine), howToStamp].join('\n')), words))
  return true
}
