import type { View } from './actions.ts'
import { icon } from './icons.ts'
import { type Element, h } from './node.ts'
import type { ChatMenu, Choice, MenuArea } from './state.ts'

/** At most this much of the window's height, so that something is left of the chat. */
const MOST_OF_WINDOW_VH = 33

/** The menu below a chat, as LINE shows it: its picture, whose parts can be tapped, over the bar that folds it. */
export function menuView(menu: ChatMenu, choice: Choice, view: View): Element {
  const fold = () => view.act.choose({ menuFolded: !choice.menuFolded })
  const attrs = { type: 'button', 'aria-expanded': choice.menuFolded ? 'false' : 'true', 'data-testid': 'menu-bar' }
  return h(
    'nav',
    { key: 'menu', class: choice.menuFolded ? 'rich-menu folded' : 'rich-menu', attrs: { 'data-testid': 'menu' } },
    choice.menuFolded ? undefined : picture(menu, view),
    h('button', { class: 'rich-menu-bar', attrs, on: { click: fold } }, menu.bar, icon('back', 14))
  )
}

function picture({ picture: src, size, areas }: ChatMenu, view: View): Element {
  const ratio = size.width / size.height
  const style = { 'aspect-ratio': `${ratio}`, width: `min(100%, ${(MOST_OF_WINDOW_VH * ratio).toFixed(1)}vh)` }
  const image = h('img', { attrs: { src, alt: '', 'data-testid': 'menu-picture' } })
  return h(
    'div',
    { class: 'rich-menu-picture', style },
    image,
    areas.map((area) => place(area, size, view))
  )
}

function place({ bounds, action }: MenuArea, size: ChatMenu['size'], { act }: View): Element {
  const part = (value: number, whole: number) => `${((value / whole) * 100).toFixed(3)}%`
  const style = {
    ...{ left: part(bounds.x, size.width), top: part(bounds.y, size.height) },
    ...{ width: part(bounds.width, size.width), height: part(bounds.height, size.height) }
  }
  const attrs = { type: 'button', 'aria-label': String(action.label ?? '') }
  return h('button', { style, attrs, on: { click: () => act.tap(action) } })
}
