import type { Work } from '../../platform/work.ts'
import { forgetToldBy } from '../customers/index.ts'
import { withdrawAnswers } from '../surveys/index.ts'
import { toldBy } from './effects/set-attribute.ts'
import { findRuns, type KeptRun, saveFacts } from './store/runs.ts'

/** Forgets what a message answered: in the survey, and in the runs that carry it, even those that are over. */
export async function takeBack(work: Work, customerId: string, cause: string): Promise<void> {
  const withdrawn = await withdrawAnswers(work, customerId, cause)
  const runs = await findRuns(work.tx, work.cipher, customerId)
  await forgetToldBy(work.tx, customerId, [...new Set(runs.map(({ flow }) => toldBy(flow, cause)))])
  for (const kept of runs) {
    const given = Object.keys(kept.causes).filter((question) => kept.causes[question] === cause)
    const answered = withdrawn.filter((answer) => answer.runId === kept.id).map((answer) => answer.question)
    const gone = new Set([...given, ...answered])
    if (gone.size > 0) await saveFacts(work, without(kept, gone))
  }
}

function without(kept: KeptRun, questions: ReadonlySet<string>): KeptRun {
  const keep = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([question]) => !questions.has(question)))
  return { ...kept, run: { ...kept.run, facts: keep(kept.run.facts) }, causes: keep(kept.causes) }
}
