/** LINE's Flex sizes in CSS. Anything that is not exactly a size, colour or address LINE allows becomes undefined. */

const FONT_PX = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, '3xl': 35, '4xl': 48, '5xl': 74 }
const SPACE_PX = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 }
const IMAGE_PX = {
  xxs: 40,
  xs: 60,
  sm: 80,
  md: 100,
  lg: 120,
  xl: 140,
  xxl: 160,
  '3xl': 180,
  '4xl': 200,
  '5xl': 220
}
const BORDER_PX = { none: 0, light: 0.5, normal: 1, medium: 2, 'semi-bold': 3, bold: 4 }
const BUBBLE_PX = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 }

const TABLES = { font: FONT_PX, space: SPACE_PX, image: IMAGE_PX, border: BORDER_PX, bubble: BUBBLE_PX }

/** "md" by the table, "12px" and "40%" as they are. */
export function length(value: unknown, kind: keyof typeof TABLES = 'space'): string | undefined {
  if (typeof value !== 'string') return undefined
  const table: Readonly<Record<string, number>> = TABLES[kind]
  if (Object.hasOwn(table, value)) return `${table[value]}px`
  return /^\d{1,4}(\.\d{1,4})?(px|%)$/.test(value) ? value : undefined
}

/** #RRGGBB or #RRGGBBAA. */
export function color(value: unknown): string | undefined {
  return typeof value === 'string' && /^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(value) ? value : undefined
}

/** An address that may be opened or shown: https, or http on this very machine. */
export function safeUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined
  const url = new URL(value)
  const local = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return url.protocol === 'https:' || local ? url.href : undefined
}

/** The page's own relation between two sides, "20:13" as "20 / 13". */
export function aspectRatio(value: unknown): string {
  const [, width, height] = /^(\d{1,5})(?::)(\d{1,5})$/.exec(String(value)) ?? []
  return width && height ? `${width} / ${height}` : '1 / 1'
}

/** A linear gradient as LINE describes it. */
export function gradient(background: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const angle = String(background?.angle ?? '')
  const [start, end] = [color(background?.startColor), color(background?.endColor)]
  if (background?.type !== 'linearGradient' || !/^\d{1,3}(\.\d{1,4})?deg$/.test(angle) || !start || !end)
    return undefined
  const centre = color(background.centerColor)
  const middle = centre ? `, ${centre} ${length(background.centerPosition) ?? '50%'}` : ''
  return `linear-gradient(${angle}, ${start} 0%${middle}, ${end} 100%)`
}
