import type { Field } from '../fields.ts'
import { original } from '../formula.ts'
import type { Layout } from '../mapping.ts'

/** The text of a field; undefined when the cell is empty, or the file has none. */
export type Cell = (field: Field) => string | undefined

/** The cell of a field; undefined when it is empty, or the file has none. */
export function cellsOf({ columns }: Layout, cells: readonly string[]): Cell {
  return (field) => {
    const column = columns.get(field)
    const text = column === undefined ? '' : plain(cells[column] ?? '')
    return text === '' ? undefined : text
  }
}

/** Excel's ="0123" (so that the zero stays) and our own '=… (so that nothing is computed) are the text alone. */
export function plain(cell: string): string {
  const text = original(cell.trim())
  return /^="[^"]*"$/.test(text) ? text.slice(2, -1).trim() : text
}
