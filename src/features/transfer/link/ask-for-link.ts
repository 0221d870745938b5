import { randomBytes } from 'node:crypto'
import { sha256Hex } from '../../../core/hash.ts'
import { addDuration } from '../../../core/time.ts'
import type { Work } from '../../../platform/work.ts'
import { recordAudit } from '../../audit/index.ts'
import type { Choice } from '../rules/choice.ts'
import { LINK_HOLDS } from '../rules/link.ts'
import { insertExportLink } from '../store/export-links.ts'

/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32
/** Where an export is fetched, before the token. */
export const EXPORT_PATH = '/export'

/** Where a manager fetches an export: put the public URL before `path`. Whoever has it can fetch it. */
export interface MadeLink {
  readonly path: string
  readonly expiresAt: Date
}

/** Makes a link to what is known, as it will be when it is fetched. `by` is the manager's Slack user id. */
export async function askForLink(work: Work, choice: Choice, by: string): Promise<MadeLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = addDuration(work.now, LINK_HOLDS)
  const link = { tokenHash: sha256Hex(token), choice, askedBy: by, createdAt: work.now, expiresAt }
  await insertExportLink(work.tx, link)
  await recordAudit(work, {
    ...{ actor: { kind: 'staff', id: by }, action: 'data.export_link' },
    subject: { type: 'data', id: choice },
    detail: { until: expiresAt.toISOString() }
  })
  return { path: `${EXPORT_PATH}/${token}`, expiresAt }
}
