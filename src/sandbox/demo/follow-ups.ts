import type { DemoCustomer } from './customers.ts'
import { seeded } from './random.ts'
import type { Voice } from './voices.ts'

/** A follow-up that staff resolved, as history. */
export interface DemoFollowUp {
  readonly customer: DemoCustomer
  readonly voice: Voice
  readonly assignee: string
  readonly dueAt: Date
  readonly respondedAt: Date
  readonly resolvedAt: Date
  readonly outcome: 'retained' | 'watch' | 'lost'
}

const HISTORY_MS = 70 * 86_400_000
/** What came in the last days would still be open: history ends before it. */
const SETTLED_MS = 3 * 86_400_000
const HOUR_MS = 3_600_000
const MOST = 12

/** How staff looked after the customers who were unhappy in the last ten weeks, oldest first. */
export function followUpsOf(
  customers: readonly DemoCustomer[],
  { now, staff, seed }: { now: Date; staff: readonly string[]; seed: number }
): DemoFollowUp[] {
  const random = seeded(seed + 77)
  const [first, ...rest] = staff
  if (!first) return []
  return customers
    .flatMap((customer) => customer.voices.filter(({ score }) => score <= 6).map((voice) => ({ customer, voice })))
    .filter(({ voice }) => isBetween(now.getTime() - voice.at.getTime(), SETTLED_MS, HISTORY_MS))
    .sort((one, other) => one.voice.at.getTime() - other.voice.at.getTime())
    .slice(-MOST)
    .map(({ customer, voice }) => {
      const openedMs = voice.at.getTime()
      const respondedMs = openedMs + (0.3 + random.next() * 6) * HOUR_MS
      const cameBack = customer.visits.some(({ at }) => at.getTime() > openedMs + HOUR_MS)
      return {
        customer,
        voice,
        assignee: random.pick([first, ...rest]),
        dueAt: new Date(openedMs + 24 * HOUR_MS),
        respondedAt: new Date(respondedMs),
        resolvedAt: new Date(respondedMs + (1 + random.next() * 30) * HOUR_MS),
        outcome: cameBack ? 'retained' : random.pick(['watch', 'lost', 'watch'])
      }
    })
}

function isBetween(value: number, from: number, to: number): boolean {
  return value >= from && value <= to
}
