import type { messagingApi } from '@line/bot-sdk'
import type { Locale } from '../../../core/locale.ts'
import {
  column,
  fact,
  flexMessage,
  head,
  INK,
  type LineMessage,
  messageAction,
  row,
  text
} from '../../../platform/line/index.ts'
import type { Missing, Outlook } from '../rules/outlook.ts'
import { PERIOD } from '../rules/period.ts'
import { TEXTS } from './texts.ts'
import { dayText, lastDayText, missingText } from './words.ts'

/** What a customer's card of their tier shows. */
export interface TierCard extends Outlook {
  /** What counts: "365d" or "12 months". */
  readonly window: string
  /** The shop's name; undefined = not known. */
  readonly brand: string | undefined
}

/** A tier in its colour: since and until when, what is missing to the next one, and what both bring. */
export function tierMessage(card: TierCard, locale: Locale): LineMessage {
  const { tier, next } = card
  const missing = next && missingText(next, locale)
  const ahead = missing ? TEXTS[locale].toGo(missing) : undefined
  const altText = `${TEXTS[locale].altText(tier.name[locale])} ${ahead && next ? `${ahead}${next.tier.name[locale]}` : ''}`
  const bubble: messagingApi.FlexBubble = {
    type: 'bubble',
    header: header(card, locale),
    body: column([...aheadOf(card, ahead, locale), ...benefits(card, locale), ...facts(card, locale)], {
      spacing: 'md',
      paddingAll: '16px'
    }),
    footer: footer(card, locale)
  }
  return flexMessage({ altText: altText.trim(), contents: bubble })
}

function header({ tier, brand, next }: TierCard, locale: Locale): messagingApi.FlexBox {
  const heading = [brand, TEXTS[locale].title].filter((part) => part !== undefined).join(' ')
  return head(tier.colour, [
    text(heading, { size: 'sm', color: '#ffffff', wrap: true }),
    text(tier.name[locale], { size: 'xxl', weight: 'bold', color: '#ffffff', wrap: true, margin: 'sm' }),
    ...(next ? [progressBar(next)] : [])
  ])
}

function progressBar({ doneRate }: Missing): messagingApi.FlexBox {
  // Full is only who has reached it.
  const percent = Math.min(99, Math.round(doneRate * 100))
  const look = { height: '6px', cornerRadius: '3px' }
  const done = column([], { ...look, width: `${percent}%`, backgroundColor: '#ffffff' })
  return column(percent > 0 ? [done] : [], { ...look, margin: 'lg', backgroundColor: '#ffffff4d' })
}

function aheadOf(
  { tier, next, grace }: TierCard,
  ahead: string | undefined,
  locale: Locale
): messagingApi.FlexComponent[] {
  const texts = TEXTS[locale]
  const lines: messagingApi.FlexComponent[] = []
  const toKeep = grace && missingText(grace.missing, locale)
  if (grace && toKeep) {
    const line = texts.toKeep(toKeep, lastDayText(grace.until, locale))
    lines.push(text(line, { size: 'sm', weight: 'bold', color: INK.strong, wrap: true }))
  }
  // A line each, so that neither breaks inside a word of the other.
  if (ahead && next) {
    lines.push(text(ahead.trim(), { size: 'sm', color: INK.plain, wrap: true }))
    lines.push(
      text(next.tier.name[locale], { size: 'lg', weight: 'bold', color: next.tier.colour, wrap: true, margin: 'xs' })
    )
  }
  if (!next) lines.push(text(texts.top, { size: 'sm', weight: 'bold', color: tier.colour, wrap: true }))
  return lines
}

function benefits({ tier, next }: TierCard, locale: Locale): messagingApi.FlexComponent[] {
  const texts = TEXTS[locale]
  return [
    ...benefitList(texts.benefits, tier, locale),
    ...(next ? benefitList(texts.nextBenefits(next.tier.name[locale]), next.tier, locale) : [])
  ]
}

function benefitList(title: string, { benefits, colour }: Outlook['tier'], locale: Locale): messagingApi.FlexBox[] {
  if (benefits.length === 0) return []
  const lines = benefits.map((benefit) =>
    row([
      text('●', { size: 'xxs', color: colour, flex: 0, gravity: 'center' }),
      text(benefit[locale], { size: 'sm', color: INK.plain, wrap: true, margin: 'sm' })
    ])
  )
  return [column([text(title, { size: 'xs', color: INK.faint, wrap: true }), ...lines], { spacing: 'sm' })]
}

function facts({ since, keptUntil, grace, window }: TierCard, locale: Locale): messagingApi.FlexComponent[] {
  const texts = TEXTS[locale]
  const until = grace?.until ?? keptUntil
  const [, amount, unit] = PERIOD.exec(window) ?? []
  const counted = texts.counted(texts.window(Number(amount), unit === 'd' ? 'days' : 'months'))
  return [
    { type: 'separator', margin: 'lg', color: INK.line },
    ...(since ? [fact(texts.since, dayText(since, locale))] : []),
    ...(until ? [fact(texts.keptUntil, lastDayText(until, locale))] : []),
    text(counted, { size: 'xxs', color: INK.faint, wrap: true })
  ]
}

function footer({ tier }: TierCard, locale: Locale): messagingApi.FlexBox {
  const { showCoupons, couponWord } = TEXTS[locale]
  const action = messageAction({ label: showCoupons, text: couponWord })
  return column([{ type: 'button', style: 'link', color: tier.colour, height: 'sm', action }], {
    paddingAll: '16px',
    paddingTop: 'none'
  })
}
