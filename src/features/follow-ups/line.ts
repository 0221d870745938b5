import { comparable } from '../../core/text.ts'
import { durationMs } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { LINE_TEXTS } from './line-texts.ts'
import { openFollowUp } from './open-follow-up.ts'
import { hasCancelIntent } from './rules/cancel-intent.ts'
import { DUE, type Priority, type ReasonKind } from './rules/reason.ts'
import { findOpen, lastMessageAt } from './store.ts'
import { withdrawWords } from './withdraw-words.ts'

const CONSULT =
  /^(?:(?:スタッフ|店員|担当者)?(?:に|へ|と)?相談(?:したい|したいです|する|です|希望)?|お?問い?合わせ|contact|contact us|consult|support|talk to (?:staff|someone|a person))$/
/** Within this long of the last message, one more is passed on without thanking for it again. */
const QUIET = '10m'

/** What customers can say to reach a person, and what happens to words that nobody else understood. */
export const line: LineHandlers = {
  texts: {
    word: async (turn, text) => {
      if (!CONSULT.test(comparable(text).replace(/[。.!?]+$/, ''))) return false
      await ask(turn, { kind: 'consult', priority: 'high' })
      turn.say(textMessage(LINE_TEXTS[turn.customer.locale].consult))
      return true
    },
    intent: async (turn, text) => {
      if (!hasCancelIntent(text)) return false
      await ask(turn, { kind: 'cancel_intent', priority: 'high', words: text })
      turn.say(textMessage(LINE_TEXTS[turn.customer.locale].leaving))
      return true
    },
    rest: async (turn, text) => {
      if (!(await passOn(turn, text))) turn.say(guide(turn))
      return true
    }
  },
  unsend: ({ work, customer }, cause) => withdrawWords(work, customer.id, cause)
}

interface Asked {
  readonly kind: ReasonKind
  readonly priority: Priority
  readonly words?: string
}

async function ask({ work, customer }: LineTurn, asked: Asked): Promise<void> {
  await openFollowUp(work, { ...asked, customerId: customer.id, due: DUE[asked.priority], cause: work.cause })
}

/** Hands the words to the staff who look after this customer; false when nobody does. */
async function passOn(turn: LineTurn, text: string): Promise<boolean> {
  const { work, customer } = turn
  await lockKey(work.tx, customer.id)
  const open = await findOpen(work.tx, work.cipher, customer.id)
  if (!open) return false
  const last = await lastMessageAt(work.tx, open.id)
  await ask(turn, { kind: 'message', priority: 'normal', words: text })
  if (!last || work.now.getTime() - last.getTime() > durationMs(QUIET))
    turn.say(textMessage(LINE_TEXTS[customer.locale].received))
  return true
}

function guide({ customer }: LineTurn) {
  const { lost, words } = LINE_TEXTS[customer.locale]
  return withQuickReplies(
    textMessage(lost),
    Object.values(words).map((word) => messageAction({ label: word, text: word }))
  )
}
