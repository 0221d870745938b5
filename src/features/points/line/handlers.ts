import { idOf } from '../../../core/ids.ts'
import { comparable } from '../../../core/text.ts'
import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  postbackAction,
  textMessage,
  withQuickReplies
} from '../../../platform/line/index.ts'
import { brandOf } from '../../shops/index.ts'
import { exchangePoints } from '../exchange-points.ts'
import { standingOf } from '../glance.ts'
import { currentProgramme, type Programme } from '../store/programme.ts'
import { findLines, type StatementPlace } from '../store/statement.ts'
import { findOffer, findOffers } from './offers.ts'
import { type Offer, pointsMessage, statementMessage, type View } from './points-view.ts'
import { choosePostback, exchangePostback, keepPostback, statementPostback } from './postbacks.ts'
import { TEXTS } from './texts.ts'

const POINT_WORDS = new Set(['ポイント', 'ぽいんと', 'ポイント残高', 'point', 'points', 'my points'])
const HISTORY_WORDS = new Set(['履歴', 'りれき', 'ポイント履歴', 'history'])
/** Lines on the card, and on a page of the statement. */
const RECENT = 5
const PAGE = 10
const PLAIN_COLOUR = '#2b2623'

/** What a customer can do with points: see them, leaf through what came and went, exchange them. */
export const lineHandlers: LineHandlers = {
  knows: (text) => POINT_WORDS.has(comparable(text)) || HISTORY_WORDS.has(comparable(text)),
  help: async ({ tx }, { locale }) => ((await currentProgramme(tx)) ? TEXTS[locale].help : undefined),
  texts: { word: takeWord },
  postbacks: [
    statementPostback.handler((turn, { at, id }) => showStatement(turn, { at: new Date(at), id })),
    choosePostback.handler(choose),
    exchangePostback.handler(exchange),
    keepPostback.handler(async (turn) => turn.say(textMessage(TEXTS[turn.customer.locale].kept)))
  ]
}

async function takeWord(turn: LineTurn, text: string): Promise<boolean> {
  const word = comparable(text)
  if (POINT_WORDS.has(word)) await showPoints(turn)
  else if (HISTORY_WORDS.has(word)) await showStatement(turn)
  else return false
  return true
}

async function showPoints(turn: LineTurn): Promise<void> {
  const programme = await currentProgramme(turn.work.tx)
  if (!programme) return sayThereAreNone(turn)
  const { work, customer } = turn
  const standing = await standingOf(work.tx, customer.id, work.now)
  const page = await pageOf(turn, { limit: RECENT })
  const offers = await findOffers(work.tx, programme)
  turn.say(pointsMessage({ definition: programme.definition, standing, offers, ...page }, await viewOf(turn)))
}

async function showStatement(turn: LineTurn, below?: StatementPlace): Promise<void> {
  const programme = await currentProgramme(turn.work.tx)
  if (!programme) return sayThereAreNone(turn)
  const page = await pageOf(turn, { below, limit: PAGE })
  if (page.lines.length > 0) {
    turn.say(statementMessage({ definition: programme.definition, ...page }, await viewOf(turn)))
  } else if (below) turn.say(textMessage(TEXTS[turn.customer.locale].noOlder))
  else await showPoints(turn)
}

/** Some lines, and the place below which there are more. */
async function pageOf({ work, customer }: LineTurn, page: { below?: StatementPlace | undefined; limit: number }) {
  const found = await findLines(work.tx, customer.id, { ...page, limit: page.limit + 1 })
  const lines = found.slice(0, page.limit)
  return { lines, older: found.length > page.limit ? lines.at(-1) : undefined }
}

/** The first tap: what it costs and leaves, and a button that makes this one exchange. */
async function choose(turn: LineTurn, { coupon, points }: { coupon: string; points: number }): Promise<void> {
  const { work, customer } = turn
  const texts = TEXTS[customer.locale]
  const programme = await currentProgramme(work.tx)
  const offer = programme && (await wished(turn, programme, { coupon, points }))
  if (!offer) return turn.say(withQuickReplies(textMessage(texts.changed), [askForPoints(turn)]))
  const { points: has } = await standingOf(work.tx, customer.id, work.now)
  if (has < points) return turn.say(textMessage(texts.tooFew(texts.points(points - has))))
  const sure = texts.sure(texts.points(points), offer.title[customer.locale], texts.points(has - points))
  const data = exchangePostback.encode({ coupon, points, once: idOf('points', work.cause) })
  turn.say(
    withQuickReplies(textMessage(sure), [
      postbackAction({ label: texts.yes, data, displayText: texts.yes }),
      postbackAction({ label: texts.no, data: keepPostback.encode({}), displayText: texts.no })
    ])
  )
}

async function wished(
  { work }: LineTurn,
  programme: Programme,
  { coupon, points }: { coupon: string; points: number }
) {
  const offer: Offer | undefined = await findOffer(work.tx, programme, coupon)
  return offer?.points === points ? offer : undefined
}

async function exchange(turn: LineTurn, wish: { coupon: string; points: number; once: string }): Promise<void> {
  const { work, customer } = turn
  const texts = TEXTS[customer.locale]
  const done = await exchangePoints(work, { ...wish, customerId: customer.id, locale: customer.locale })
  const said = done.ok
    ? texts.exchanged(texts.points(wish.points), texts.points(done.value.left))
    : done.kind === 'too_few'
      ? texts.tooFew(texts.points(done.missing))
      : texts[done.kind]
  turn.say(withQuickReplies(textMessage(said), [askForPoints(turn)]))
}

function sayThereAreNone(turn: LineTurn): void {
  const { noProgramme, showCard, cardWord } = TEXTS[turn.customer.locale]
  turn.say(withQuickReplies(textMessage(noProgramme), [messageAction({ label: showCard, text: cardWord })]))
}

function askForPoints({ customer }: LineTurn) {
  const { showPoints: label, word } = TEXTS[customer.locale]
  return messageAction({ label, text: word })
}

async function viewOf({ work, customer }: LineTurn): Promise<View> {
  const brand = (await brandOf(work.tx)) ?? { name: { ja: '', en: '' }, colour: PLAIN_COLOUR }
  return { locale: customer.locale, timeZone: work.timeZone, brand }
}
