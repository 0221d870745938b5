import type { DefinitionKind } from '../../platform/feature.ts'
import { explainIssues } from '../definitions/index.ts'
import { HookFile } from './rules/hook-file.ts'

export const HOOK = 'hook'

/** Files under flows/hooks/: what the webhooks of a system mean. */
export const hookKind: DefinitionKind = {
  kind: HOOK,
  files: 'hooks/',
  check(input) {
    const parsed = HookFile.safeParse(input)
    if (parsed.success) return { ok: true, key: parsed.data.key, body: parsed.data }
    return { ok: false, faults: explainIssues(parsed.error, input) }
  }
}

const read = new WeakMap<object, HookFile>()

/** The file in a published definition's body; throws when it is none, which publishing rules out. */
export function hookOf(body: unknown): HookFile {
  const known = typeof body === 'object' && body !== null ? read.get(body) : undefined
  if (known) return known
  const file = HookFile.parse(body)
  if (typeof body === 'object' && body !== null) read.set(body, file)
  return file
}
