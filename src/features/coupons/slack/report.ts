import type { KnownBlock } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { formatYen } from '../../../core/money.ts'
import { formatDate } from '../../../core/time.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { actions, button, context, escapeMrkdwn, mentionOf, section } from '../../../platform/slack/index.ts'
import { currentCoupons, type Offer, offerOf } from '../store/coupons.ts'
import { type CouponPause, findPauses } from '../store/pauses.ts'
import { type CouponTally, salesWithCoupons, tallyCoupons } from '../store/report.ts'
import { ACTION } from './ids.ts'
import { REPORT_TEXTS } from './report-texts.ts'
import type { Reader } from './views.ts'

/** A coupon with its figures. */
interface Reported extends Offer {
  readonly key: string
  readonly tally: CouponTally | undefined
  readonly pause: CouponPause | undefined
  readonly salesYen: number
}

/** As many as a message shows. */
const SHOWN = 15

/** All coupons with their figures: those that are given first, then those that were given most. */
export async function reportCoupons(tx: Tx, { now, timeZone }: Reader): Promise<Reported[]> {
  const [current, tallies] = [await currentCoupons(tx), await tallyCoupons(tx, now)]
  const [pauses, sales] = [await findPauses(tx), await salesWithCoupons(tx, timeZone)]
  const offers = new Map<string, Offer>(current.map(({ key, title }) => [key, { title, isGiven: true }]))
  for (const [key, tally] of tallies) if (!offers.has(key)) offers.set(key, await offerOf(tx, tally))
  return [...offers]
    .map(([key, offer]) => ({
      ...{ key, ...offer, tally: tallies.get(key), pause: pauses.get(key) },
      salesYen: sales.get(key) ?? 0
    }))
    .toSorted((a, b) => Number(b.isGiven) - Number(a.isGiven) || granted(b) - granted(a))
}

const granted = ({ tally }: Reported) => tally?.granted ?? 0

/** The list, with what managers can do. */
export function reportBlocks(reported: readonly Reported[], reader: Reader, isManager: boolean): KnownBlock[] {
  const texts = REPORT_TEXTS[reader.locale]
  const hidden = reported.length - SHOWN
  const create = button({ text: texts.create, actionId: ACTION.create, value: 'new', style: 'primary' })
  return [
    ...(reported.length === 0 ? [section(texts.none)] : []),
    ...reported.slice(0, SHOWN).map((one) => couponSection(one, reader, isManager)),
    ...(isManager ? [actions([create])] : []),
    ...(reported.length > 0 ? [context([texts.salesHow, ...(hidden > 0 ? [texts.more(hidden)] : [])])] : [])
  ]
}

function couponSection(one: Reported, reader: Reader, isManager: boolean): KnownBlock {
  const { key, title, pause } = one
  const texts = REPORT_TEXTS[reader.locale]
  const action = pause ? ACTION.resume : ACTION.pause
  const accessory = button({ text: pause ? texts.resume : texts.pause, actionId: action, value: key })
  const name = title ? `*${escapeMrkdwn(title[reader.locale])}*  ` : ''
  const text = [`${name}\`${escapeMrkdwn(key)}\` ${stateText(one, reader)}`, ...figures(one, reader.locale)].join('\n')
  return section(text, isManager ? { accessory } : {})
}

function stateText({ isGiven, pause }: Reported, { locale, timeZone }: Reader): string {
  const texts = REPORT_TEXTS[locale]
  if (pause) return texts.paused(formatDate(pause.pausedAt, locale, timeZone), mentionOf(pause.pausedBy))
  return isGiven ? texts.running : texts.ended
}

function figures({ tally, salesYen }: Reported, locale: Locale): string[] {
  const texts = REPORT_TEXTS[locale]
  if (!tally) return [texts.counts(0, 0, '–')]
  const rate = `${((tally.used / tally.granted) * 100).toFixed(1)}%`
  return [
    `${texts.counts(tally.granted, tally.used, rate)} ・ ${texts.sales(formatYen(salesYen))}`,
    texts.rest(tally.held, tally.expired, tally.withdrawn)
  ]
}
