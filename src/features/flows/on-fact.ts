import { addDuration } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { type PublishedFlow, publishedFlows } from './definition.ts'
import { enterLater, rankOf } from './enter-later.ts'
import { knownFacts } from './known-facts.ts'
import { type Advance, advance, NEW_RUN } from './rules/advance.ts'
import { type Facts, holds } from './rules/conditions.ts'
import { findStep } from './rules/graph.ts'
import type { Flow } from './rules/schema.ts'
import { startOf } from './rules/trigger.ts'
import { asks, flowOfRun, moveRun, speaks, startRun } from './run-flow.ts'
import { findHopefulRuns, findOpenRuns, type KeptRun, reachGoals } from './store/runs.ts'

/** Facts told later than this, such as an import of past visits, lead nobody into a flow. */
const NEWS_MS = 24 * 3_600_000
/** A flow that speaks waits so long when one of a higher priority has just asked something: its buttons would vanish. */
const AFTER_A_QUESTION = '1h'

/**
 * Ends the waits that a fact ends, and leads the customer into the flows that it starts: those of a higher priority first,
 * which decides when a customer wants few messages, or may be in few flows. Of one priority those that begin with a question
 * come last, after the waits: its buttons vanish when anything is said after it.
 */
export async function onFact(work: Work, fact: Fact): Promise<void> {
  await noteGoals(work, fact)
  if (work.now.getTime() - fact.at.getTime() > NEWS_MS) return
  await lockKey(work.tx, fact.customerId)
  const waiting = await findOpenRuns(work.tx, work.cipher, fact.customerId)
  const started = await flowsStartedBy(work, fact)
  const firstQuestion = started.findIndex(({ first }) => asks(first))
  const before = firstQuestion < 0 ? started : started.slice(0, firstQuestion)
  await enter(work, fact, before)
  for (const kept of waiting) {
    if (await waitsFor(work, kept, fact.name))
      await moveRun(work, kept, { type: 'event', name: fact.name, properties: knownOf(fact.properties) })
  }
  await enter(work, fact, started.slice(before.length))
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

async function enter(work: Work, { name, customerId }: Fact, started: readonly Started[]): Promise<void> {
  let hasAsked = false
  for (const { definition, flow, first } of started) {
    const waits = hasAsked && speaks(first) && !asks(first)
    if (waits)
      await enterLater(work, { flow, customerId, cause: work.cause, at: addDuration(work.now, AFTER_A_QUESTION) })
    const entry = waits ? 'waits' : await startRun(work, { customerId, definition })
    if (entry === 'entered' && asks(first)) hasAsked = true
    work.log.info('A fact met a flow', { fact: name, flow: flow.id, entry })
  }
}

async function waitsFor(work: Work, kept: KeptRun, name: string): Promise<boolean> {
  const step = findStep(await flowOfRun(work, kept), kept.run.step)
  return step?.do === 'wait' && step.until?.event === name
}

/** A flow, and what this customer would meet in it at once. */
type Started = PublishedFlow & { readonly first: Advance }

/** The flows that a fact starts, in the order in which they go. */
async function flowsStartedBy(work: Work, fact: Fact): Promise<Started[]> {
  const started: Started[] = []
  for (const published of await publishedFlows(work.tx)) {
    const { flow } = published
    if (!isStartedBy(flow, fact)) continue
    const known = await knownFacts(work, flow, fact.customerId)
    started.push({ ...published, first: advance(flow, NEW_RUN, { type: 'start', known }) })
  }
  const asksAtOnce = ({ first }: Started) => Number(asks(first))
  return started.sort((one, other) => rankOf(one.flow) - rankOf(other.flow) || asksAtOnce(one) - asksAtOnce(other))
}

function isStartedBy({ trigger }: Flow, { name, properties }: Fact): boolean {
  const start = startOf(trigger)
  if (start.by === 'segment') return name === 'segment.entered' && properties.segment === start.segment
  if (start.by !== 'event' || start.event !== name) return false
  return holds(start.where, knownOf(properties))
}

function knownOf(properties: Fact['properties']): Facts {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  )
}
