import type { Work } from '../../../platform/work.ts'
import { tagCustomer, untagCustomer } from '../../customers/index.ts'
import type { Effect } from '../rules/advance.ts'
import type { Progress } from './progress.ts'

/** Adds a tag to the customer, or takes it off. */
export async function tag(work: Work, { flow, kept }: Progress, effect: Extract<Effect, { do: 'tag' }>): Promise<void> {
  const { customerId } = kept
  if (effect.add) await tagCustomer(work, { customerId, tag: effect.add, by: `flow:${flow.id}` })
  if (effect.remove) await untagCustomer(work, customerId, effect.remove)
}
