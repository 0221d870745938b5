import type { messagingApi } from '@line/bot-sdk'
import { truncate } from '../../../core/text.ts'
import { flexMessage, LIMITS, type LineMessage } from '../../../platform/line/index.ts'
import type { View } from '../../coupons/index.ts'
import type { StampCard } from '../rules/stamp-card.ts'
import { altTextOf, type CardHeading, cardBubble } from './card-view.ts'

/** A card that is shown, and what stands above its stamps. */
export interface ShownCard {
  readonly card: StampCard
  readonly heading?: CardHeading
}

/** One card, or several to leaf through: in as many messages as LINE's limits ask for. */
export function cardMessages(shown: readonly ShownCard[], view: View): LineMessage[] {
  const pages = pagesOf(shown.map((one) => ({ ...one, bubble: cardBubble(one.card, view, one.heading) })))
  return pages.map((page) => {
    const altText = page.map(({ card, heading }) => heading?.altText ?? altTextOf(card, view)).join('\n')
    const [first, ...more] = page.map(({ bubble }) => bubble)
    const contents =
      first && more.length === 0 ? first : ({ type: 'carousel', contents: page.map(({ bubble }) => bubble) } as const)
    return flexMessage({ altText: truncate(altText, LIMITS.altTextUnits), contents })
  })
}

/** Room for what a carousel needs around its bubbles. */
const PAGE_BYTES = LIMITS.carouselBytes - 1_000

function pagesOf<Shown extends { readonly bubble: messagingApi.FlexBubble }>(shown: readonly Shown[]): Shown[][] {
  const pages: { bytes: number; cards: Shown[] }[] = []
  for (const one of shown) {
    const bytes = new TextEncoder().encode(JSON.stringify(one.bubble)).length + 1
    const page = pages.at(-1)
    if (page && page.cards.length < LIMITS.carouselBubbles && page.bytes + bytes <= PAGE_BYTES) {
      page.cards.push(one)
      page.bytes += bytes
    } else pages.push({ bytes, cards: [one] })
  }
  return pages.map(({ cards }) => cards)
}
