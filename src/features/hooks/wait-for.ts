import { z } from 'zod'
import type { DueTimer } from '../../platform/feature.ts'
import { EventRefused, setTimer } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import type { HookEvent } from './rules/delivery.ts'

/** Which of our timers it is. */
export const WAITING = 'hooks.order'
const FIRST_MS = 60_000
const MOST_BETWEEN_MS = 6 * 3_600_000
/** An order may be told days after its refund. */
const LONGEST_FOR_ORDER_MS = 3 * 86_400_000
/** Who an account is may be told after what they do, but seconds after; looked for after 1, 3, 7 and 15 minutes. */
const TRIES_FOR_NAME = 4

interface Waiting {
  readonly event: HookEvent
  readonly since: Date
  readonly tries: number
}

/** An event that waited. */
export interface Late {
  readonly source: string
  readonly event: HookEvent
  /** It will not be looked at again. */
  readonly isLast: boolean
}

const Body = z.object({
  source: z.string(),
  since: z.iso.datetime(),
  tries: z.int(),
  event: z.object({
    name: z.string(),
    id: z.string(),
    at: z.iso.datetime(),
    shop: z.string().optional(),
    ofOrder: z.string().optional(),
    who: z.array(z.object({ kind: z.string(), value: z.unknown() })).default([]),
    properties: z.record(z.string(), z.unknown())
  })
})

/**
 * An event may overtake what says whose it is: a refund its order, a subscription the customer's address. It waits, and looks
 * again after a minute, two, four …
 */
export async function waitFor(work: Work, source: string, { event, since, tries }: Waiting): Promise<void> {
  const { name, id, at, shop, ofOrder, who, properties } = event
  const body = JSON.stringify({ source, since, tries, event: { name, id, at, shop, ofOrder, who, properties } })
  await setTimer(work, {
    kind: WAITING,
    name: `${WAITING}:${source}:${id}`,
    key: `hook:${source}:${ofOrder ?? id}`,
    dueAt: new Date(work.now.getTime() + Math.min(MOST_BETWEEN_MS, FIRST_MS * 2 ** tries)),
    body: work.cipher.seal('hook.waiting', body)
  })
}

/**
 * Looks again; `record` answers whether it is known whose it is by now, or takes it anyway where this was the last look. An
 * order that is never told leaves its refund aside, for people to see.
 */
export async function lookAgain(work: Work, timer: DueTimer, record: (late: Late) => Promise<boolean>): Promise<void> {
  const { source, since, tries, event } = Body.parse(JSON.parse(work.cipher.open('hook.waiting', timer.body)))
  const found = { ...event, at: new Date(event.at) }
  const isLast = event.ofOrder === undefined && tries + 1 >= TRIES_FOR_NAME
  if ((await record({ source, event: found, isLast })) || isLast) return
  if (work.now.getTime() - Date.parse(since) > LONGEST_FOR_ORDER_MS)
    throw new EventRefused(`${source}: ${event.name} ${event.id} is of an order that was never told (${event.ofOrder})`)
  await waitFor(work, source, { event: found, since: new Date(since), tries: tries + 1 })
}
