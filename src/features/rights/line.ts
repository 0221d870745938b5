import { fitText, type LineHandlers, type LineTurn, textMessage } from '../../platform/line/index.ts'
import { isCommand } from '../flows/index.ts'
import { changeRequest } from './change-request.ts'
import { describeRequest } from './describe-request.ts'
import { makeRequest } from './make-request.ts'
import type { PrivacyPort } from './port.ts'
import { RIGHTS, type Right } from './rules/request.ts'
import { wishIn } from './rules/words.ts'
import { isAutomatic } from './settings.ts'
import { findOpen, type RightsRequest } from './store.ts'
import { takeBackWords } from './take-back-words.ts'
import { TEXTS } from './texts.ts'
import {
  askPostback,
  confirmPostback,
  expiredMessage,
  explainMessage,
  keepPostback,
  menuMessage,
  standingMessage,
  withdrawPostback,
  wordingMessage
} from './view.ts'

/** What can be asked for with, and without, a room that keeps track of personal data. */
export function rightsWith(port: PrivacyPort | undefined): readonly Right[] {
  return port ? RIGHTS : ['correct', 'restrict']
}

/** プライバシー: a right is explained, confirmed by a button that expires, then carried out or handed to staff. */
export function lineHandlers(port: PrivacyPort | undefined): LineHandlers {
  return {
    knows: (text) => wishIn(text) !== undefined,
    texts: { answer: (turn, text) => takeWording(turn, text, port), word: (turn, text) => takeWord(turn, text, port) },
    postbacks: [
      askPostback.handler((turn, right) => explain(turn, right, port)),
      confirmPostback.handler((turn, confirmed) => confirm(turn, confirmed, port)),
      keepPostback.handler(async (turn) => turn.say(textMessage(TEXTS[turn.customer.locale].kept))),
      withdrawPostback.handler(async (turn, { id }) => {
        const mine = (await openOf(turn)).find((request) => request.id === id)
        if (mine) await withdraw(turn, mine)
        else turn.say(textMessage(TEXTS[turn.customer.locale].foreign))
      })
    ],
    unsend: ({ work, customer }, cause) => takeBackWords(work, customer.id, cause)
  }
}

async function takeWord(turn: LineTurn, text: string, port: PrivacyPort | undefined): Promise<boolean> {
  const wish = wishIn(text)
  if (!wish) return false
  if (wish.do === 'menu') turn.say(menuMessage(turn.customer.locale, rightsWith(port)))
  else if (wish.do === 'ask') await explain(turn, wish.right, port)
  else return withdrawNewest(turn)
  return true
}

/** While a request goes on, the word that began it tells how it stands. */
async function explain(turn: LineTurn, right: Right, port: PrivacyPort | undefined): Promise<void> {
  const { customer, work } = turn
  const open = (await openOf(turn)).find((request) => request.right === right)
  if (open && open.state !== 'wording') return turn.say(standingMessage(open, readerOf(turn)))
  turn.say(
    rightsWith(port).includes(right)
      ? explainMessage(right, customer, work.now)
      : menuMessage(customer.locale, rightsWith(port))
  )
}

interface Confirmed {
  readonly right: Right
  readonly customer: string
  readonly until: number
}

async function confirm(turn: LineTurn, confirmed: Confirmed, port: PrivacyPort | undefined): Promise<void> {
  const { customer, work } = turn
  const { right, until } = confirmed
  const texts = TEXTS[customer.locale]
  // Somebody who was erased comes back as another customer: what the old chat offers is not about them.
  if (confirmed.customer !== customer.id || !rightsWith(port).includes(right))
    return turn.say(textMessage(texts.foreign))
  const cause = `confirm:${right}:${until}`
  if (until * 1000 < work.now.getTime()) return turn.say(expiredMessage(right, customer.locale))
  const { request, how } = await makeRequest(work, { customerId: customer.id, right, cause }, port)
  if (request.state === 'wording')
    turn.say(wordingMessage(request, customer.locale, await isAutomatic(work.tx, 'correct')))
  else if (how === 'known' || request.state !== 'done') turn.say(standingMessage(request, readerOf(turn)))
}

async function takeWording(turn: LineTurn, text: string, port: PrivacyPort | undefined): Promise<boolean> {
  if (wishIn(text) || isCommand(text)) return false
  const request = (await openOf(turn)).find(({ state }) => state === 'wording')
  const described = request && (await describeRequest(turn.work, request, { text: fitText(text, 1000), port }))
  if (!described) return false
  if (described.state === 'waiting') turn.say(standingMessage(described, readerOf(turn)))
  return true
}

async function withdrawNewest(turn: LineTurn): Promise<boolean> {
  const [newest] = await openOf(turn)
  if (!newest) return false
  await withdraw(turn, newest)
  return true
}

async function withdraw({ work, customer, say }: LineTurn, { id, right }: RightsRequest): Promise<void> {
  const texts = TEXTS[customer.locale]
  const done = await changeRequest(work, {
    id,
    step: 'cancel',
    actor: { kind: 'customer', id: customer.id },
    erasures: true
  })
  say(textMessage((done.ok ? texts.cancelled : texts.tooLate)(texts.names[right])))
}

function openOf({ work: { tx, cipher }, customer }: LineTurn): Promise<RightsRequest[]> {
  return findOpen(tx, cipher, customer.id)
}

function readerOf({ work, customer }: LineTurn) {
  return { locale: customer.locale, timeZone: work.timeZone }
}
