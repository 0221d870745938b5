import { cronFault } from '../../platform/cron.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { DefinitionFault, DefinitionKind, Surroundings } from '../../platform/feature.ts'
import { COUPON_KIND } from '../coupons/index.ts'
import { current, currentAll, explainIssues, type PublishedDefinition } from '../definitions/index.ts'
import { tierKeysAround, unknownTiers } from '../tiers/index.ts'
import { attributeFaults } from './attribute-faults.ts'
import { unknownCoupons } from './rules/coupon-faults.ts'
import { flowFaults } from './rules/faults.ts'
import { flowsFaults } from './rules/flows-faults.ts'
import { buttonsOf } from './rules/say-texts.ts'
import { Flow } from './rules/schema.ts'
import { namedTiers } from './rules/tier-faults.ts'
import { segmentFaults } from './rules/trigger-faults.ts'
import { secretFaults } from './rules/webhook-faults.ts'

/** Files under flows/surveys and flows/scenarios: the two kinds of flow, of one format. */
export const flowDefinitions: readonly DefinitionKind[] = [
  kindOf('survey', 'surveys/'),
  kindOf('scenario', 'scenarios/')
]

function kindOf(kind: Flow['kind'], files: string): DefinitionKind {
  return {
    kind,
    files,
    check: (input) => checkFlow(input, kind),
    together: (body, around) => surroundingFaults(flowOf(body), around)
  }
}

function surroundingFaults(flow: Flow, around: Surroundings): DefinitionFault[] {
  const { definitions, unset } = around
  const flows = definitions.filter(({ kind }) => flowDefinitions.some((own) => own.kind === kind))
  const coupons = definitions.filter(({ kind }) => kind === COUPON_KIND).map(({ key }) => key)
  return [
    ...flowsFaults(
      flow,
      flows.map(({ body }) => flowOf(body))
    ),
    ...segmentFaults(
      flow,
      definitions.flatMap(({ kind, key }) => (kind === 'segment' ? [key] : []))
    ),
    ...unknownCoupons(flow, coupons),
    ...tierFaults(flow, tierKeysAround(around)),
    ...secretFaults(flow, unset)
  ]
}

/** `keys` undefined = there are no tiers. */
function tierFaults(flow: Flow, keys: readonly string[] | undefined): DefinitionFault[] {
  const named = namedTiers(flow)
  const faults = unknownTiers(
    named.map(({ tier }) => tier),
    keys
  )
  return named.flatMap(({ tier, path }) => {
    const message = faults.get(tier)
    return message === undefined ? [] : [{ path, message }]
  })
}

/** A flow in force. */
export interface PublishedFlow {
  readonly definition: PublishedDefinition
  readonly flow: Flow
}

/** Every flow in force: surveys, then scenarios, by id. */
export async function publishedFlows(tx: Tx): Promise<PublishedFlow[]> {
  const all = await Promise.all(flowDefinitions.map(({ kind }) => currentAll(tx, kind)))
  return all.flat().map((definition) => ({ definition, flow: flowOf(definition.body) }))
}

/** The flow of this id and, if it is given, kind; undefined when there is none, or it is retired. */
export async function publishedFlow(tx: Tx, id: string, kind?: Flow['kind']): Promise<PublishedFlow | undefined> {
  for (const each of kind ? [kind] : flowDefinitions.map((known) => known.kind)) {
    const definition = await current(tx, each, id)
    if (definition) return { definition, flow: flowOf(definition.body) }
  }
  return undefined
}

type Checked = { ok: true; key: string; body: Flow } | { ok: false; faults: readonly DefinitionFault[] }

/** Checks a parsed file; with `kind`, also that it is of this kind. */
export function checkFlow(input: unknown, kind?: Flow['kind']): Checked {
  const parsed = Flow.safeParse(input)
  if (!parsed.success) return { ok: false, faults: explainIssues(parsed.error, input) }
  const flow = parsed.data
  const faults = [...flowFaults(flow), ...attributeFaults(flow), ...scheduleFaults(flow)]
  if (kind && flow.kind !== kind)
    faults.unshift({
      path: ['kind'],
      message: `the files of this folder are of kind ${kind}: write that, or move the file`
    })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, key: flow.id, body: flow }
}

function scheduleFaults({ trigger: { schedule } }: Flow): DefinitionFault[] {
  const message = schedule === undefined ? undefined : cronFault(schedule)
  return message === undefined ? [] : [{ path: ['trigger', 'schedule'], message }]
}

/** Whether a button of a published flow opens a page. */
export function opensPages(body: unknown): boolean {
  const said = flowOf(body).steps.flatMap((step) => (step.do === 'say' ? buttonsOf(step) : []))
  return said.some(({ open }) => open?.startsWith('https://'))
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
