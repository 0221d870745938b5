import { z } from 'zod'
import type { Database, FieldCipher, Tx } from '../../../platform/db/index.ts'

const FIELD = 'import_upload_part.rows'

/** A row that can be taken: its line, how often the file said the same before, its cells. */
export type FiledRow = readonly [line: number, again: number, cells: readonly string[]]
const FiledRows = z.array(z.tuple([z.number(), z.number(), z.array(z.string())]))

/** Where a part stands: which file's, and which one of it, from 0. */
export interface PartPlace {
  readonly uploadId: string
  readonly part: number
}

/** Keeps a part; one that was kept before, by a reading that broke off, is replaced. */
export async function savePart(db: Database, { uploadId, part }: PartPlace, rows: readonly FiledRow[]): Promise<void> {
  const sealed = db.cipher.seal(FIELD, JSON.stringify(rows))
  await db.query(
    `INSERT INTO import_upload_part (upload_id, part, rows_sealed)
     SELECT id, $2, $3 FROM import_upload WHERE id = $1::uuid
     ON CONFLICT (upload_id, part) DO UPDATE SET rows_sealed = excluded.rows_sealed`,
    [uploadId, part, sealed]
  )
}

/** The rows of a part; undefined when there is none (any more). */
export async function findPart(
  tx: Tx,
  cipher: FieldCipher,
  { uploadId, part }: PartPlace
): Promise<readonly FiledRow[] | undefined> {
  const row = await tx.importUploadPart.findUnique({ where: { uploadId_part: { uploadId, part } } })
  return row ? FiledRows.parse(JSON.parse(cipher.open(FIELD, row.rowsSealed))) : undefined
}

/** Puts other rows in place of a part's. */
export async function replacePart(
  { tx, cipher }: { readonly tx: Tx; readonly cipher: FieldCipher },
  { uploadId, part }: PartPlace,
  rows: readonly FiledRow[]
): Promise<void> {
  const rowsSealed = cipher.seal(FIELD, JSON.stringify(rows))
  await tx.importUploadPart.update({ where: { uploadId_part: { uploadId, part } }, data: { rowsSealed } })
}

/** All parts that are kept, in order. */
export async function listParts(tx: Tx): Promise<PartPlace[]> {
  const select = { uploadId: true, part: true } as const
  return tx.importUploadPart.findMany({ select, orderBy: [{ uploadId: 'asc' }, { part: 'asc' }] })
}

/** Forgets what is left of a file's rows. */
export async function dropParts(tx: Tx, uploadId: string): Promise<void> {
  await tx.importUploadPart.deleteMany({ where: { uploadId } })
}
