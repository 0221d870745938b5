/** A rectangle of the picture, in its pixels. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Layout {
  readonly size: { readonly width: number; readonly height: number }
  /** What stands across the top; 0 = nothing does. */
  readonly ribbonHeight: number
  /** One for each tile, in their order. */
  readonly tiles: readonly Bounds[]
}

/** Sharp on phones, and no more than LINE takes (800–2,500 wide, at least 1.45 times as wide as high). */
const WIDTH = 1600
/** Of one row, and of more: LINE shows half a keyboard, or a whole one. */
const [ONE_ROW, MORE_ROWS] = [540, 1080]
const RIBBON = 96

/** Where the tiles of a menu are: rows of `columns`; the last row's share its width. They fill the picture, and none lies on another. */
export function layoutOf(count: number, columns: number, hasRibbon: boolean): Layout {
  const rows = Math.ceil(count / columns)
  const height = rows === 1 ? ONE_ROW : MORE_ROWS
  const ribbonHeight = hasRibbon ? RIBBON : 0
  const tiles = Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = Math.min(columns, count - row * columns)
    const [x, nextX] = [0, 1].map((step) => Math.round((((index % columns) + step) * WIDTH) / inRow))
    const [y, nextY] = [0, 1].map((step) => ribbonHeight + Math.round(((row + step) * (height - ribbonHeight)) / rows))
    return { x: x ?? 0, y: y ?? 0, width: (nextX ?? 0) - (x ?? 0), height: (nextY ?? 0) - (y ?? 0) }
  })
  return { size: { width: WIDTH, height }, ribbonHeight, tiles }
}
