import { z } from 'zod'
import type { DueTimer } from '../../platform/feature.ts'
import { EventRefused, setTimer } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import type { HookEvent } from './rules/delivery.ts'

/** Which of our timers it is. */
export const WAITING = 'hooks.order'
const LONGEST_MS = 3 * 86_400_000
const FIRST_MS = 60_000
const MOST_BETWEEN_MS = 6 * 3_600_000

interface Waiting {
  readonly event: HookEvent
  readonly since: Date
  readonly tries: number
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
    ofOrder: z.string(),
    properties: z.record(z.string(), z.unknown())
  })
})

/** A refund may overtake its order: it waits, and looks again after a minute, two, four … up to three days. */
export async function waitForOrder(work: Work, source: string, { event, since, tries }: Waiting): Promise<void> {
  const { name, id, at, shop, ofOrder, properties } = event
  const body = JSON.stringify({ source, since, tries, event: { name, id, at, shop, ofOrder, properties } })
  await setTimer(work, {
    kind: WAITING,
    name: `${WAITING}:${source}:${id}`,
    key: `hook:${source}:${ofOrder}`,
    dueAt: new Date(work.now.getTime() + Math.min(MOST_BETWEEN_MS, FIRST_MS * 2 ** tries)),
    body: work.cipher.seal('hook.waiting', body)
  })
}

/** Looks again; `record` answers whether the order is there by now. What waited too long is laid aside for people to see. */
export async function lookAgain(
  work: Work,
  timer: DueTimer,
  record: (source: string, event: HookEvent) => Promise<boolean>
): Promise<void> {
  const { source, since, tries, event } = Body.parse(JSON.parse(work.cipher.open('hook.waiting', timer.body)))
  const found = { ...event, at: new Date(event.at), who: [] }
  if (await record(source, found)) return
  if (work.now.getTime() - Date.parse(since) > LONGEST_MS)
    throw new EventRefused(`${source}: ${event.name} ${event.id} is of an order that was never told (${event.ofOrder})`)
  await waitForOrder(work, source, { event: found, since: new Date(since), tries: tries + 1 })
}
