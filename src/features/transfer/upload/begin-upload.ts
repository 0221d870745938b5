import { newId } from '../../../core/ids.ts'
import type { Work } from '../../../platform/work.ts'
import type { Kind } from '../rules/fields.ts'
import { insertUpload } from '../store/uploads.ts'
import { goOn, showUpload } from './announce.ts'

export interface BroughtFile {
  readonly kind: Kind
  /** Slack's id of it. */
  readonly fileId: string
  readonly name: string
  /** Slack user id. */
  readonly by: string
}

/** Takes on a file that a manager brings: it is read at once, and shown as a card. */
export async function beginUpload(work: Work, { kind, fileId, name, by }: BroughtFile): Promise<void> {
  const id = newId()
  await insertUpload(work.tx, work.cipher, { id, kind, fileId, name, broughtBy: by, at: work.now })
  goOn(work, { uploadId: id, step: 'read', part: 0 })
  showUpload(work, id)
}
