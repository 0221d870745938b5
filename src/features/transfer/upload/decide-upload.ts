import type { Work } from '../../../platform/work.ts'
import type { UploadState } from '../rules/upload.ts'
import { dropParts } from '../store/upload-parts.ts'
import { changeUpload, findUpload } from '../store/uploads.ts'
import { goOn, showUpload } from './announce.ts'

/** Why a decision changed nothing: the file is gone, or is past it. */
export type NotDecided = { readonly kind: 'gone' } | { readonly kind: 'past'; readonly state: UploadState }

interface Decision {
  readonly id: string
  /** Slack user id. */
  readonly by: string
  readonly take: boolean
}

/** A manager has a file imported, or not. Of two who decide at once the first one counts. */
export async function decideUpload(work: Work, { id, by, take }: Decision): Promise<NotDecided | undefined> {
  const change = take
    ? ({ state: 'importing', part: 0, imported: 0, duplicates: 0, erased: 0, unfit: 0 } as const)
    : ({ state: 'cancelled' } as const)
  const decided = { ...change, decidedBy: by, shownAt: work.now }
  if (!(await changeUpload(work, { id, from: 'ready', change: decided }))) {
    const upload = await findUpload(work.tx, work.cipher, id)
    return upload ? { kind: 'past', state: upload.state } : { kind: 'gone' }
  }
  if (take) goOn(work, { uploadId: id, step: 'import', part: 0 })
  else await dropParts(work.tx, id)
  showUpload(work, id)
  return undefined
}
