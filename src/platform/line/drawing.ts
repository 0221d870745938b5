import type { messagingApi } from '@line/bot-sdk'
import { mix } from '../../core/colour.ts'

/** What drawn messages are made of: those of all rooms look alike. */

/** Ink on white, from strong to faint; every one can be read (WCAG AA, 4.5 : 1). */
export const INK = { strong: '#2b2623', plain: '#5f5853', faint: '#766e68', line: '#e8e2dc' } as const

type Text = Omit<messagingApi.FlexText, 'type' | 'text' | 'contents'>
type Box = Omit<messagingApi.FlexBox, 'type' | 'layout' | 'contents'>

/** A piece of text. */
export function text(value: string, look: Text = {}): messagingApi.FlexText {
  return { type: 'text', text: value, ...look }
}

/** Things beside each other. */
export function row(contents: messagingApi.FlexComponent[], look: Box = {}): messagingApi.FlexBox {
  return { type: 'box', layout: 'horizontal', contents, ...look }
}

/** Things below each other. */
export function column(contents: messagingApi.FlexComponent[], look: Box = {}): messagingApi.FlexBox {
  return { type: 'box', layout: 'vertical', contents, ...look }
}

/** A coloured head; white text stands on it, so it only ever gets darker than `colour`. */
export function head(colour: string, contents: messagingApi.FlexComponent[]): messagingApi.FlexBox {
  const startColor = mix(colour, '#000000', 0.35)
  return column(contents, {
    paddingAll: '20px',
    background: { type: 'linearGradient', angle: '120deg', startColor, endColor: colour }
  })
}

/** "label … value" in one line. */
export function fact(label: string, value: string): messagingApi.FlexBox {
  return row([
    text(label, { size: 'sm', color: INK.faint, flex: 0 }),
    text(value, { size: 'sm', color: INK.strong, align: 'end', wrap: true, margin: 'md' })
  ])
}
