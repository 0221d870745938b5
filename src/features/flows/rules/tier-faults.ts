import { valuesOf } from './customer-fact-faults.ts'
import type { Fault } from './faults.ts'
import { conditionsOf } from './named.ts'
import type { Flow, Test } from './schema.ts'

/** A tier that a flow names, and where. */
export interface NamedTier {
  readonly tier: string
  readonly path: Fault['path']
}

/** The tiers that a flow names: in conditions on the customer's, and in the change that starts it. */
export function namedTiers({ trigger, steps }: Flow): NamedTier[] {
  const where = trigger.event === 'tier.changed' ? (trigger.where ?? {}) : {}
  const starts = ['from', 'to'].flatMap((name) => named(where[name], ['trigger', 'where', name]))
  const asks = steps.flatMap((step, index) =>
    conditionsOf(step).flatMap(([when, at]) => named(when['customer.tier'], ['steps', index, ...at, 'customer.tier']))
  )
  return [...starts, ...asks]
}

function named(test: Test | undefined, path: Fault['path']): NamedTier[] {
  return test === undefined ? [] : valuesOf(test).map((value) => ({ tier: String(value), path }))
}
