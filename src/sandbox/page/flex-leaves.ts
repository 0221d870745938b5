import { aspectRatio, color, length, safeUrl } from './flex-values.ts'
import { type Json, record, records, text } from './json.ts'
import { type Element, h, type Props } from './node.ts'

/** Runs a LINE action (postback, message, uri) that was tapped. */
export type Tap = (action: Json) => void

/** What a component needs to know of the box around it. */
export interface Surroundings {
  readonly direction: 'vertical' | 'horizontal'
  readonly first: boolean
  readonly spacing: unknown
  readonly tap: Tap
}

export type Style = Readonly<Record<string, string | undefined>>

const TALL_BUTTON_PX = 52
const LOW_BUTTON_PX = 40
const SIDES = new Map(Object.entries({ start: 'flex-start', end: 'flex-end', center: 'center' }))
const ALIGNMENTS = new Map(Object.entries({ start: 'left', end: 'right', center: 'center' }))
const WEIGHTS = new Map(Object.entries({ bold: '700', regular: '400' }))
const GRAVITIES = new Map(Object.entries({ top: 'flex-start', center: 'center', bottom: 'flex-end' }))

/** Text, plain or in spans. */
export function textComponent(it: Json, place: Style, around: Surroundings): Element {
  const lines = it.wrap && Number.isInteger(it.maxLines) && Number(it.maxLines) > 0 ? String(it.maxLines) : undefined
  const style = {
    ...place,
    ...letters(it),
    flex: growth(it, around, false),
    'font-size': length(it.size ?? 'md', 'font'),
    'text-align': ALIGNMENTS.get(text(it.align)),
    'align-self': around.direction === 'horizontal' ? GRAVITIES.get(text(it.gravity)) : undefined,
    '-webkit-line-clamp': lines,
    display: lines ? '-webkit-box' : undefined
  }
  const spans = records(it.contents).map((span) =>
    h('span', { style: { ...letters(span), 'font-size': length(span.size, 'font') } }, text(span.text))
  )
  const props = { class: it.wrap ? 'fx-text fx-wrap' : 'fx-text', style }
  return h('div', tappable(props, it.action, around.tap), spans.length > 0 ? spans : text(it.text))
}

/** A button of any of LINE's three styles. */
export function button(it: Json, place: Style, around: Surroundings): Element {
  const kind = ['primary', 'secondary'].includes(text(it.style)) ? text(it.style) : 'link'
  const style = {
    ...place,
    flex: growth(it, around, false),
    height: `${it.height === 'sm' ? LOW_BUTTON_PX : TALL_BUTTON_PX}px`,
    'background-color': kind === 'link' ? undefined : color(it.color),
    color: kind === 'link' ? color(it.color) : undefined
  }
  const action = record(it.action)
  return h(
    'button',
    { class: `fx-button ${kind}`, style, attrs: { type: 'button' }, on: { click: () => around.tap(action) } },
    text(action.label)
  )
}

/** An image; one whose address is not safe leaves its place empty. */
export function image(it: Json, place: Style, tap: Tap): Element {
  const url = safeUrl(it.url)
  const look = {
    width: it.size === 'full' ? '100%' : length(it.size ?? 'md', 'image'),
    'aspect-ratio': aspectRatio(it.aspectRatio),
    'background-color': color(it.backgroundColor),
    // A URL's href has no quotes or line breaks in it, but may have brackets and apostrophes.
    'background-image': url ? `url("${url.replace(/["'()\\]/g, percentEncoded)}")` : undefined,
    'background-size': it.aspectMode === 'cover' ? 'cover' : 'contain'
  }
  const style = { ...place, 'justify-content': SIDES.get(text(it.align)) ?? 'center' }
  return h('div', tappable({ class: 'fx-image', style }, it.action, tap), h('span', { style: look }))
}

/** Where a component stands: its distance to the one before it, and its offsets. */
export function placeOf(it: Json, { direction, first, spacing }: Surroundings): Style {
  const gap = length(it.margin ?? (first ? undefined : spacing))
  const margin = { [direction === 'vertical' ? 'margin-top' : 'margin-left']: gap }
  const offsets = {
    top: length(it.offsetTop),
    left: length(it.offsetStart),
    right: length(it.offsetEnd),
    bottom: length(it.offsetBottom)
  }
  if (it.position === 'absolute') return { ...margin, position: 'absolute', ...offsets }
  return Object.values(offsets).some(Boolean) ? { ...margin, position: 'relative', ...offsets } : margin
}

/** How much of the box's room a component takes, as a CSS flex value. */
export function growth(it: Json, { direction }: Surroundings, sized: boolean): string {
  const share = typeof it.flex === 'number' ? it.flex : sized || direction === 'vertical' ? 0 : 1
  return share === 0 ? '0 0 auto' : `${share} 1 0`
}

function letters(it: Json): Style {
  const weight = WEIGHTS.get(text(it.weight))
  const decoration = ['underline', 'line-through'].includes(text(it.decoration)) ? text(it.decoration) : undefined
  return {
    color: color(it.color),
    'font-weight': weight,
    'font-style': it.style === 'italic' ? 'italic' : undefined,
    'text-decoration': decoration
  }
}

/** The same element, but one that can be tapped and reached by keyboard. */
export function tappable(props: Props, action: unknown, tap: Tap): Props {
  const it = record(action)
  if (!it.type) return props
  const press = (event: Event): void => {
    if (event.type === 'keydown' && !isPress(event)) return
    event.preventDefault()
    event.stopPropagation()
    tap(it)
  }
  const attrs = { ...props.attrs, role: 'button', tabindex: 0, 'aria-label': text(it.label) || undefined }
  return { ...props, class: `${props.class ?? ''} tappable`, attrs, on: { click: press, keydown: press } }
}

function isPress(event: Event): boolean {
  return 'key' in event && (event.key === 'Enter' || event.key === ' ')
}

/** Unlike encodeURIComponent, which leaves quotes and brackets as they are. */
function percentEncoded(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`
}
