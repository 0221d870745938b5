import { ConfigError, linksAt, loadConfig } from '../../src/config.ts'
import type { CheckedFiles } from '../../src/features/definitions/index.ts'
import { flowDefinitions, opensPages } from '../../src/features/flows/index.ts'
import { shownPath } from './definition-files.ts'

/** The kinds that are flows; "flow" is one that lies elsewhere than under flows/. */
const FLOWS: ReadonlySet<string> = new Set(['flow', ...flowDefinitions.map(({ kind }) => kind)])

/** A note on each file whose buttons open pages, where taps on them will not be counted: customers can't reach the server. */
export function linkNotes(good: CheckedFiles['good']): string[] {
  const opening = good.filter(({ kind, body }) => FLOWS.has(kind.kind) && opensPages(body))
  if (opening.length === 0 || areCounted()) return []
  return opening.map(
    ({ path }) => `note ${shownPath(path)}: taps on its buttons are not counted until PUBLIC_URL begins with https://`
  )
}

function areCounted(): boolean {
  try {
    return linksAt(loadConfig(process.env)) !== undefined
  } catch (error) {
    // What is wrong with the settings is the doctor's to say.
    if (error instanceof ConfigError) return true
    throw error
  }
}
