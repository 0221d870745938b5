import type { Work } from '../../../platform/work.ts'
import { trackLinks } from '../../links/index.ts'
import { brandOf } from '../../shops/index.ts'
import { withCoupon } from '../fill-coupon.ts'
import { addressOf } from '../rules/address.ts'
import type { Effect } from '../rules/advance.ts'
import { type Filling, fillIn, namesCoupon } from '../rules/placeholders.ts'
import { buttonsOf, saidTexts } from '../rules/say-texts.ts'
import type { FlowText, SayStep } from '../rules/schema.ts'
import { saidMessages } from '../said-view.ts'
import type { KeptRun } from '../store/runs.ts'
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
  const filled = await fillingOf(work, { kept, filling }, step)
  const view = {
    ...{ locale: filling.locale, addresses, fill: (text: FlowText) => fillIn(flow, text, filled) },
    brand: isDrawn ? await brandOf(work.tx) : undefined
  }
  work.tell(customerId, saidMessages(step, view))
}

function fillingOf(work: Work, known: { kept: KeptRun; filling: Filling }, step: SayStep): Promise<Filling> | Filling {
  const named = saidTexts(step).find(([text]) => namesCoupon(text))
  return named ? withCoupon(work, known, named[0]) : known.filling
}
