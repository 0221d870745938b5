import type { messagingApi } from '@line/bot-sdk'
import type { Locale, LocaleText } from '../../../core/locale.ts'
import { formatCount } from '../../../core/money.ts'
import { formatDate, formatDay, lastDayOf } from '../../../core/time.ts'
import {
  column,
  flexMessage,
  head,
  INK,
  type LineAction,
  type LineMessage,
  postbackAction,
  row,
  text
} from '../../../platform/line/index.ts'
import type { Standing } from '../glance.ts'
import type { EarnRule, PointsDefinition } from '../rules/definition.ts'
import type { StatementLine, StatementPlace } from '../store/statement.ts'
import { choosePostback, statementPostback } from './postbacks.ts'
import { TEXTS } from './texts.ts'

/** How points are looked at. */
export interface View {
  readonly locale: Locale
  readonly timeZone: string
  /** Of the shop; a colour that white text can be read on. */
  readonly brand: { readonly name: LocaleText; readonly colour: string }
}

/** Something to be had for points. */
export interface Offer {
  readonly points: number
  /** Key of the coupon, and what it gives. */
  readonly coupon: string
  readonly title: LocaleText
}

/** All that the points' card shows. */
export interface PointsCard {
  readonly definition: PointsDefinition
  readonly standing: Standing
  /** The newest lines, and whether there are older ones. */
  readonly lines: readonly StatementLine[]
  readonly older: StatementPlace | undefined
  readonly offers: readonly Offer[]
}

const BODY = { spacing: 'md', paddingAll: '16px' } as const
const FOOTER = { spacing: 'sm', paddingAll: '16px', paddingTop: 'none' } as const

/** The balance, what runs out next, what came and went lately, and what can be had. */
export function pointsMessage(card: PointsCard, view: View): LineMessage {
  const { definition, standing, lines, older, offers } = card
  const { locale, brand } = view
  const texts = TEXTS[locale]
  const name = definition.name[locale]
  const buttons = [
    ...offers.flatMap((offer) => offerParts(offer, view)),
    ...(older ? [button(statementAction(texts.showStatement, older), brand.colour, 'link')] : [])
  ]
  const contents: messagingApi.FlexBubble = {
    type: 'bubble',
    header: heading(name, standing, view),
    body: column(
      [...standingParts(standing, view), ...(lines.length > 0 ? recent(lines, view) : howTo(card, locale))],
      BODY
    ),
    ...(buttons.length > 0 && { footer: column(buttons, FOOTER) })
  }
  return flexMessage({ altText: texts.have(name, texts.points(standing.points)), contents })
}

/** A page of what came and went. */
export function statementMessage(
  { definition, lines, older }: Pick<PointsCard, 'definition' | 'lines' | 'older'>,
  view: View
): LineMessage {
  const texts = TEXTS[view.locale]
  const title = texts.statement(definition.name[view.locale])
  const contents: messagingApi.FlexBubble = {
    type: 'bubble',
    header: head(view.brand.colour, [text(title, { size: 'lg', weight: 'bold', color: '#ffffff', wrap: true })]),
    body: column(
      lines.map((line) => lineRow(line, view)),
      BODY
    ),
    ...(older && { footer: column([button(statementAction(texts.older, older), view.brand.colour, 'link')], FOOTER) })
  }
  return flexMessage({ altText: title, contents })
}

function heading(name: string, { points }: Standing, { locale, brand }: View): messagingApi.FlexBox {
  return head(brand.colour, [
    text(`${brand.name[locale]} ${name}`.trim(), { size: 'sm', color: '#ffffff', wrap: true }),
    text(TEXTS[locale].points(points), { size: 'xxl', weight: 'bold', color: '#ffffff', margin: 'sm' })
  ])
}

function standingParts(standing: Standing, { locale, timeZone }: View): messagingApi.FlexComponent[] {
  const { points, owed, next } = standing
  const texts = TEXTS[locale]
  const lastDay = next && formatDay(lastDayOf(next.endsAt), locale, timeZone)
  const ending = next && lastDay ? texts.until(texts.points(next.points), lastDay) : texts.noEnd
  const end = [
    text(texts.ending, { size: 'xs', color: INK.faint }),
    text(ending, { size: 'sm', color: INK.strong, wrap: true, margin: 'xs' })
  ]
  return [
    ...(points > 0 ? [column(end)] : []),
    ...(owed > 0 ? [text(texts.owed(texts.points(owed)), { size: 'xs', color: INK.plain, wrap: true })] : [])
  ]
}

function recent(lines: readonly StatementLine[], view: View): messagingApi.FlexComponent[] {
  return [
    { type: 'separator', margin: 'lg', color: INK.line },
    text(TEXTS[view.locale].recent, { size: 'xs', color: INK.faint, margin: 'lg' }),
    ...lines.map((line) => lineRow(line, view))
  ]
}

/** What, and below it when; how many at the right. */
function lineRow({ kind, points, at }: StatementLine, { locale, timeZone }: View): messagingApi.FlexBox {
  const day = formatDate(at, locale, timeZone)
  const what = column([
    text(TEXTS[locale].kinds[kind], { size: 'sm', color: INK.strong, wrap: true }),
    text(day, { size: 'xxs', color: INK.faint })
  ])
  const count = points > 0 ? `+${formatCount(points)}` : formatCount(points)
  const look = { size: 'sm', weight: 'bold', color: points > 0 ? INK.strong : INK.faint, align: 'end' } as const
  return row([what, text(count, { ...look, gravity: 'center', flex: 0, margin: 'md' })])
}

function howTo({ definition, standing }: PointsCard, locale: Locale): messagingApi.FlexComponent[] {
  const texts = TEXTS[locale]
  return [
    text(standing.points > 0 ? texts.howTo : texts.none, { size: 'sm', weight: 'bold', color: INK.strong, wrap: true }),
    ...definition.earn.map((rule) => text(`・${earnLine(rule, locale)}`, { size: 'sm', color: INK.plain, wrap: true }))
  ]
}

function earnLine(rule: EarnRule, locale: Locale): string {
  const { earn, points } = TEXTS[locale]
  if (rule.on === 'visit') return earn.visit(points(rule.points))
  if (rule.on === 'survey.answered') return earn.survey(points(rule.points))
  return rule.per_yen === undefined
    ? earn.perOrder(points(rule.points))
    : earn.perYen(rule.per_yen, points(rule.points))
}

function button(action: LineAction, color: string, style: 'primary' | 'link'): messagingApi.FlexButton {
  return { type: 'button', style, color, height: 'sm', action }
}

/** What can be had, above the button: a button has room for a few words only. */
function offerParts(offer: Offer, { locale, brand }: View): messagingApi.FlexComponent[] {
  return [
    text(offer.title[locale], { size: 'sm', weight: 'bold', color: INK.strong, wrap: true, margin: 'md' }),
    button(exchangeAction(offer, locale), brand.colour, 'primary')
  ]
}

function exchangeAction({ points, coupon }: Offer, locale: Locale): LineAction {
  const texts = TEXTS[locale]
  return postbackAction({
    label: texts.exchange(texts.points(points)),
    data: choosePostback.encode({ coupon, points }),
    displayText: texts.exchangeFor
  })
}

function statementAction(label: string, { at, id }: StatementPlace): LineAction {
  return postbackAction({ label, data: statementPostback.encode({ at: at.getTime(), id }), displayText: label })
}
