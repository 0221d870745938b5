import { sharedLocale } from '../../../platform/settings/index.ts'
import { actions, escapeMrkdwn, section } from '../../../platform/slack/index.ts'
import type { Work } from '../../../platform/work.ts'
import { cardButton, customerSummary, maskName, nameFor } from '../../customers/index.ts'
import { fillIn } from '../rules/placeholders.ts'
import type { Deed } from '../rules/schema.ts'
import type { Progress } from './progress.ts'

export interface Passing {
  readonly step: Extract<Deed, { do: 'notify' }>
  readonly visit: number
}

/**
 * Posts a line to the channel where alerts go, once for each passing of the step, with a button to the customer's card. It
 * stays there when the customer is erased: a name is masked in it, and free texts never are part of it.
 */
export async function notify(work: Work, { flow, kept }: Progress, { step, visit }: Passing): Promise<void> {
  const { id: runId, customerId, run } = kept
  const locale = await sharedLocale(work.tx)
  const name = (await customerSummary(work.tx, work.cipher, customerId))?.name
  const customerName = nameFor(locale, name && maskName(name))
  const text = `🔔 ${escapeMrkdwn(fillIn(flow, step.text, { locale, customerName, facts: run.facts }))}`
  const blocks = [section(text), actions([cardButton(customerId, locale)])]
  work.slack({ kind: 'notice', name: `flow:${runId}:${visit}:${step.id}`, text, blocks })
}
