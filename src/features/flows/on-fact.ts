import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { currentAll, type PublishedDefinition } from '../definitions/index.ts'
import { flowDefinitions, flowOf } from './definition.ts'
import { type Facts, holds } from './rules/conditions.ts'
import { findStep } from './rules/graph.ts'
import { flowOfRun, moveRun, startRun } from './run-flow.ts'
import { findOpenRuns, type KeptRun } from './store.ts'

/** Facts told later than this, such as an import of past visits, lead nobody into a flow. */
const NEWS_MS = 24 * 3_600_000

/** Ends the waits that a fact ends, and leads the customer into the flows that it starts. */
export async function onFact(work: Work, fact: Fact): Promise<void> {
  if (work.now.getTime() - fact.at.getTime() > NEWS_MS) return
  await lockKey(work.tx, fact.customerId)
  for (const kept of await findOpenRuns(work.tx, work.cipher, fact.customerId)) {
    if (await waitsFor(work, kept, fact.name)) await moveRun(work, kept, { type: 'event', name: fact.name })
  }
  for (const definition of await flowsStartedBy(work, fact)) {
    const entry = await startRun(work, fact.customerId, definition)
    work.log.info('A fact met a flow', { fact: fact.name, flow: definition.key, entry })
  }
}

async function waitsFor(work: Work, kept: KeptRun, name: string): Promise<boolean> {
  const step = findStep(await flowOfRun(work, kept), kept.run.step)
  return step?.do === 'wait' && step.until?.event === name
}

async function flowsStartedBy(work: Work, fact: Fact): Promise<PublishedDefinition[]> {
  const known: Facts = Object.fromEntries(
    Object.entries(fact.properties).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  )
  const started: PublishedDefinition[] = []
  for (const { kind } of flowDefinitions) {
    for (const definition of await currentAll(work.tx, kind)) {
      const { trigger } = flowOf(definition.body)
      if (trigger.event === fact.name && holds(trigger.where ?? {}, known)) started.push(definition)
    }
  }
  return started
}
