import type { Database } from '../../platform/db/index.ts'
import { recordAudit } from '../audit/index.ts'
import { type ExportFile, exportedFiles } from './exported-files.ts'
import { createOpener } from './opener.ts'
import { readSnapshot } from './store/snapshot.ts'

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

/** Writes everything that is known, of one moment, opened, and streamed. That it was done is on record before it begins. */
export async function exportAll(db: Database, sink: Sink, order: ExportOrder): Promise<ExportSummary> {
  const { cipher } = db
  await db.transaction((tx) => recordAudit({ tx, cipher, now: order.now }, auditEntry(order.by)))
  const { open, unreadable } = createOpener(cipher)
  const files: Record<string, number> = {}
  await readSnapshot(db, async (snapshot) => {
    for (const file of await exportedFiles(snapshot, open)) files[file.name] = await writeFile(sink, order, file)
  })
  return { files, unreadable: unreadable() }
}

async function writeFile(sink: Sink, { onProgress }: ExportOrder, { name, pieces }: ExportFile): Promise<number> {
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

function auditEntry(by: string) {
  return {
    actor: by === 'cli' ? ({ kind: 'system', id: 'matane' } as const) : ({ kind: 'staff', id: by } as const),
    action: 'data.export',
    subject: { type: 'data', id: 'all' }
  } as const
}
