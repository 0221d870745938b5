import type { StoreConfig } from '../../src/config.ts'
import { rebuildAllStats } from '../../src/features/events/index.ts'
import { sealAllAnew } from '../../src/features/merge/index.ts'
import type { CommandResult } from './result.ts'
import { withStore } from './with-pool.ts'

/** Says on stderr how far it is, at most so often. */
const PROGRESS_MS = 1_000

/** Makes the figures of all customers anew from their events; the product may go on meanwhile on a server. */
export async function rebuildStats(config: StoreConfig): Promise<CommandResult> {
  return withStore(config, async (db) => {
    const onProgress = progressOn((text) => process.stderr.write(text))
    const { customers } = await rebuildAllStats(db, { now: new Date(), timeZone: config.timeZone, onProgress })
    return { ok: true, text: `Made the figures of ${customers} customers anew from their events.`, data: { customers } }
  })
}

/** Seals what was stored before customers had keys of their own; the product may go on meanwhile. */
export async function sealAnew(config: StoreConfig): Promise<CommandResult> {
  return withStore(config, async (db) => {
    const values = await sealAllAnew(
      db,
      progressOn((text) => process.stderr.write(text))
    )
    return { ok: true, text: `Sealed ${values} values under their customers’ own keys.`, data: { values } }
  })
}

/** Writes "12,400 of 1,000,000 customers", not more than once a second and at the end. */
export function progressOn(write: (text: string) => void, nowMs: () => number = () => performance.now()) {
  let saidMs = Number.NEGATIVE_INFINITY
  return (done: number, total: number): void => {
    if (done < total && nowMs() - saidMs < PROGRESS_MS) return
    saidMs = nowMs()
    write(`${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} customers\n`)
  }
}
