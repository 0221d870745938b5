import type { Work } from '../../../platform/work.ts'
import { recordAudit } from '../../audit/index.ts'
import { isShown } from '../rules/upload.ts'
import { takingBack } from '../store/trial.ts'
import { dropParts, findPart } from '../store/upload-parts.ts'
import { changeUpload, findUpload, type Upload } from '../store/uploads.ts'
import { type RowOutcome, writeBatch } from '../write-batch.ts'
import { goOn, type Step, showUpload } from './announce.ts'
import type { ReadFile, Refusal } from './read-upload.ts'
import { unitsOfPart } from './units-of-part.ts'

/** A file was read: it is tried next, unless there is nothing to be taken. */
export async function settleReading(work: Work, upload: Upload, read: ReadFile | Refusal): Promise<void> {
  const { id, report } = upload
  if ('kind' in read) {
    await dropParts(work.tx, id)
    const refused = { ...report, refusal: read }
    if (await changeUpload(work, { id, from: 'reading', change: { state: 'refused' }, report: refused }))
      showUpload(work, id)
    return
  }
  const { counts, parts } = read
  const state = parts === 0 ? 'ready' : 'trying'
  const change = { ...counts, parts, state, shownAt: work.now } as const
  if (!(await changeUpload(work, { id, from: 'reading', change, report: { ...report, ...read.report } }))) return
  if (state === 'trying') goOn(work, { uploadId: id, step: 'try', part: 0 })
  showUpload(work, id)
}

/** Tries or imports one part, and what comes after it. A step that is not the next one (any more) does nothing. */
export async function advanceUpload(work: Work, { uploadId, step, part }: Step): Promise<void> {
  const upload = await findUpload(work.tx, work.cipher, uploadId)
  const from = step === 'try' ? 'trying' : 'importing'
  if (!upload || upload.state !== from || upload.part !== part) return
  const rows = (await findPart(work.tx, work.cipher, { uploadId, part })) ?? []
  const units = unitsOfPart(work, upload, rows).map(({ unit }) => unit)
  const write = () => writeBatch(work, units)
  const outcomes = units.length === 0 ? [] : step === 'try' ? await takingBack(work.tx, write) : await write()
  const isEnd = part + 1 >= upload.parts
  const shows = isShown(upload.shownAt, work.now, isEnd)
  const change = { ...counted(upload, outcomes), part: part + 1, ...(shows && { shownAt: work.now }) }
  if (!isEnd) {
    await changeUpload(work, { id: uploadId, from, change })
    goOn(work, { uploadId, step, part: part + 1 })
  } else if (step === 'try') await changeUpload(work, { id: uploadId, from, change: { ...change, state: 'ready' } })
  else await finish(work, upload, change)
  if (shows) showUpload(work, uploadId)
}

function counted({ imported, duplicates, erased, unfit }: Upload, outcomes: readonly RowOutcome[]) {
  const count = (wanted: RowOutcome) => outcomes.filter((outcome) => outcome === wanted).length
  return {
    imported: imported + count('imported'),
    duplicates: duplicates + count('duplicate'),
    erased: erased + count('erased'),
    unfit: unfit + count('unfit')
  }
}

async function finish(work: Work, upload: Upload, change: ReturnType<typeof counted>): Promise<void> {
  const { id, kind, rows, broughtBy, decidedBy } = upload
  await changeUpload(work, { id, from: 'importing', change: { ...change, state: 'done' } })
  await dropParts(work.tx, id)
  await recordAudit(work, {
    ...{ actor: { kind: 'staff', id: decidedBy ?? broughtBy }, action: 'data.import' },
    subject: { type: 'data', id: kind },
    detail: { rows, imported: change.imported }
  })
}
