import { z } from 'zod'
import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import { KINDS } from '../rules/fields.ts'
import { Mapping } from '../rules/mapping.ts'
import { UPLOAD_STATES, type UploadState } from '../rules/upload.ts'

const FIELD = 'import_upload.report'

/** What is known of a file besides its counts. */
export const UploadReport = z.object({
  name: z.string(),
  /** Why nothing of it is taken. */
  refusal: z.custom<RefusalJson>((value) => typeof value === 'object' && value !== null).optional(),
  /** How it was understood; undefined = it was not read yet. */
  reading: z
    .object({
      header: z.array(z.string()),
      mapping: Mapping,
      encoding: z.string(),
      preset: z.string().optional(),
      how: z.enum(['mapping', 'remembered', 'preset', 'names']),
      columns: z.record(z.string(), z.union([z.string(), z.number()])),
      unused: z.array(z.string())
    })
    .optional(),
  /** The first rows that cannot be taken, without what stands there. */
  errors: z.array(z.object({ line: z.number(), problem: z.string(), field: z.string().optional() })).default([])
})
export type UploadReport = z.infer<typeof UploadReport>
type RefusalJson = { readonly kind: string }

/** A file on its way. */
export type Upload = Omit<Row, 'kind' | 'state' | 'reportSealed'> & {
  readonly kind: (typeof KINDS)[number]
  readonly state: UploadState
  readonly report: UploadReport
}
type Row = Awaited<ReturnType<Tx['importUpload']['findUniqueOrThrow']>>

export interface NewUpload {
  readonly id: string
  readonly kind: string
  readonly fileId: string
  readonly broughtBy: string
  readonly name: string
  readonly at: Date
}

/** Notes a file that is to be read. */
export async function insertUpload(tx: Tx, cipher: FieldCipher, { name, at, ...upload }: NewUpload): Promise<void> {
  const reportSealed = cipher.seal(FIELD, JSON.stringify({ name }))
  await tx.importUpload.create({
    data: { ...upload, state: 'reading', reportSealed, createdAt: at, shownAt: at }
  })
}

/** The file as it is now; undefined when there is none (any more). */
export async function findUpload(tx: Tx, cipher: FieldCipher, id: string): Promise<Upload | undefined> {
  const row = await tx.importUpload.findUnique({ where: { id } })
  if (!row) return undefined
  const { reportSealed, ...rest } = row
  const report = UploadReport.parse(JSON.parse(cipher.open(FIELD, reportSealed)))
  return { ...rest, kind: z.enum(KINDS).parse(row.kind), state: z.enum(UPLOAD_STATES).parse(row.state), report }
}

export type UploadChange = Partial<
  Pick<
    Upload,
    'state' | 'decidedBy' | 'rows' | 'repeated' | 'skipped' | 'failed' | 'parts' | 'part' | 'imported' | 'duplicates'
  > &
    Pick<Upload, 'erased' | 'unfit' | 'shownAt'>
>

/** Changes a file that is in this state; false when it is in another one, because somebody was faster. */
export async function changeUpload(
  { tx, cipher }: { readonly tx: Tx; readonly cipher: FieldCipher },
  { id, from, change, report }: { id: string; from: UploadState; change: UploadChange; report?: UploadReport }
): Promise<boolean> {
  const sealed = report && { reportSealed: cipher.seal(FIELD, JSON.stringify(report)) }
  const data = { ...change, ...sealed, version: { increment: 1 } }
  return (await tx.importUpload.updateMany({ where: { id, state: from }, data })).count === 1
}

/** Files brought in before an instant, at most so many. */
export async function oldUploads(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const rows = await tx.importUpload.findMany({
    where: { createdAt: { lt: before } },
    take: limit,
    select: { id: true }
  })
  return rows.map(({ id }) => id)
}

/** Forgets files, and all that is left of their rows. */
export async function deleteUploads(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.importUpload.deleteMany({ where: { id: { in: [...ids] } } })
}
