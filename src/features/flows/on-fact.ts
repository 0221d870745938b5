import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { currentAll, type PublishedDefinition } from '../definitions/index.ts'
import { flowDefinitions, flowOf } from './definition.ts'
import { advance, NEW_RUN } from './rules/advance.ts'
import { type Facts, holds } from './rules/conditions.ts'
import { findStep } from './rules/graph.ts'
import { flowOfRun, moveRun, startRun } from './run-flow.ts'
import { findHopefulRuns, findOpenRuns, type KeptRun, reachGoals } from './store.ts'

/** Facts told later than this, such as an import of past visits, lead nobody into a flow. */
const NEWS_MS = 24 * 3_600_000

/**
 * Ends the waits that a fact ends, and leads the customer into the flows that it starts. Those that begin with a
 * question come last: its buttons vanish when anything is said after it.
 */
export async function onFact(work: Work, fact: Fact): Promise<void> {
  await noteGoals(work, fact)
  if (work.now.getTime() - fact.at.getTime() > NEWS_MS) return
  await lockKey(work.tx, fact.customerId)
  const waiting = await findOpenRuns(work.tx, work.cipher, fact.customerId)
  const started = await flowsStartedBy(work, fact)
  await enter(
    work,
    fact,
    started.filter((definition) => !asksAtOnce(definition))
  )
  for (const kept of waiting) {
    if (await waitsFor(work, kept, fact.name)) await moveRun(work, kept, { type: 'event', name: fact.name })
  }
  await enter(work, fact, started.filter(asksAtOnce))
}

/** Told late or not: it counts by when it happened, also for those who got nothing. */
async function noteGoals(work: Work, { customerId, name, at, properties }: Fact): Promise<void> {
  const reached: string[] = []
  for (const kept of await findHopefulRuns(work.tx, work.cipher, { customerId, at })) {
    const { goal } = await flowOfRun(work, kept)
    if (goal?.event === name && holds(goal.where ?? {}, knownOf(properties))) reached.push(kept.id)
  }
  if (reached.length > 0) await reachGoals(work.tx, reached, at)
}

async function enter(work: Work, fact: Fact, definitions: readonly PublishedDefinition[]): Promise<void> {
  for (const definition of definitions) {
    const entry = await startRun(work, { customerId: fact.customerId, definition })
    work.log.info('A fact met a flow', { fact: fact.name, flow: definition.key, entry })
  }
}

function asksAtOnce({ body }: PublishedDefinition): boolean {
  return advance(flowOf(body), NEW_RUN, { type: 'start' }).effects.some((effect) => effect.do === 'ask')
}

async function waitsFor(work: Work, kept: KeptRun, name: string): Promise<boolean> {
  const step = findStep(await flowOfRun(work, kept), kept.run.step)
  return step?.do === 'wait' && step.until?.event === name
}

async function flowsStartedBy(work: Work, fact: Fact): Promise<PublishedDefinition[]> {
  const known = knownOf(fact.properties)
  const started: PublishedDefinition[] = []
  for (const { kind } of flowDefinitions) {
    for (const definition of await currentAll(work.tx, kind)) {
      const { trigger } = flowOf(definition.body)
      if (trigger.event === fact.name && holds(trigger.where ?? {}, known)) started.push(definition)
    }
  }
  return started
}

function knownOf(properties: Fact['properties']): Facts {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  )
}
