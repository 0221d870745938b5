import type { Scope } from '../../../platform/scope.ts'
import type { NoFile, SlackFile, SlackFiles } from '../../../platform/slack/index.ts'
import type { FileFault } from '../choose-layout.ts'
import { type OpenTable, openTable } from '../open-table.ts'
import { readUnit, unitReading } from '../read-unit.ts'
import { isSkipped } from '../rules/mapping.ts'
import { Occurrences } from '../rules/occurrences.ts'
import { UPLOAD_MAX_BYTES } from '../rules/upload.ts'
import { type FiledRow, savePart } from '../store/upload-parts.ts'
import type { Upload, UploadReport } from '../store/uploads.ts'
import { createTally } from '../tally.ts'

/** Why nothing of a file is taken. */
export type Refusal = FileFault | { readonly kind: NoFile | 'too_large' }

/** A file whose rows were read, and kept in parts. */
export interface ReadFile {
  readonly parts: number
  readonly counts: {
    readonly rows: number
    readonly repeated: number
    readonly skipped: number
    readonly failed: number
  }
  readonly report: Pick<UploadReport, 'reading' | 'errors'>
}

/** Rows that share a transaction later. */
const ROWS_OF_PART = 500
/** Faults that are kept and shown: a file of the wrong kind has one on each line. */
const ERRORS_KEPT = 1_000

/**
 * Fetches a file from Slack and keeps what can be taken of it in parts, sealed. Memory does not grow with the file, but for
 * 32 bytes a row. Run again it does the same again.
 */
export async function readUpload(scope: Scope, upload: Upload, files: SlackFiles): Promise<ReadFile | Refusal> {
  const file = await files.find(upload.fileId)
  if (typeof file === 'string') return { kind: file }
  if (file.sizeBytes > UPLOAD_MAX_BYTES) return { kind: 'too_large' }
  return readBytes(scope, upload, await fetched(files, file))
}

async function fetched(files: SlackFiles, file: SlackFile) {
  const bytes = await files.read(file)
  return typeof bytes === 'string' ? { kind: bytes } : bytes
}

async function readBytes(
  { db, timeZone }: Scope,
  upload: Upload,
  bytes: Awaited<ReturnType<typeof fetched>>
): Promise<ReadFile | Refusal> {
  if ('kind' in bytes) return bytes
  const table = await openTable(db, { kind: upload.kind, bytes })
  if ('kind' in table) return table
  const seen = new Occurrences()
  let again = 0
  const next = (key: number) => {
    again = seen.next(key)
    return again
  }
  const reading = unitReading(table.chosen.layout, {
    now: upload.createdAt,
    timeZone,
    cipher: db.cipher,
    seen: { next }
  })
  const tally = createTally()
  const parts = partWriter((part, rows) => savePart(db, { uploadId: upload.id, part }, rows))
  for (let row = await table.rows.next(); !row.done; row = await table.rows.next()) {
    const { line, cells } = row.value
    again = 0
    if (!cells) tally.fault(line, { problem: 'quotes' })
    else if (isSkipped(reading.layout, cells)) tally.count(line, 'skipped')
    else {
      const read = readUnit(reading, line, cells)
      if (read === 'duplicate') tally.count(line, read)
      else if ('fault' in read) tally.fault(line, read.fault)
      else {
        tally.count(line, 'imported')
        await parts.add([line, again, cells])
      }
    }
  }
  return { parts: await parts.end(), ...summaryOf(table, tally.summary()) }
}

function summaryOf(table: OpenTable, summary: ReturnType<ReturnType<typeof createTally>['summary']>) {
  const { rows, duplicates, skipped, failed, errors } = summary
  const { encoding, how, preset, columns, unused } = table.describe()
  const told = { encoding, how, columns, unused: [...unused], ...(preset !== undefined && { preset }) }
  return {
    counts: { rows, repeated: duplicates, skipped, failed },
    report: {
      reading: { header: [...table.header], mapping: table.chosen.layout.mapping, ...told },
      // What stands there may be somebody's number: whoever has the file finds it by its line.
      errors: errors
        .slice(0, ERRORS_KEPT)
        .map(({ line, problem, field }) => ({ line, problem, ...(field && { field }) }))
    }
  }
}

function partWriter(save: (part: number, rows: readonly FiledRow[]) => Promise<void>) {
  let part = 0
  let rows: FiledRow[] = []
  const flush = async () => {
    if (rows.length === 0) return
    await save(part, rows)
    part += 1
    rows = []
  }
  return {
    async add(row: FiledRow) {
      rows.push(row)
      if (rows.length >= ROWS_OF_PART) await flush()
    },
    async end() {
      await flush()
      return part
    }
  }
}
