import type { Fact, Work } from '../../platform/work.ts'
import { countVisit, insertFact, keepLatestNps } from './store.ts'

/**
 * Records something that happened to a customer and tells the features that listen for it, in the same transaction.
 * False, and nothing else happens, when this source told us this fact before.
 */
export async function recordFact(work: Work, fact: Fact): Promise<boolean> {
  if (!(await insertFact(work.tx, fact))) return false
  const { survey, score } = fact.properties
  if (fact.name === 'visit') await countVisit(work.tx, fact.customerId, fact.at)
  if (fact.name === 'survey.answered' && survey === 'nps' && typeof score === 'number')
    await keepLatestNps(work.tx, fact.customerId, { score, at: fact.at })
  await work.announce(fact)
  return true
}
