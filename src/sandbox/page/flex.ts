import {
  button,
  growth,
  image,
  placeOf,
  type Style,
  type Surroundings,
  type Tap,
  tappable,
  textComponent
} from './flex-leaves.ts'
import { color, gradient, length, safeUrl } from './flex-values.ts'
import { type Json, record, records, text } from './json.ts'
import { type Child, type Element, h } from './node.ts'

const SMALL_BUBBLES = ['nano', 'micro', 'deca', 'hecto', 'kilo']
const JUSTIFIED = ['flex-start', 'center', 'flex-end', 'space-between', 'space-around', 'space-evenly']

/** A Flex container (bubble or carousel) as LINE shows it. */
export function flexView(container: unknown, tap: Tap): Element {
  const it = record(container)
  if (it.type === 'carousel')
    return h(
      'div',
      { class: 'fx-carousel' },
      records(it.contents).map((inner) => bubble(inner, tap))
    )
  return bubble(it, tap)
}

function bubble(it: Json, tap: Tap): Element {
  const padding = SMALL_BUBBLES.includes(text(it.size)) ? '13px' : '20px'
  const part = (name: string, inner: string): Child | false => {
    if (!it[name]) return false
    const style = record(record(it.styles)[name])
    const line = style.separator ? `1px solid ${color(style.separatorColor) ?? '#d4d6da'}` : undefined
    const look = { 'background-color': color(style.backgroundColor), 'border-top': line }
    const content = record(it[name])
    const around: Surroundings = { direction: 'vertical', first: true, spacing: undefined, tap }
    const view = content.type === 'box' ? box(content, {}, { tap, padding: inner }) : component(content, around)
    return h('div', { class: `fx-${name}`, style: look }, view)
  }
  const width = length(it.size ?? 'mega', 'bubble') ?? '300px'
  const props = { class: 'fx-bubble', style: { width }, attrs: { dir: it.direction === 'rtl' ? 'rtl' : 'ltr' } }
  return h(
    'div',
    tappable(props, it.action, tap),
    part('header', padding),
    part('hero', '0'),
    part('body', padding),
    part('footer', '10px')
  )
}

function component(it: Json, around: Surroundings): Element {
  const place = placeOf(it, around)
  switch (it.type) {
    case 'box': {
      const sized = (around.direction === 'vertical' ? it.height : it.width) !== undefined
      return box(it, { ...place, flex: growth(it, around, sized) }, { tap: around.tap })
    }
    case 'text':
      return textComponent(it, place, around)
    case 'button':
      return button(it, place, around)
    case 'image':
      return image(it, { ...place, flex: growth(it, around, false) }, around.tap)
    case 'icon':
      return h('img', {
        class: 'fx-icon',
        style: { ...place, height: length(it.size ?? 'md', 'font') },
        attrs: { alt: '', src: safeUrl(it.url) }
      })
    case 'separator':
      return h('div', {
        class: `fx-line ${around.direction}`,
        style: { ...place, 'background-color': color(it.color) }
      })
    case 'filler':
      return h('div', { style: { ...place, flex: '1 0 0' } })
    case 'spacer':
      return h('div', { style: place })
    default:
      return h('div', { class: 'fx-unknown' }, `[${text(it.type)}]`)
  }
}

function box(it: Json, style: Style, { tap, padding }: { tap: Tap; padding?: string }): Element {
  const vertical = it.layout === 'vertical'
  const justify = JUSTIFIED.includes(text(it.justifyContent)) ? text(it.justifyContent) : undefined
  const align = JUSTIFIED.includes(text(it.alignItems)) ? text(it.alignItems) : undefined
  const border = it.borderWidth
    ? `${length(it.borderWidth, 'border') ?? '1px'} solid ${color(it.borderColor) ?? 'transparent'}`
    : undefined
  const look = {
    ...style,
    'flex-direction': vertical ? 'column' : 'row',
    'align-items': it.layout === 'baseline' ? 'baseline' : align,
    'justify-content': justify,
    'background-color': color(it.backgroundColor),
    'background-image': gradient(record(it.background)),
    'border-radius': length(it.cornerRadius),
    border,
    width: length(it.width),
    height: length(it.height),
    'max-width': length(it.maxWidth),
    'max-height': length(it.maxHeight),
    ...paddings(it, padding)
  }
  const contents = records(it.contents).map((inner, index) =>
    component(inner, { direction: vertical ? 'vertical' : 'horizontal', first: index === 0, spacing: it.spacing, tap })
  )
  return h('div', tappable({ class: 'fx-box', style: look }, it.action, tap), contents)
}

function paddings(it: Json, padding: string | undefined): Style {
  return {
    padding: length(it.paddingAll) ?? padding,
    'padding-top': length(it.paddingTop),
    'padding-bottom': length(it.paddingBottom),
    'padding-left': length(it.paddingStart),
    'padding-right': length(it.paddingEnd)
  }
}
