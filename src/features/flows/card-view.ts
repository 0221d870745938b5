import type { messagingApi } from '@line/bot-sdk'
import { mix } from '../../core/colour.ts'
import {
  column,
  fitText,
  flexMessage,
  head,
  INK,
  type LineAction,
  type LineMessage,
  row,
  text
} from '../../platform/line/index.ts'
import type { FlowText, SayCard } from './rules/schema.ts'
import type { SaidView } from './said-view.ts'

/** Of shops that have chosen none: dark enough for white text. */
const DEFAULT_COLOUR = '#7a4b2a'
/** UTF-16 units: placeholders may have grown, a card must still fit LINE's 30 KB. */
const TITLE_UNITS = 200
const BODY_UNITS = 2000
const ALT_UNITS = 400

type Bubble = messagingApi.FlexBubble
type Part = messagingApi.FlexComponent

export interface CardView extends SaidView {
  /** What the buttons do, with their labels. */
  readonly actions: readonly LineAction[]
}

/** What the layouts are drawn from. */
interface Drawing {
  readonly title: string
  readonly body: string
  readonly image: string | undefined
  readonly brandName: string | undefined
  readonly colour: string
  readonly actions: readonly LineAction[]
}

/** A card in one of the layouts. Notifications show its title and text. */
export function cardMessage(card: SayCard, { locale, fill, brand, actions }: CardView): LineMessage {
  const title = fitText(fill(card.title), TITLE_UNITS)
  const body = fitText(fill(card.body), BODY_UNITS)
  const drawing: Drawing = {
    ...{ title, body, image: card.image, actions },
    brandName: brand?.name[locale],
    colour: brand?.colour ?? DEFAULT_COLOUR
  }
  const altText = fitText(card.layout === 'quote' ? `${body}\n${title}` : `${title}\n${body}`, ALT_UNITS)
  return flexMessage({ altText, contents: LAYOUTS[card.layout](drawing) })
}

/** Words with buttons under them. */
export function wordsMessage(words: FlowText, { fill, brand, actions }: CardView): LineMessage {
  const body = fitText(fill(words), BODY_UNITS)
  const colour = brand?.colour ?? DEFAULT_COLOUR
  const contents: Bubble = { type: 'bubble', body: page([paragraph(body)]), ...footer({ colour, actions }) }
  return flexMessage({ altText: fitText(body, ALT_UNITS), contents })
}

const LAYOUTS: Readonly<Record<SayCard['layout'], (drawing: Drawing) => Bubble>> = {
  photo: (drawing) => ({
    ...{ type: 'bubble', ...hero(drawing) },
    body: page([heading(drawing.title), paragraph(drawing.body)]),
    ...footer(drawing)
  }),
  plain: (drawing) => ({
    ...{ type: 'bubble', ...hero(drawing) },
    body: page([accent(drawing.colour), heading(drawing.title), paragraph(drawing.body)]),
    ...footer(drawing)
  }),
  coupon: (drawing) => ({
    ...{ type: 'bubble', ...hero(drawing), body: couponBody(drawing) },
    ...footer(drawing)
  }),
  quote: (drawing) => ({ type: 'bubble', body: quoteBody(drawing), ...footer(drawing) })
}

/** The picture over a card; a tap on it does what the first button does. */
function hero({ image, actions: [first] }: Drawing): Pick<Bubble, 'hero'> {
  if (image === undefined) return {}
  const picture: messagingApi.FlexImage = {
    type: 'image',
    url: image,
    size: 'full',
    aspectRatio: '20:13',
    aspectMode: 'cover'
  }
  return { hero: first ? { ...picture, action: first } : picture }
}

function page(contents: Part[]): messagingApi.FlexBox {
  return column(contents, { spacing: 'md', paddingAll: '20px' })
}

function heading(title: string): messagingApi.FlexText {
  return text(title, { size: 'lg', weight: 'bold', color: INK.strong, wrap: true })
}

function paragraph(body: string): messagingApi.FlexText {
  return text(body, { size: 'sm', color: INK.plain, wrap: true, lineSpacing: '6px' })
}

/** A short line in the shop's colour. */
function accent(colour: string): messagingApi.FlexBox {
  return column([], { width: '32px', height: '4px', cornerRadius: '2px', backgroundColor: colour })
}

/** The shop and what it gives on its colour, a dotted line as on a ticket, then how to use it. */
function couponBody({ title, body, brandName, colour }: Drawing): messagingApi.FlexBox {
  const shop = brandName === undefined ? [] : [text(brandName, { size: 'sm', color: '#ffffff', wrap: true })]
  const given = text(title, { size: 'xl', weight: 'bold', color: '#ffffff', wrap: true, margin: 'sm' })
  const tear = row(
    Array.from({ length: 16 }, () =>
      column([], { flex: 1, height: '2px', backgroundColor: mix(colour, '#ffffff', 0.6) })
    ),
    { spacing: 'sm', paddingStart: '20px', paddingEnd: '20px', margin: 'lg' }
  )
  return column(
    [head(colour, [...shop, given]), tear, column([paragraph(body)], { paddingAll: '20px', paddingTop: '16px' })],
    {
      paddingAll: 'none'
    }
  )
}

/** Somebody's words beside a line in the shop's colour, and under them whose they are. */
function quoteBody({ title, body, colour }: Drawing): messagingApi.FlexBox {
  const bar = column([], { width: '4px', cornerRadius: '2px', backgroundColor: colour, flex: 0 })
  const words = column(
    [
      text(body, { size: 'md', color: INK.strong, wrap: true, lineSpacing: '8px' }),
      text(`— ${title}`, { size: 'xs', color: INK.faint, wrap: true, margin: 'lg' })
    ],
    { flex: 1, paddingStart: '16px' }
  )
  return column([row([bar, words])], { paddingAll: '20px' })
}

/** The first button is what one is meant to do, the others stand back. */
function footer({ colour, actions }: Pick<Drawing, 'colour' | 'actions'>): Pick<Bubble, 'footer'> {
  if (actions.length === 0) return {}
  const buttons = actions.map((action, index): messagingApi.FlexButton => {
    const style = index === 0 ? 'primary' : 'link'
    return { type: 'button', style, color: colour, height: 'sm', action }
  })
  return { footer: column(buttons, { spacing: 'sm', paddingAll: '20px', paddingTop: 'none' }) }
}
