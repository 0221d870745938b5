import { durationMs } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { readWords } from '../voice/index.ts'
import { LINE_TEXTS } from './line-texts.ts'
import { openFollowUp } from './open-follow-up.ts'
import { asksForPerson } from './rules/consult.ts'
import { DUE, type Priority, type ReasonKind } from './rules/reason.ts'
import { findOpen } from './store/follow-ups.ts'
import { lastMessageAt } from './store/reasons.ts'
import { withdrawWords } from './withdraw-words.ts'

/** Within this long of the last message, one more is passed on without thanking for it again. */
const QUIET = '10m'

/** What customers can say to reach a person, and what happens to words that no other part takes. */
export const line: LineHandlers = {
  knows: asksForPerson,
  texts: {
    word: async (turn, text) => {
      if (!asksForPerson(text)) return false
      await ask(turn, { kind: 'consult', priority: 'high' })
      turn.say(textMessage(LINE_TEXTS[turn.customer.locale].consult))
      return true
    },
    intent: takeIntention,
    rest: async (turn, text) => {
      const courtesy = readWords(text).intention === 'courtesy'
      if (courtesy && !(await isLookedAfter(turn))) turn.say(guide(turn))
      else await passOn(turn, text)
      return true
    }
  },
  unsend: ({ work, customer }, cause) => withdrawWords(work, customer.id, cause)
}

/** A wish to leave and a complaint bring a person at once; that somebody stays is answered with thanks. */
async function takeIntention(turn: LineTurn, text: string): Promise<boolean> {
  const texts = LINE_TEXTS[turn.customer.locale]
  switch (readWords(text).intention) {
    case 'leave':
      await ask(turn, { kind: 'cancel_intent', priority: 'high', words: text })
      turn.say(textMessage(texts.leaving))
      return true
    case 'complain':
      await ask(turn, { kind: 'complaint', priority: 'high', words: text })
      turn.say(textMessage(texts.complaint))
      return true
    case 'stay':
      if (await isLookedAfter(turn)) return false
      turn.say(textMessage(texts.staying))
      return true
    default:
      return false
  }
}

interface Asked {
  readonly kind: ReasonKind
  readonly priority: Priority
  readonly words?: string
}

async function ask({ work, customer }: LineTurn, asked: Asked): Promise<void> {
  await openFollowUp(work, { ...asked, customerId: customer.id, due: DUE[asked.priority], cause: work.cause })
}

/** Whether somebody looks after this customer now. Takes the customer's lock. */
async function isLookedAfter({ work, customer }: LineTurn): Promise<boolean> {
  await lockKey(work.tx, customer.id)
  return (await findOpen(work.tx, work.cipher, customer.id)) !== undefined
}

/** Hands the words to the staff: nothing that a customer writes is swallowed. */
async function passOn(turn: LineTurn, text: string): Promise<void> {
  const { work, customer } = turn
  await lockKey(work.tx, customer.id)
  const open = await findOpen(work.tx, work.cipher, customer.id)
  const last = open && (await lastMessageAt(work.tx, open.id))
  await ask(turn, { kind: 'message', priority: 'normal', words: text })
  if (!last || work.now.getTime() - last.getTime() > durationMs(QUIET))
    turn.say(textMessage(LINE_TEXTS[customer.locale].received))
}

function guide({ customer }: LineTurn) {
  const { guide: text, words } = LINE_TEXTS[customer.locale]
  return withQuickReplies(
    textMessage(text),
    Object.values(words).map((word) => messageAction({ label: word, text: word }))
  )
}
