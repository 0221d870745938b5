import { sha256Hex } from '../../../core/hash.ts'
import { ok, type Result } from '../../../core/result.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Work } from '../../../platform/work.ts'
import { recordAudit } from '../../audit/index.ts'
import { type LinkFault, linkFault } from '../rules/link.ts'
import { type ExportLink, findExportLink, useExportLink } from '../store/export-links.ts'

type Opened = Result<ExportLink, { readonly kind: LinkFault }>

/** What a link leads to at an instant, or why it leads nowhere. */
export async function lookAtLink(tx: Tx, token: string, at: Date): Promise<Opened> {
  const link = await findExportLink(tx, sha256Hex(token))
  const kind = linkFault(link, at)
  return link && !kind ? ok(link) : { ok: false, kind: kind ?? 'unknown' }
}

/** Uses a link once, and puts on record that its manager begins to export, before anything is read. */
export async function useLink(work: Work, token: string): Promise<Opened> {
  const found = await lookAtLink(work.tx, token, work.now)
  if (!found.ok) return found
  if (!(await useExportLink(work.tx, sha256Hex(token)))) return { ok: false, kind: 'used_up' }
  const { choice, askedBy } = found.value
  await recordAudit(work, {
    ...{ actor: { kind: 'staff', id: askedBy }, action: 'data.export' },
    subject: { type: 'data', id: choice }
  })
  return found
}
