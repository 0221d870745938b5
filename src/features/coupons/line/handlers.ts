import { comparable } from '../../../core/text.ts'
import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  textMessage,
  withQuickReplies
} from '../../../platform/line/index.ts'
import { validCoupons } from '../store/coupons.ts'
import { COUPONS_SHOWN, couponsMessage } from './coupon-view.ts'
import { TEXTS } from './texts.ts'

const WORDS = new Set(['クーポン', 'くーぽん', 'coupon', 'coupons'])

/** What a customer can do with coupons: see those that hold. */
export const lineHandlers: LineHandlers = {
  knows: (text) => WORDS.has(comparable(text)),
  texts: {
    word: async (turn, text) => {
      if (!WORDS.has(comparable(text))) return false
      await showCoupons(turn)
      return true
    }
  }
}

async function showCoupons({ work, customer, say }: LineTurn): Promise<void> {
  const { locale } = customer
  const coupons = await validCoupons(work.tx, customer.id, { at: work.now, limit: COUPONS_SHOWN })
  const { noCoupons, showCard, cardWord } = TEXTS[locale]
  const ask = messageAction({ label: showCard, text: cardWord })
  say(
    coupons.length > 0
      ? couponsMessage(coupons, { locale, timeZone: work.timeZone })
      : withQuickReplies(textMessage(noCoupons), [ask])
  )
}
