import type { Database } from '../../platform/db/index.ts'
import { type Chosen, chooseLayout, type FileFault } from './choose-layout.ts'
import { type Bytes, readTable, type Table } from './read-table.ts'
import type { CsvRow } from './rules/csv.ts'
import type { Kind } from './rules/fields.ts'
import type { Mapping } from './rules/mapping.ts'

/** How a file was understood. */
export interface FileReading {
  readonly encoding: string
  readonly delimiter: string
  readonly how: Chosen['how']
  readonly preset: string | undefined
  /** Column names (or numbers, from 1) by what they were taken for. */
  readonly columns: Readonly<Record<string, string | number>>
  /** Columns that were left aside. */
  readonly unused: readonly string[]
}

/** A file whose columns are understood. */
export interface OpenTable {
  readonly chosen: Chosen
  /** The cells of its first line. */
  readonly header: readonly string[]
  /** Its rows, without the line that names the columns. */
  readonly rows: AsyncIterator<CsvRow>
  /** As far as it is read by now. */
  describe(): FileReading
}

interface Opening {
  readonly kind: Kind
  readonly bytes: Bytes
  readonly mapping?: Mapping | undefined
}

/** Begins to read a CSV file: its encoding, its delimiter, what its columns mean; or why nothing of it can be taken. */
export async function openTable(db: Database, { kind, bytes, mapping }: Opening): Promise<OpenTable | FileFault> {
  const table = await readTable(bytes, mapping?.delimiter)
  const rows = table.rows[Symbol.asyncIterator]()
  const first = await rows.next()
  if (first.done) return { kind: 'empty' }
  if (table.isBinary) return refused(rows, { kind: 'spreadsheet' })
  const header = first.value.cells ?? []
  const chosen = await chooseLayout(db, { kind, first: header, mapping })
  if ('kind' in chosen) return refused(rows, chosen)
  return {
    chosen,
    header,
    rows: chosen.layout.mapping.header ? rows : startingWith(first.value, rows),
    describe: () => describe(table, chosen, header)
  }
}

/** What is not read to its end is closed. */
async function refused(rows: AsyncIterator<CsvRow>, fault: FileFault): Promise<FileFault> {
  await rows.return?.()
  return fault
}

async function* startingWith(first: CsvRow, rest: AsyncIterator<CsvRow>): AsyncGenerator<CsvRow> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function describe(table: Table, { layout, how, preset }: Chosen, header: readonly string[]): FileReading {
  const nameOf = (column: number) => (layout.mapping.header ? (header[column] ?? column + 1) : column + 1)
  const used = new Set([
    ...layout.columns.values(),
    ...[...layout.tags, ...layout.attributes].map(({ column }) => column)
  ])
  return {
    encoding: table.encoding(),
    delimiter: table.delimiter,
    how,
    preset,
    columns: Object.fromEntries([...layout.columns].map(([field, column]) => [field, nameOf(column)])),
    unused: layout.mapping.header ? header.filter((_, column) => !used.has(column)) : []
  }
}
