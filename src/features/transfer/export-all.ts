import type { Database, FieldCipher } from '../../platform/db/index.ts'
import { recordAudit } from '../audit/index.ts'
import { customerLines, eventLine, HEADERS } from './portable-lines.ts'
import { BOM, type Cell, csvLine } from './rules/csv-line.ts'
import { type ExportedColumn, exportedColumns, isExported, together } from './rules/exported.ts'
import { CUSTOMERS, ORDERS, VISITS } from './store/portable.ts'
import { readSnapshot, type Snapshot } from './store/snapshot.ts'

/** Where files go, such as a folder. */
export interface Sink {
  open(name: string): Promise<OpenFile>
}

export interface OpenFile {
  /** Resolves when more may be written. */
  write(text: string): Promise<void>
  end(): Promise<void>
}

export interface ExportOrder {
  /** Who exports: a Slack user id, or "cli". */
  readonly by: string
  readonly now: Date
  readonly onProgress?: ((file: string, rows: number) => void) | undefined
}

export interface ExportSummary {
  /** Rows by file. */
  readonly files: Readonly<Record<string, number>>
  /** Values that no key opens, by column; their cells are empty. */
  readonly unreadable: Readonly<Record<string, number>>
}

/**
 * Writes everything that is known: three files that an import takes back (customers, visits, orders), and each table as CSV
 * and as JSON lines. All of it is of one moment, opened, and streamed. That it was done is on record before it begins.
 */
export async function exportAll(db: Database, sink: Sink, order: ExportOrder): Promise<ExportSummary> {
  const { cipher } = db
  await db.transaction((tx) => recordAudit({ tx, cipher, now: order.now }, auditEntry(order.by)))
  const unreadable = new Map<string, number>()
  const open = (field: string, sealed: unknown) => opened(cipher, unreadable, { field, sealed })
  const files: Record<string, number> = {}
  const exporting: Exporting = {
    open,
    async write(name, pieces) {
      files[name] = await writeFile(sink, order, { name, pieces })
    }
  }
  await readSnapshot(db, async (snapshot) => {
    await exportPortable(snapshot, exporting)
    for (const { name, columns } of await snapshot.tables())
      if (isExported(name))
        await exportTable(snapshot, exporting, { table: name, columns: exportedColumns(name, columns) })
  })
  return { files, unreadable: Object.fromEntries(unreadable) }
}

/** Opens a sealed value; undefined for what is none, or no key opens. */
export type Open = (field: string, sealed: unknown) => string | undefined

interface Exporting {
  readonly open: Open
  write(name: string, pieces: AsyncIterable<Piece>): Promise<void>
}

/** Lines of a file, and how many rows they are. */
interface Piece {
  readonly text: string
  readonly rows: number
}

async function exportPortable(snapshot: Snapshot, { open, write }: Exporting): Promise<void> {
  await write(
    'customers.csv',
    linesOf(HEADERS.customers, snapshot.select(CUSTOMERS), (row) => customerLines(row, open))
  )
  await write('visits.csv', linesOf(HEADERS.visits, snapshot.select(VISITS), eventLine('visits')))
  await write('orders.csv', linesOf(HEADERS.orders, snapshot.select(ORDERS), eventLine('orders')))
}

interface ExportedTable {
  readonly table: string
  readonly columns: readonly ExportedColumn[]
}

async function exportTable(snapshot: Snapshot, { open, write }: Exporting, { table, columns }: ExportedTable) {
  const names = [...new Set(columns.map(({ name }) => name))]
  const shown = (row: Readonly<Record<string, unknown>>) => openRow(row, columns, open)
  await write(
    `tables/${table}.csv`,
    linesOf(names, snapshot.rows(table), (row) => {
      const values = shown(row)
      return csvLine(names.map((name) => asCell(values[name])))
    })
  )
  await write(
    `tables/${table}.jsonl`,
    linesOf(undefined, snapshot.rows(table), (row) => `${JSON.stringify(shown(row))}\n`)
  )
}

function openRow(row: Readonly<Record<string, unknown>>, columns: readonly ExportedColumn[], open: Open) {
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

async function* linesOf<Row>(
  header: readonly string[] | undefined,
  pages: AsyncIterable<readonly Row[]>,
  line: (row: Row) => string
): AsyncGenerator<Piece> {
  if (header) yield { text: `${BOM}${csvLine(header)}`, rows: 0 }
  for await (const page of pages) yield { text: page.map(line).join(''), rows: page.length }
}

async function writeFile(
  sink: Sink,
  { onProgress }: ExportOrder,
  { name, pieces }: { readonly name: string; readonly pieces: AsyncIterable<Piece> }
): Promise<number> {
  const file = await sink.open(name)
  let rows = 0
  try {
    for await (const piece of pieces) {
      await file.write(piece.text)
      rows += piece.rows
      onProgress?.(name, rows)
    }
  } finally {
    await file.end()
  }
  return rows
}

/** What no key opens must not keep the rest from its owner: it is counted, and told. */
function opened(
  cipher: FieldCipher,
  unreadable: Map<string, number>,
  { field, sealed }: { readonly field: string; readonly sealed: unknown }
): string | undefined {
  if (typeof sealed !== 'string' || sealed === '') return undefined
  try {
    return cipher.open(field, sealed)
  } catch {
    unreadable.set(field, (unreadable.get(field) ?? 0) + 1)
    return undefined
  }
}

function asCell(value: unknown): Cell {
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'object'
    ? value
    : undefined
}

function auditEntry(by: string) {
  return {
    actor: by === 'cli' ? ({ kind: 'system', id: 'matane' } as const) : ({ kind: 'staff', id: by } as const),
    action: 'data.export',
    subject: { type: 'data', id: 'all' }
  } as const
}
