import type { Fact, Work } from '../../platform/work.ts'
import { type Outcome, recordEvents } from './record-events.ts'

/**
 * Records something that happened to a customer and tells the features that listen for it, in the same transaction.
 * False, and nothing else happens, when this source told us this fact before.
 */
export async function recordFact(work: Work, fact: Fact): Promise<boolean> {
  return (await recordFacts(work, [fact]))[0] === 'recorded'
}

/** Records a batch of facts, then tells those that are new, in their order. One outcome per fact. */
export async function recordFacts(work: Work, facts: readonly Fact[]): Promise<Outcome[]> {
  const outcomes = await recordEvents(work, facts)
  for (const [index, fact] of facts.entries()) if (outcomes[index] === 'recorded') await work.announce(fact)
  return outcomes
}
