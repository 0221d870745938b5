import { type Element, h } from './node.ts'

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12l16-8-6 16-2.6-6.4z',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  face: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M4 15h16',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2',
  wires: 'M4 8h13l-3.5-3.5M20 16H7l3.5 3.5',
  eye: 'M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12zM12 9.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z',
  chart: 'M4 20h16M7 16v-5M12 16V6M17 16v-8',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  spark: 'M12 3l1.9 5.6L19.5 10l-5.6 1.9L12 17.5l-1.9-5.6L4.5 10l5.6-1.4z',
  chat: 'M4 5h16v11H9l-5 4z',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  undo: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  out: 'M14 4h6v6M20 4l-9 9M11 5H5v14h14v-6'
} as const

export type IconName = keyof typeof PATHS

/** A line drawing in the colour of the text around it; hidden from screen readers, which read the words beside it. */
export function icon(name: IconName, sizePx = 18): Element {
  const attrs = { viewBox: '0 0 24 24', width: sizePx, height: sizePx, 'aria-hidden': 'true', focusable: 'false' }
  return h('svg', { class: 'icon', attrs }, h('path', { attrs: { d: PATHS[name] } }))
}
