import { truncate } from './text.ts'

/** Text made safe to stand in an SVG, between tags and in attributes. Control characters, which XML has no form for, go. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/**
 * Widths of the pictures' font in its bold weight, the widest, in parts of its size: each sign at most as wide as said. What is
 * not listed (Japanese, mostly) is a full square.
 */
const WIDTHS: readonly (readonly [number, string])[] = [
  [0.25, "'|l"],
  [0.31, ' .:Iij;!,'],
  [0.42, '[]f()rt17'],
  [0.53, '"-z{}2s5c3940 6?ykv8*eu'],
  [0.6, 'Jahn/\\^xogFLZbdpqTE'],
  [0.67, '#~<>K$SPXYBRVAU'],
  [0.72, '&CDG_HwNOQ'],
  [0.9, '%Mm@W+=¢£¥']
]
const widthBySign = new Map(WIDTHS.flatMap(([width, signs]) => [...signs].map((sign) => [sign, width] as const)))
const HALF_WIDTH_KATAKANA = /^[\uFF61-\uFF9F]$/
/** An accent is as wide as nothing. */
const ACCENT = /^\p{Mn}$/u

/** At least as wide as the text is when it is drawn at this size. */
export function widthOf(text: string, size: number): number {
  let width = 0
  for (const sign of text.normalize('NFC')) width += widthOfSign(sign)
  return width * size
}

function widthOfSign(sign: string): number {
  if (ACCENT.test(sign)) return 0
  if (HALF_WIDTH_KATAKANA.test(sign)) return 0.5
  return widthBySign.get(sign) ?? widthBySign.get(sign.normalize('NFD').charAt(0)) ?? 1
}

/** One line of text in a picture. Lengths are in the picture's own units. */
export interface LineOfText {
  readonly text: string
  readonly x: number
  /** Where the letters stand. */
  readonly y: number
  /** Of the letters, when there is room for them. */
  readonly size: number
  readonly maxWidth: number
  /** "#rrggbb" */
  readonly colour: string
  readonly bold?: boolean
  /** What `x` is. Default: the middle. */
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** Letters do not become smaller than this share of their size: then the text is cut. */
const SMALLEST = 0.55

/** A line of text as SVG, never wider than `maxWidth`: in smaller letters when it is long, cut with "…" when it is very long. */
export function lineOfText(line: LineOfText): string {
  const { x, y, colour, bold = false, anchor = 'middle', maxWidth } = line
  const size = Math.max(
    line.size * SMALLEST,
    Math.min(line.size, (line.size * maxWidth) / widthOf(line.text, line.size))
  )
  const shown = escapeXml(cutTo(line.text, (text) => widthOf(text, size) <= maxWidth + 0.001))
  const weight = bold ? 700 : 500
  return (
    `<text x="${round(x)}" y="${round(y)}" font-size="${round(size)}" font-weight="${weight}" fill="${colour}" ` +
    `text-anchor="${anchor}">${shown}</text>`
  )
}

function cutTo(text: string, fits: (text: string) => boolean): string {
  let shown = text
  for (let units = text.length; units > 1 && !fits(shown); units -= 1) shown = truncate(text, units)
  return shown
}

function round(value: number): number {
  // Downwards: letters must not become wider than what was measured.
  return Math.floor(value * 100) / 100
}

/** What the pictures' font cannot draw: emoji, and Latin letters beyond those of Western Europe. */
const UNDRAWABLE = /(?![©®])\p{Extended_Pictographic}|[\u0100-\u017E]|[\u0180-\u036F]/u

/** Whether every sign of a text can be drawn. */
export function isDrawable(text: string): boolean {
  return !UNDRAWABLE.test(text.normalize('NFC'))
}
