import type { messagingApi } from '@line/bot-sdk'
import { mix } from '../../../core/colour.ts'
import type { Locale } from '../../../core/locale.ts'
import { dayOf, formatDay, lastDayOf } from '../../../core/time.ts'
import {
  column,
  fact,
  head,
  INK,
  messageAction,
  QR_READER,
  row,
  text,
  uriAction
} from '../../../platform/line/index.ts'
import type { View } from '../../coupons/index.ts'
import { nextReward, rewardsOf, type Stamp, type StampCard } from '../rules/stamp-card.ts'
import { TEXTS } from './texts.ts'

const CELLS_PER_ROW = 5
const CELL_PX = 42

/** What stands above the stamps: a thank-you, a congratulation; and what notifications say. */
export interface CardHeading {
  readonly line?: string
  readonly altText?: string
}

/** What stands in the chat list. */
export function altTextOf(card: StampCard, { locale }: View): string {
  const [way, gift] = nextOf(card, locale)
  return `${card.look.brand[locale]} ${card.definition.title[locale]} ${countOf(card)} ${way} ${gift}`
}

/** A stamp card: brand, count, progress, the stamps with their dates, what is next, and how to get the next stamp. */
export function cardBubble(card: StampCard, view: View, heading: CardHeading = {}): messagingApi.FlexBubble {
  return {
    type: 'bubble',
    header: header(card, view.locale),
    body: column([...headingLine(heading), ...grid(card, view), ...facts(card, view)], {
      spacing: 'md',
      paddingAll: '16px'
    }),
    footer: footer(card.look.colour, view.locale)
  }
}

/** "7 / 10" */
export function countOf({ stamps, definition }: StampCard): string {
  return `${stamps.length} / ${definition.goal}`
}

/** How far it is, and to what: a line each, so that neither breaks inside a word of the other. */
function nextOf(card: StampCard, locale: Locale): readonly [string, string] {
  const next = nextReward(card)
  const gift = next ?? rewardsOf(card.definition).at(-1)
  const way = next ? TEXTS[locale].toGo(next.at - card.stamps.length) : TEXTS[locale].complete
  return [way, gift?.terms.title[locale] ?? '']
}

function header(card: StampCard, locale: Locale): messagingApi.FlexBox {
  const { title } = card.definition
  const { brand, colour } = card.look
  return head(colour, [
    text(brand[locale], { size: 'sm', color: '#ffffff' }),
    row(
      [
        text(title[locale], { size: 'xl', weight: 'bold', color: '#ffffff', flex: 1, wrap: true }),
        text(countOf(card), { size: 'xl', weight: 'bold', color: '#ffffff', flex: 0, gravity: 'bottom' })
      ],
      { margin: 'sm' }
    ),
    progressBar(card)
  ])
}

function progressBar({ stamps, definition }: StampCard): messagingApi.FlexBox {
  const percent = Math.min(100, Math.round((stamps.length / definition.goal) * 100))
  const look = { height: '6px', cornerRadius: '3px' }
  const done = column([], { ...look, width: `${percent}%`, backgroundColor: '#ffffff' })
  return column(percent > 0 ? [done] : [], { ...look, margin: 'md', backgroundColor: '#ffffff4d' })
}

function headingLine({ line }: CardHeading): messagingApi.FlexComponent[] {
  return line === undefined ? [] : [text(line, { size: 'xs', weight: 'bold', color: INK.strong, wrap: true })]
}

function grid(card: StampCard, view: View): messagingApi.FlexBox[] {
  const { goal } = card.definition
  const gifts = new Set(rewardsOf(card.definition).map(({ at }) => at))
  return Array.from({ length: Math.ceil(goal / CELLS_PER_ROW) }, (_, line) =>
    row(
      Array.from({ length: CELLS_PER_ROW }, (_cell, place) => {
        const position = line * CELLS_PER_ROW + place + 1
        return cell(card, { position, hasGift: gifts.has(position) }, view)
      }),
      { margin: line === 0 ? 'md' : 'sm' }
    )
  )
}

interface Place {
  readonly position: number
  readonly hasGift: boolean
}

/** One place of the card; beyond the goal it is empty, so that the last row keeps its columns. */
function cell(card: StampCard, place: Place, view: View): messagingApi.FlexBox {
  if (place.position > card.definition.goal) return column([], { flex: 1 })
  const stamp = card.stamps[place.position - 1]
  const mark = stamp ? filled(card.look.colour) : empty(place)
  return column(stamp ? [mark, dateLabel(stamp, view)] : [mark], { flex: 1, alignItems: 'center' })
}

const CIRCLE = {
  width: `${CELL_PX}px`,
  height: `${CELL_PX}px`,
  cornerRadius: `${CELL_PX / 2}px`,
  justifyContent: 'center',
  alignItems: 'center',
  flex: 0
} as const

function filled(colour: string): messagingApi.FlexBox {
  return column([text('✓', { color: '#ffffff', weight: 'bold', size: 'lg', align: 'center', flex: 0 })], {
    ...CIRCLE,
    backgroundColor: mix(colour, '#ffffff', 0.1)
  })
}

function empty({ position, hasGift }: Place): messagingApi.FlexBox {
  const mark = hasGift ? '🎁' : String(position)
  const look = { ...CIRCLE, backgroundColor: '#ffffff', borderWidth: '2px', borderColor: INK.line }
  return column([text(mark, { color: INK.faint, size: 'sm', align: 'center', flex: 0 })], look)
}

function dateLabel({ grantedAt }: Stamp, { timeZone }: View): messagingApi.FlexText {
  const [, month, day] = dayOf(grantedAt, timeZone).split('-')
  return text(`${Number(month)}/${Number(day)}`, { size: 'xxs', color: INK.plain, align: 'center', margin: 'xs' })
}

function facts(card: StampCard, { locale, timeZone }: View): messagingApi.FlexComponent[] {
  const until = card.expiresAt ? formatDay(lastDayOf(card.expiresAt), locale, timeZone) : TEXTS[locale].noEnd
  const [way, gift] = nextOf(card, locale)
  const shops = card.look.shops.map((name) => name[locale]).join(TEXTS[locale].comma)
  return [
    { type: 'separator', margin: 'lg', color: INK.line },
    text(way, { size: 'sm', color: INK.plain }),
    text(gift, { size: 'md', weight: 'bold', color: card.look.colour, wrap: true, margin: 'xs' }),
    fact(TEXTS[locale].validUntil, until),
    ...(shops ? [fact(TEXTS[locale].shops, shops)] : [])
  ]
}

function footer(colour: string, locale: Locale): messagingApi.FlexBox {
  const texts = TEXTS[locale]
  const scan = uriAction({ label: texts.scan, uri: QR_READER })
  const coupons = messageAction({ label: texts.showCoupons, text: texts.couponWord })
  return column(
    [
      { type: 'button', style: 'primary', color: colour, height: 'sm', action: scan },
      { type: 'button', style: 'link', color: colour, height: 'sm', action: coupons },
      text(texts.howToType, { size: 'xxs', color: INK.faint, wrap: true })
    ],
    { spacing: 'sm', paddingAll: '16px', paddingTop: 'none' }
  )
}
