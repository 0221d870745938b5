import { z } from 'zod'
import { type NewTimer, setTimer, setTimers } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import { type Flow, PRIORITIES } from './rules/schema.ts'

/** What a timer that leads into a flow carries; without a cause it was set before there were any. */
export const EntryBody = z.object({
  enter: z.string(),
  kind: z.enum(['survey', 'scenario']),
  cause: z.string().optional(),
  /** When it fell due first, while the flow stood still. */
  since: z.iso.datetime().optional()
})

interface Entering {
  readonly flow: Flow
  readonly customerId: string
  /** What leads them in, once: see startRun. */
  readonly cause: string
  readonly at: Date
  /** When it fell due first, if that is past: the flow stands still. */
  readonly since?: Date | undefined
}

/** Leads a customer into a flow at a business time, in the version that is published then. One entry waits for each flow. */
export async function enterLater(work: Work, entering: Entering): Promise<void> {
  await setTimer(work, entryTimer(entering))
}

/** Leads many customers, each by a cause of their own. An entry that waits already stays as it is. */
export async function enterManyLater(
  work: Work,
  flow: Flow,
  { entries, at }: { entries: readonly Pick<Entering, 'customerId' | 'cause'>[]; at: Date }
): Promise<void> {
  await setTimers(
    work,
    entries.map((entry) => entryTimer({ flow, at, ...entry }))
  )
}

/** The timer of an entry. What falls due at one moment is handled in the order of the names: a higher priority goes first. */
function entryTimer({ flow, customerId, cause, at, since }: Entering): NewTimer {
  const body: z.infer<typeof EntryBody> = {
    ...{ enter: flow.id, kind: flow.kind, cause },
    ...(since && { since: since.toISOString() })
  }
  return {
    kind: 'flow',
    name: `flow:enter:${rankOf(flow)}:${flow.id}:${customerId}`,
    key: customerId,
    dueAt: at,
    body: JSON.stringify(body)
  }
}

/** 0 for the flows that go first. */
export function rankOf({ priority = 'normal' }: Flow): number {
  return PRIORITIES.indexOf(priority)
}
