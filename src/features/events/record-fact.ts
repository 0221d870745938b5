import type { Fact, Work } from '../../platform/work.ts'
import { consequences, type Outcome, record } from './record-events.ts'

/**
 * Records something that happened to a customer and tells the features that listen for it, in the same transaction.
 * False, and nothing else happens, when this source told us this fact before.
 */
export async function recordFact(work: Work, fact: Fact): Promise<boolean> {
  return (await recordFacts(work, [fact]))[0] === 'recorded'
}

/**
 * Records a batch of facts, then tells what comes of them (another tier), then those that are new, in their order. One outcome
 * per fact.
 */
export async function recordFacts(work: Work, facts: readonly Fact[]): Promise<Outcome[]> {
  const { outcomes, changes } = await record(work, facts)
  for (const fact of await consequences(work, changes)) await work.announce(fact)
  for (const [index, fact] of facts.entries()) if (outcomes[index] === 'recorded') await work.announce(fact)
  return outcomes
}
