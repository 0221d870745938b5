import type { StoreConfig } from '../../src/config.ts'
import { type Database, fieldCipher } from '../../src/platform/db/index.ts'
import { openKeyRing } from '../../src/platform/db/key-ring.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { createLog } from '../../src/platform/log.ts'

/** Where a command reads its environment and writes its lines. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  now(): Date
  /** The store that the environment names. */
  open(config: StoreConfig): Promise<Database>
}

/** Opens the store as the server would, or comes in through the door of a server that has it open. */
export function openStore(config: StoreConfig): Promise<Database> {
  const log = createLog()
  return openDatabase(config, fieldCipher(openKeyRing(config, log)), { log, door: 'visitor' })
}

/** What went wrong, in words that say what to do. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (!message.includes('in use by another process')) return message
  return `${message}\nIf that is the server: stop it first.`
}
