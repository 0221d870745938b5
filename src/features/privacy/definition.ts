import type { Tx } from '../../platform/db/index.ts'
import type { DefinitionKind } from '../../platform/feature.ts'
import { current, explainIssues } from '../definitions/index.ts'
import { DEFAULT_RETENTION, type Retention, RetentionDefinition } from './rules/retention.ts'

const KIND = 'retention'

/** flows/privacy/retention.yaml */
export const retentionKind: DefinitionKind = {
  kind: KIND,
  files: 'privacy/retention.yaml',
  check(input) {
    const parsed = RetentionDefinition.safeParse(input)
    if (parsed.success) return { ok: true, key: KIND, body: parsed.data }
    return { ok: false, faults: explainIssues(parsed.error) }
  }
}

/** How long things are kept now. */
export async function currentRetention(tx: Tx): Promise<Retention> {
  const published = await current(tx, KIND, KIND)
  return published ? RetentionDefinition.parse(published.body) : DEFAULT_RETENTION
}
