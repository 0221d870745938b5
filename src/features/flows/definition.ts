import type { DefinitionFault, DefinitionKind } from '../../platform/feature.ts'
import { explainIssues } from '../definitions/index.ts'
import { flowFaults } from './rules/faults.ts'
import { Flow } from './rules/schema.ts'

/** Files under flows/surveys and flows/scenarios: the two kinds of flow, of one format. */
export const flowDefinitions: readonly DefinitionKind[] = [
  kindOf('survey', 'surveys/'),
  kindOf('scenario', 'scenarios/')
]

function kindOf(kind: Flow['kind'], files: string): DefinitionKind {
  return { kind, files, check: (input) => checkFlow(input, kind) }
}

type Checked = { ok: true; key: string; body: Flow } | { ok: false; faults: readonly DefinitionFault[] }

/** Checks a parsed file; with `kind`, also that it is of this kind. */
export function checkFlow(input: unknown, kind?: Flow['kind']): Checked {
  const parsed = Flow.safeParse(input)
  if (!parsed.success) return { ok: false, faults: explainIssues(parsed.error, input) }
  const flow = parsed.data
  const faults = flowFaults(flow)
  if (kind && flow.kind !== kind)
    faults.unshift({
      path: ['kind'],
      message: `the files of this folder are of kind ${kind}: write that, or move the file`
    })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, key: flow.id, body: flow }
}

const flows = new WeakMap<object, Flow>()

/** The flow in a published definition's body; throws when it is none, which publishing rules out. */
export function flowOf(body: unknown): Flow {
  const known = typeof body === 'object' && body !== null ? flows.get(body) : undefined
  if (known) return known
  const flow = Flow.parse(body)
  if (typeof body === 'object' && body !== null) flows.set(body, flow)
  return flow
}
