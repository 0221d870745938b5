import type { Work } from '../../../platform/work.ts'
import { trackLinks } from '../../links/index.ts'
import { brandOf } from '../../loyalty/index.ts'
import { addressOf } from '../rules/address.ts'
import type { Effect } from '../rules/advance.ts'
import { type Filling, fillIn } from '../rules/placeholders.ts'
import { buttonsOf } from '../rules/say-texts.ts'
import { saidMessages } from '../said-view.ts'
import type { Progress } from './progress.ts'

/**
 * Tells the customer what a step says. The links of its buttons are made in the same transaction; the same passing of the
 * step has the same ones, so that nothing is made anew when it is carried out again.
 */
export async function say(
  work: Work,
  { flow, kept, filling }: Progress & { readonly filling: Filling },
  { step, visit }: Extract<Effect, { do: 'say' }>
): Promise<void> {
  const { customerId, id: runId } = kept
  const buttons = buttonsOf(step)
  const targets = buttons.flatMap(({ open }) => (open === undefined ? [] : [addressOf(flow, open)]))
  const origin = { customerId, flow: flow.id, step: step.id, runId, visit }
  const addresses = targets.length > 0 ? await trackLinks(work, origin, targets) : []
  const isDrawn = step.card !== undefined || buttons.length > 0
  const view = {
    ...{ locale: filling.locale, addresses, fill: (text: Parameters<typeof fillIn>[1]) => fillIn(flow, text, filling) },
    brand: isDrawn ? await brandOf(work.tx) : undefined
  }
  work.tell(customerId, saidMessages(step, view))
}
