import type { Window } from './calendar.ts'

/** What still holds when it is told late is made up for so far back; a moment that has passed only so far. */
const HOLDS_DAYS = 90
const PASSES_DAYS = 3
/** A clock that was set back a little is waited for; what was looked through further ahead was so by a wrong one. */
const AHEAD_DAYS = 2
const DAY_MS = 86_400_000

/**
 * The time to look through next, after what is done: at most 90 days back for what still holds when it is noticed late
 * (somebody is absent), 3 for moments that pass (a birthday). Undefined = none has passed: the clock was set back.
 */
export function nextWindow(doneUntil: Date, now: Date, { passes }: { passes: boolean }): Window | undefined {
  const aheadMs = doneUntil.getTime() - now.getTime()
  if (aheadMs > AHEAD_DAYS * DAY_MS) return { from: now, until: now }
  if (aheadMs >= 0) return undefined
  const earliest = now.getTime() - (passes ? PASSES_DAYS : HOLDS_DAYS) * DAY_MS
  return { from: new Date(Math.max(doneUntil.getTime(), earliest)), until: now }
}
