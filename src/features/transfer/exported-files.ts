import type { Open } from './opener.ts'
import { customerLines, eventLine, HEADERS } from './portable-lines.ts'
import { BOM, type Cell, csvLine } from './rules/csv-line.ts'
import { type ExportedColumn, exportedColumns, isExported, together } from './rules/exported.ts'
import { CUSTOMERS, ORDERS, VISITS } from './store/portable.ts'
import type { ExportSource, Row, Table } from './store/source.ts'

/** Lines of a file, and how many rows they are. */
export interface Piece {
  readonly text: string
  readonly rows: number
}

/** A file of an export: nothing of it is read before its pieces are asked for. */
export interface ExportFile {
  /** With its folder: "tables/customer.csv". */
  readonly name: string
  readonly pieces: AsyncIterable<Piece>
}

/** Everything that is known: three files that an import takes back, and each table as CSV and as JSON lines. */
export async function exportedFiles(source: ExportSource, open: Open): Promise<ExportFile[]> {
  const tables = (await source.tables()).filter(({ name }) => isExported(name))
  return [...portableFiles(source, open), ...tables.flatMap((table) => tableFiles(source, open, table))]
}

function portableFiles(source: ExportSource, open: Open): ExportFile[] {
  return [
    {
      name: 'customers.csv',
      pieces: linesOf(HEADERS.customers, source.select(CUSTOMERS), (row) => customerLines(row, open))
    },
    { name: 'visits.csv', pieces: linesOf(HEADERS.visits, source.select(VISITS), eventLine('visits')) },
    { name: 'orders.csv', pieces: linesOf(HEADERS.orders, source.select(ORDERS), eventLine('orders')) }
  ]
}

function tableFiles(source: ExportSource, open: Open, table: Table): ExportFile[] {
  const columns = exportedColumns(table.name, table.columns)
  const names = [...new Set(columns.map(({ name }) => name))]
  const shown = (row: Row) => openRow(row, columns, open)
  const cells = (row: Row) => {
    const values = shown(row)
    return csvLine(names.map((name) => asCell(values[name])))
  }
  const json = (row: Row) => `${JSON.stringify(shown(row))}\n`
  return [
    { name: `tables/${table.name}.csv`, pieces: linesOf(names, source.select(table.all), cells) },
    { name: `tables/${table.name}.jsonl`, pieces: linesOf(undefined, source.select(table.all), json) }
  ]
}

function openRow(row: Row, columns: readonly ExportedColumn[], open: Open) {
  const values: Record<string, unknown> = {}
  for (const { column, name, field } of columns) {
    const value = row[column]
    if (field === undefined) values[name] = value
    else if (value === null) values[name] ??= null
    else values[name] = together(values[name], parsed(open(field, value), values[name]))
  }
  return values
}

/** A sealed part beside one in the clear is JSON like that one. */
function parsed(text: string | undefined, clear: unknown): unknown {
  if (text === undefined || clear === undefined || clear === null) return text ?? null
  return JSON.parse(text)
}

async function* linesOf(
  header: readonly string[] | undefined,
  pages: AsyncIterable<readonly Row[]>,
  line: (row: Row) => string
): AsyncGenerator<Piece> {
  if (header) yield { text: `${BOM}${csvLine(header)}`, rows: 0 }
  for await (const page of pages) yield { text: page.map(line).join(''), rows: page.length }
}

function asCell(value: unknown): Cell {
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'object'
    ? value
    : undefined
}
