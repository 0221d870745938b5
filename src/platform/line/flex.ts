import type { messagingApi } from '@line/bot-sdk'
import { storable } from '../../core/text.ts'
import { checkFlexParts } from './flex-parts.ts'
import { LIMITS, requireBytes, requireItems, requireUnits } from './limits.ts'
import { type LineMessage, markChecked } from './message.ts'

/** A drawn message. `altText` (1–1,500 UTF-16 units) is what notifications and the chat list show. */
export interface FlexParts {
  readonly altText: string
  readonly contents: messagingApi.FlexContainer
}

/** A Flex message: a bubble of at most 30 KB, or a carousel of 1–12 bubbles and at most 50 KB. */
export function flexMessage({ altText, contents }: FlexParts): LineMessage {
  const sendable = storable(altText)
  requireUnits('altText', sendable, LIMITS.altTextUnits)
  checkContainer(contents)
  return markChecked({ type: 'flex', altText: sendable, contents })
}

function checkContainer(contents: messagingApi.FlexContainer): void {
  const bubbles = contents.type === 'carousel' ? contents.contents : [contents]
  requireItems('contents', bubbles, LIMITS.carouselBubbles)
  for (const [index, bubble] of bubbles.entries()) checkBubble(`contents[${index}]`, bubble)
  requireBytes('contents', contents, LIMITS.carouselBytes)
}

function checkBubble(path: string, bubble: messagingApi.FlexBubble): void {
  requireBytes(path, bubble, LIMITS.bubbleBytes)
  checkFlexParts(path, bubble)
}
