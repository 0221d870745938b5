import type { StoreConfig } from '../../src/config.ts'
import { faultMeaning, type Head, headText, parseHead, verifyAudit } from '../../src/features/audit/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { type CommandResult, misused } from './result.ts'
import { withStore } from './with-pool.ts'

const USAGE = 'Say what to do: npm run db -- audit verify [<head kept earlier, such as 1234:…>]'
/** Progress is told after so many entries. */
const TELL_EVERY = 100_000

/** `audit verify [head]`: whether the audit log is what it was, and where it is not. */
export async function audit([what, kept]: readonly string[], config: StoreConfig): Promise<CommandResult> {
  if (what !== 'verify') return misused(USAGE)
  const witness = kept === undefined ? undefined : parseHead(kept)
  if (kept !== undefined && !witness) {
    return misused(`"${kept}" is no head. ${USAGE}`)
  }
  return withStore(config, (db) => verified(db, witness))
}

async function verified(db: Database, witness: Head | undefined): Promise<CommandResult> {
  const found = await verifyAudit(db, { now: new Date(), witness, onProgress: tellProgress })
  if (!found.ok) {
    const { kind, position, seq } = found
    const row = seq === undefined ? '' : ` (audit.seq ${seq})`
    const text = `The audit log is broken at entry ${position}${row}: ${faultMeaning(kind)}. Everything before it is as it was written.`
    return { ok: false, text, data: { problem: kind, position, seq: seq ?? null, meaning: faultMeaning(kind) } }
  }
  const { head, erased } = found.value
  const gone = erased > 0 ? `, ${erased} of them with details erased on request` : ''
  const text = `The audit log is whole: ${head.position} entries${gone}. Head: ${headText(head)}\nKeep the head in another place: npm run db -- audit verify ${headText(head)} tells later whether the log was cut or made anew.`
  return { ok: true, text, data: { entries: head.position, erased, head: headText(head) } }
}

function tellProgress(position: number, last: number): void {
  if (position % TELL_EVERY === 0) process.stderr.write(`${position} of ${last} entries verified\n`)
}
