import type { Tx } from '../../../platform/db/index.ts'
import type { ArmCount } from '../rules/experiment.ts'

/** What a flow came to. */
export interface FlowCounts {
  /** By arm: how many times somebody entered, and how many of these reached the goal. */
  readonly arms: readonly ArmCount[]
  /** How many wait at each step now, in whatever version, by step. */
  readonly waiting: ReadonlyMap<string, number>
}

/** Counts one flow. Looks at all of its runs: for people who ask, not for the engine. */
export async function countRuns(tx: Tx, flow: string): Promise<FlowCounts> {
  const arms = await tx.$queryRaw<ArmCount[]>`
    SELECT arm, count(*)::int AS entered, count(goal_at)::int AS reached
    FROM flow_run WHERE flow = ${flow} GROUP BY arm ORDER BY arm`
  const steps = await tx.$queryRaw<{ step: string; people: number }[]>`
    SELECT step, count(*)::int AS people FROM flow_run WHERE flow = ${flow} AND open_key IS NOT NULL GROUP BY step`
  return { arms, waiting: new Map(steps.map(({ step, people }) => [step, people])) }
}

/** How many times somebody entered each flow, and how many are inside now, by flow. */
export async function countFlows(tx: Tx): Promise<Map<string, { readonly entered: number; readonly inside: number }>> {
  const rows = await tx.$queryRaw<{ flow: string; entered: number; inside: number }[]>`
    SELECT flow, count(*) FILTER (WHERE arm <> 'holdout')::int AS entered, count(open_key)::int AS inside
    FROM flow_run GROUP BY flow`
  return new Map(rows.map(({ flow, entered, inside }) => [flow, { entered, inside }]))
}
