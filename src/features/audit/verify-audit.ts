import type { Result } from '../../core/result.ts'
import type { Database } from '../../platform/db/index.ts'
import { chainPending } from './chain-pending.ts'
import { type Head, ORIGIN } from './rules/chain.ts'
import { type ChainedRow, type ChainFault, checkRow, endFault } from './rules/verify.ts'
import { signer } from './sign.ts'
import { readBounds, readPage } from './store/chain.ts'
import { saveVerification } from './store/status.ts'

export interface Verifying {
  /** Business time. */
  readonly now: Date
  /** A head that somebody kept: the chain must still lead through it. */
  readonly witness?: Head | undefined
  /** Told after each page how far it is, and where the end is. */
  readonly onProgress?: ((position: number, last: number) => void) | undefined
}

/** An unbroken chain: where it ends, and how many of its rows had their detail erased. */
export interface Intact {
  readonly head: Head
  readonly erased: number
}

/**
 * Chains what waits, then reads the whole chain, page by page, and stops at the first row that is not what it was. Notes
 * how it ended.
 */
export async function verifyAudit(db: Database, verifying: Verifying): Promise<Result<Intact, ChainFault>> {
  await chainPending(db)
  const found = await walk(db, verifying)
  const fault = found.ok ? {} : { kind: found.kind, position: found.position }
  await saveVerification(db, { at: verifying.now.toISOString(), intact: found.ok, ...fault })
  return found
}

async function walk(db: Database, { witness, onProgress }: Verifying): Promise<Result<Intact, ChainFault>> {
  const { noted, last } = await readBounds(db)
  let state: Intact = { head: ORIGIN, erased: 0 }
  while (state.head.position < last) {
    const rows = await readPage(db, state.head.position, last)
    const checked = checkPage(db, state, { rows, witness })
    if (!checked.ok) return checked
    state = checked.value
    onProgress?.(state.head.position, last)
  }
  const fault = endFault(state.head, noted) ?? (witness && beyondEnd(state.head, witness))
  return fault ? { ok: false, ...fault } : { ok: true, value: state }
}

interface Page {
  readonly rows: readonly ChainedRow[]
  readonly witness: Head | undefined
}

function checkPage({ cipher }: Database, state: Intact, { rows, witness }: Page): Result<Intact, ChainFault> {
  const sign = signer(cipher)
  let { head, erased } = state
  // Rows that were there when the walk began, and are gone now.
  if (rows.length === 0) return { ok: false, kind: 'missing', position: head.position + 1, seq: undefined }
  for (const row of rows) {
    const checked = checkRow(sign, head, row)
    if (!checked.ok) return checked
    head = checked.value
    if (row.erasureKnown) erased += 1
    if (head.position === witness?.position && head.hash !== witness.hash)
      return { ok: false, kind: 'witness', position: head.position, seq: row.seq }
  }
  return { ok: true, value: { head, erased } }
}

function beyondEnd({ position }: Head, witness: Head): ChainFault | undefined {
  return witness.position > position ? { kind: 'cut', position: position + 1, seq: undefined } : undefined
}
