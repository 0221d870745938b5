import type { Context } from '../../../platform/feature.ts'
import { recordAudit } from '../../audit/index.ts'
import { type ExportFile, exportedFiles, type Piece } from '../exported-files.ts'
import { createOpener } from '../opener.ts'
import { type Choice, isArchive, isChosen } from '../rules/choice.ts'
import { readPages } from '../store/pages.ts'
import { type Bytes, zipFiles } from '../zip-files.ts'

export interface Fetched {
  readonly choice: Choice
  /** Slack user id. */
  readonly by: string
}

/**
 * What was chosen, as the bytes of one file, read as it is fetched. How many rows left, and whether all of them did, is on
 * record at the end, even when whoever fetches goes away.
 */
export async function* writeExport({ scope, perform }: Context, { choice, by }: Fetched): AsyncGenerator<Bytes> {
  const { open, unreadable } = createOpener(scope.db.cipher)
  const told = { rows: 0, outcome: 'broken_off' }
  try {
    const files = await exportedFiles(readPages(scope.db), open)
    const chosen = files.filter(({ name }) => isChosen(choice, name)).map((file) => asBytes(file, told))
    if (isArchive(choice)) yield* zipFiles(chosen, scope.now())
    else for (const { pieces } of chosen) yield* pieces
    told.outcome = 'complete'
  } finally {
    const fields = unreadable()
    if (Object.keys(fields).length > 0) scope.log.warn('An export has empty cells for what no key opens', fields)
    await perform(`export:${crypto.randomUUID()}`, (work) =>
      recordAudit(work, {
        ...{ actor: { kind: 'staff', id: by }, action: 'data.export_end' },
        subject: { type: 'data', id: choice },
        detail: told
      })
    )
  }
}

function asBytes({ name, pieces }: ExportFile, told: { rows: number }) {
  return { name, pieces: encoded(pieces, told) }
}

async function* encoded(pieces: AsyncIterable<Piece>, told: { rows: number }): AsyncGenerator<Bytes> {
  const encoder = new TextEncoder()
  for await (const { text, rows } of pieces) {
    told.rows += rows
    if (text !== '') yield encoder.encode(text)
  }
}
