import { comparable } from '../../../core/text.ts'
import {
  type LineHandlers,
  type LineTurn,
  messageAction,
  textMessage,
  withQuickReplies
} from '../../../platform/line/index.ts'
import { checkCode, findShop, formatCode, readCode } from '../../shops/index.ts'
import { askToUse, couponAsked } from '../ask-to-use.ts'
import { callStaff } from '../call-staff.ts'
import { setAsked, validCoupons } from '../store/coupons.ts'
import { useCoupon } from '../use-coupon.ts'
import { COUPONS_SHOWN, couponsMessage, type View } from './coupon-view.ts'
import { callPostback, morePostback, stopPostback, usePostback } from './postbacks.ts'
import { TEXTS } from './texts.ts'
import { askedMessage, refusalMessage, usedMessage, walletAction } from './use-view.ts'

const WORDS = new Set(['クーポン', 'くーぽん', 'coupon', 'coupons'])

/** What a customer can do with coupons: see those that hold, and use one at a counter. */
export const lineHandlers: LineHandlers = {
  knows: (text) => WORDS.has(comparable(text)),
  texts: {
    code: takeCode,
    word: async (turn, text) => {
      if (!WORDS.has(comparable(text))) return false
      await showCoupons(turn)
      return true
    }
  },
  postbacks: [
    usePostback.handler((turn, { serial }) => ask(turn, serial)),
    callPostback.handler((turn, { serial }) => call(turn, serial)),
    stopPostback.handler(stop),
    morePostback.handler((turn, { skip }) => showCoupons(turn, skip))
  ]
}

const viewOf = ({ work, customer }: LineTurn): View => ({ locale: customer.locale, timeZone: work.timeZone })

async function showCoupons(turn: LineTurn, skip = 0): Promise<void> {
  const { work, customer, say } = turn
  const { noCoupons, noMore, showCard, cardWord } = TEXTS[customer.locale]
  const found = await validCoupons(work.tx, customer.id, { at: work.now, limit: COUPONS_SHOWN + 1, skip })
  const shown = found.slice(0, COUPONS_SHOWN)
  if (shown.length === 0) {
    const ask = messageAction({ label: showCard, text: cardWord })
    return say(withQuickReplies(textMessage(skip > 0 ? noMore : noCoupons), [ask]))
  }
  const next = found.length > COUPONS_SHOWN ? skip + COUPONS_SHOWN : undefined
  say(couponsMessage(shown, viewOf(turn), { next }))
}

async function ask(turn: LineTurn, serial: string): Promise<void> {
  const asked = await askToUse(turn.work, { customerId: turn.customer.id, serial })
  const view = viewOf(turn)
  turn.say(asked.ok ? askedMessage(asked.value, view) : refusalMessage(asked, view))
}

async function call(turn: LineTurn, serial: string): Promise<void> {
  const called = await callStaff(turn.work, { customerId: turn.customer.id, serial })
  const view = viewOf(turn)
  turn.say(called.ok ? textMessage(TEXTS[view.locale].called) : refusalMessage(called, view))
}

async function stop({ work, customer, say }: LineTurn): Promise<void> {
  await setAsked(work.tx, customer.id)
  say(withQuickReplies(textMessage(TEXTS[customer.locale].stopped), [walletAction(customer.locale)]))
}

/** A counter's code from who asked to use a coupon is for that; the code is left for a stamp from the same visit. */
async function takeCode(turn: LineTurn, text: string): Promise<boolean> {
  const { work, customer, ageMs, say } = turn
  const read = readCode(text)
  if (read?.kind !== 'code') return false
  const asked = await couponAsked(work, customer.id)
  if (!asked) return false
  const shop = await findShop(work.tx, work.cipher, read.code.shop)
  // The counters' pages run by business time, as all work does.
  const nowMs = work.now.getTime()
  const checked = shop && checkCode(read.code, shop.secret, { sentAtMs: nowMs - ageMs, nowMs })
  if (!shop || !checked?.ok) {
    say(textMessage(TEXTS[customer.locale].badCode))
    return true
  }
  await use(turn, { serial: asked.serial, shop: shop.id, code: formatCode(read.code) })
  return true
}

async function use(
  turn: LineTurn,
  { serial, shop, code }: { serial: string; shop: string; code: string }
): Promise<void> {
  const { work, customer, say } = turn
  const view = viewOf(turn)
  const { stampToo, cardWord } = TEXTS[view.locale]
  const buttons = [messageAction({ label: stampToo, text: `${cardWord} ${code}` }), walletAction(view.locale)]
  const used = await useCoupon(work, { customerId: customer.id, serial, shop }, (done) =>
    say(usedMessage(done, view, buttons))
  )
  if (used.ok) return
  // What cannot be used is not waiting for a code: the next one is for a stamp again.
  await setAsked(work.tx, customer.id)
  say(refusalMessage(used, view))
}
