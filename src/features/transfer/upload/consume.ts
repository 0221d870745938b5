import type { InboxConsumer, InboxRow } from '../../../platform/queue/index.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { SlackFiles } from '../../../platform/slack/index.ts'
import { ensureMonths } from '../../events/index.ts'
import { momentsOf } from '../read-unit.ts'
import { findPart } from '../store/upload-parts.ts'
import { findUpload, type Upload } from '../store/uploads.ts'
import { advanceUpload, settleReading } from './advance-upload.ts'
import { STEP_SOURCE, Step } from './announce.ts'
import { type ReadFile, type Refusal, readUpload } from './read-upload.ts'
import { unitsOfPart } from './units-of-part.ts'

/** The largest file takes a slow machine so long to fetch, read and keep. */
const READ_TIMEOUT_MS = 180_000

interface Reading {
  readonly upload: Upload
  readonly read: ReadFile | Refusal
}

/** Carries out the steps on a file's way. */
export function uploadConsumer(files: SlackFiles): InboxConsumer {
  return {
    source: STEP_SOURCE,
    prepareTimeoutMs: READ_TIMEOUT_MS,
    prepare: (scope, row) => prepare(scope, stepOf(row), files),
    async handle(work, row, prepared) {
      const step = stepOf(row)
      if (step.step !== 'read') return advanceUpload(work, step)
      if (isReading(prepared)) await settleReading(work, prepared.upload, prepared.read)
    }
  }
}

const stepOf = (row: InboxRow): Step => Step.parse(JSON.parse(row.body))

async function prepare(scope: Scope, { uploadId, step, part }: Step, files: SlackFiles): Promise<Reading | undefined> {
  const { db, timeZone } = scope
  const upload = await findUpload(db.prisma, db.cipher, uploadId)
  if (step === 'read')
    return upload?.state === 'reading' ? { upload, read: await readUpload(scope, upload, files) } : undefined
  if (step === 'import' && upload?.state === 'importing') {
    // Made before the transaction, because making a month waits for everybody who writes.
    const rows = (await findPart(db.prisma, db.cipher, { uploadId, part })) ?? []
    const units = unitsOfPart({ cipher: db.cipher, timeZone }, upload, rows)
    const moments = units.flatMap(({ unit }) => momentsOf(unit))
    const months = new Map(moments.map((at) => [at.toISOString().slice(0, 7), at]))
    for (const at of months.values()) await ensureMonths(db, at, at)
  }
  return undefined
}

function isReading(prepared: unknown): prepared is Reading {
  return prepared !== undefined
}
