import { createLog } from '../../src/platform/log.ts'
import type { Log } from '../../src/platform/scope.ts'

/** A log for tests, written to an array instead of a stream; `text()` is all of it, to be searched for canaries. */
export function recordLog(secrets: readonly string[] = []): Log & { readonly lines: string[]; text(): string } {
  const lines: string[] = []
  const log = createLog({ secrets, readable: false, destination: { write: (line: string) => void lines.push(line) } })
  return { ...log, lines, text: () => lines.join('') }
}
