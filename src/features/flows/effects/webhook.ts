import type { Work } from '../../../platform/work.ts'
import { customerSummary } from '../../customers/index.ts'
import { isOwnWord } from '../rules/answers.ts'
import type { Facts } from '../rules/conditions.ts'
import type { Deed, Flow } from '../rules/schema.ts'
import type { Progress } from './progress.ts'

type WebhookStep = Extract<Deed, { do: 'webhook' }>

/** Tells another system that a customer passed here, once for each passing of the step. */
export async function webhook(
  work: Work,
  { flow, kept }: Progress,
  { step, visit }: { readonly step: WebhookStep; readonly visit: number }
): Promise<void> {
  const { id: run, customerId } = kept
  const locale = (await customerSummary(work.tx, work.cipher, customerId))?.locale ?? 'ja'
  const answers = answersFor(flow, kept.run.facts, step)
  const data = { flow: flow.id, run, step: step.id, customer: { id: customerId, locale }, answers }
  const body = { type: 'flow.webhook', timestamp: work.now.toISOString(), data }
  work.webhook({ name: `${run}:${visit}:${step.id}`, customerId, url: step.url, body })
}

/** What was answered so far; the customer's own words only where the step asks for them. */
function answersFor(flow: Flow, facts: Facts, { include = [] }: WebhookStep): Facts {
  const told = flow.steps.flatMap((step) =>
    step.do === 'ask' && (!isOwnWord(step) || include.includes(step.id)) ? [step.id] : []
  )
  return Object.fromEntries(Object.entries(facts).filter(([id]) => told.includes(id)))
}
