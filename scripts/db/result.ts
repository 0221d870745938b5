import type { StoreConfig } from '../../src/config.ts'

/** What a command has to say: to a person, and to a machine (--json). Not ok = exit code 1, not understood = 2. */
export interface CommandResult {
  readonly ok: boolean
  readonly text: string
  readonly data?: Readonly<Record<string, unknown>>
}

export type Command = (args: readonly string[], config: StoreConfig) => Promise<CommandResult>

/** The answer to a command that was not understood: what to write instead. */
export function misused(text: string): CommandResult {
  return { ok: false, text, data: { problem: 'usage', message: text } }
}

/** 0 done, 1 could not be done, 2 not understood. */
export function exitCode({ ok, data }: CommandResult): number {
  if (ok) return 0
  return data?.problem === 'usage' ? 2 : 1
}
