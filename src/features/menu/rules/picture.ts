import { mix } from '../../../core/colour.ts'
import type { Locale } from '../../../core/locale.ts'
import { lineOfText } from '../../../core/svg.ts'
import type { Tile } from './definition.ts'
import { icon } from './icons.ts'
import type { Bounds, Layout } from './layout.ts'

/** What is to be drawn, in one language. */
export interface Drawn {
  readonly layout: Layout
  readonly tiles: readonly Tile[]
  readonly colour: string
  readonly ribbon: string | undefined
  readonly locale: Locale
}

const INK = { label: '#3a2b26', note: '#75675c', white: '#ffffff' }
const GAP = 9
const RADIUS = 28

/** The picture of a menu, as SVG. */
export function pictureOf(drawn: Drawn): string {
  const { layout, tiles, colour, ribbon } = drawn
  const { width, height } = layout.size
  const parts = [
    `<rect width="${width}" height="${height}" fill="${mix(colour, '#ffffff', 0.87)}"/>`,
    ...(ribbon === undefined ? [] : [ribbonAcross(ribbon, layout, colour)]),
    ...tiles.map((tile, index) => {
      const bounds = layout.tiles[index]
      return bounds ? tileIn(tile, bounds, drawn) : ''
    })
  ]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="Zen Kaku Gothic New">${parts.join('')}</svg>`
  )
}

function ribbonAcross(text: string, { size, ribbonHeight }: Layout, colour: string): string {
  const middle = ribbonHeight / 2
  const stops =
    `<stop offset="0" stop-color="${mix(colour, '#000000', 0.3)}"/><stop offset="0.5" stop-color="${colour}"/>` +
    `<stop offset="1" stop-color="${mix(colour, '#000000', 0.3)}"/>`
  const line = {
    text,
    x: size.width / 2,
    y: middle + 18,
    size: 50,
    maxWidth: size.width - 240,
    colour: INK.white,
    bold: true
  }
  return (
    `<defs><linearGradient id="ribbon">${stops}</linearGradient></defs>` +
    `<rect width="${size.width}" height="${ribbonHeight}" fill="url(#ribbon)"/>${lineOfText(line)}` +
    [70, size.width - 70].map((x) => icon('star', { x, y: middle, scale: 0.42, colour: INK.white })).join('')
  )
}

/** Icon, label and note are one group in the middle of the tile; a low tile has smaller ones. */
function tileIn(tile: Tile, { x, y, width, height }: Bounds, { colour, locale }: Drawn): string {
  const scale = Math.min(1, height / 540, width / 400)
  const middle = { x: x + width / 2, y: y + height / 2 }
  const maxWidth = width - 2 * GAP - 44
  const [label, note] = [tile.label[locale], tile.note?.[locale]]
  const ink = tile.lead
    ? { icon: INK.white, label: INK.white, note: mix(colour, '#ffffff', 0.85) }
    : { icon: colour, label: INK.label, note: INK.note }
  const lines = [
    lineOfText({
      text: label,
      x: middle.x,
      y: middle.y + 108 * scale,
      size: 64 * scale,
      maxWidth,
      colour: ink.label,
      bold: true
    }),
    ...(note === undefined
      ? []
      : [
          lineOfText({
            text: note,
            x: middle.x,
            y: middle.y + 178 * scale,
            size: 42 * scale,
            maxWidth,
            colour: ink.note
          })
        ])
  ]
  return (
    `<rect x="${x + GAP}" y="${y + GAP}" width="${width - 2 * GAP}" height="${height - 2 * GAP}" rx="${RADIUS}" ` +
    `fill="${tile.lead ? colour : INK.white}"/>` +
    icon(tile.icon, { x: middle.x, y: middle.y - 74 * scale, scale: 1.3 * scale, colour: ink.icon }) +
    lines.join('')
  )
}
