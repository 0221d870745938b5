import { harmless } from './formula.ts'

/** A value of a table as it goes into a CSV file. */
export type Cell = string | number | boolean | null | undefined | object

/** Excel takes a file for UTF-8 only when it begins so. */
export const BOM = '\uFEFF'

/** One line of a CSV file that Excel reads, with its end. Nothing in it is computed: see `harmless`. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  const text = harmless(typeof cell === 'string' ? cell : JSON.stringify(cell))
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
