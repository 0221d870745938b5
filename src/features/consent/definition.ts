import type { Tx } from '../../platform/db/index.ts'
import type { DefinitionKind } from '../../platform/feature.ts'
import { current, explainIssues } from '../definitions/index.ts'
import { CONSENT, ConsentDefinition, type Policy } from './rules/definition.ts'

/** flows/privacy/consent.yaml: the wordings, and what applies before a customer answers. */
export const consentKind: DefinitionKind = {
  kind: CONSENT,
  files: 'privacy/consent.yaml',
  check(input) {
    const parsed = ConsentDefinition.safeParse(input)
    if (parsed.success) return { ok: true, key: CONSENT, body: parsed.data }
    return { ok: false, faults: explainIssues(parsed.error, input) }
  }
}

/** The wordings in force now. */
export async function currentPolicy(tx: Tx): Promise<Policy> {
  const published = await current(tx, CONSENT, CONSENT)
  if (!published) return { version: 0, definition: undefined }
  return { version: published.version, definition: ConsentDefinition.parse(published.body) }
}
