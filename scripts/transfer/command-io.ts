import type { StoreConfig } from '../../src/config.ts'
import type { Database } from '../../src/platform/db/index.ts'

/** Where a command reads its environment and writes its lines. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  now(): Date
  /** The store that the environment names. */
  open(config: StoreConfig): Promise<Database>
}

/** What went wrong, in words that say what to do. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (!message.includes('in use by another process')) return message
  return `${message}\nIf that is the server: stop it first.`
}
