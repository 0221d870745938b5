import { dayOf } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { customerFigures, newestAt } from '../events/index.ts'
import { sinceOf } from './rules/cause.ts'
import type { Flow } from './rules/schema.ts'
import { startOf } from './rules/trigger.ts'

interface Due {
  readonly flow: Flow
  readonly customerId: string
  readonly cause: string
}

/**
 * Whether what was to lead a customer into a flow still holds, on their record as it is now: who came a minute ago, or whose
 * visit was told late, is not absent. The caller holds the customer's lock.
 */
export async function isStillDue({ tx, timeZone }: Work, { flow, customerId, cause }: Due): Promise<boolean> {
  const since = sinceOf(cause)
  if (!since) return true
  const start = startOf(flow.trigger)
  // Another version is published by now, which starts otherwise.
  if (start.by !== since.by) return false
  if (start.by === 'overdue') return (await customerFigures(tx, customerId))?.lastDay === since.day
  const at = await newestAt(tx, customerId, start.event)
  return at !== undefined && dayOf(at, timeZone) === since.day
}
