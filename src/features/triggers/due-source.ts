import { dayOf } from '../../core/time.ts'
import { latestTime } from '../../platform/cron.ts'
import type { Start } from '../flows/index.ts'
import { anniversariesOn, datesIn, monthDaysOf, type Window } from './rules/calendar.ts'
import type { DueSource } from './store/due.ts'

/** Whether the clock leads customers into a flow that starts so; the others are led in by facts and people. */
export function isTimed({ by }: Start): boolean {
  return by === 'absence' || by === 'overdue' || by === 'date' || by === 'schedule'
}

/** Whether it is a moment, which passes; the others still hold when they are noticed late. */
export function passes({ by }: Start): boolean {
  return by === 'date' || by === 'schedule'
}

/** Where to look for the customers whom a window leads in, each by a cause of its own; undefined = nothing lies in it. */
export function dueSource(start: Start, window: Window, timeZone: string): DueSource | undefined {
  switch (start.by) {
    case 'absence': {
      const before = (at: Date) => new Date(at.getTime() - start.forMs)
      return { of: 'absence', event: start.event, from: before(window.from), until: before(window.until) }
    }
    case 'overdue': {
      const [fromDay, untilDay] = [dayOf(window.from, timeZone), dayOf(window.until, timeZone)]
      const { factor, atLeastDays, atMostDays } = start
      return fromDay === untilDay ? undefined : { of: 'overdue', factor, atLeastDays, atMostDays, fromDay, untilDay }
    }
    case 'date':
      return ofDates(start, datesIn(window, start, timeZone), timeZone)
    case 'schedule': {
      // Of several that were missed the last: everybody in the segment would be written to as often.
      const at = latestTime(start.schedule, timeZone, window.until)
      if (!at || at <= window.from) return undefined
      return { of: 'segment', segment: start.segment, cause: `schedule:${at.toISOString()}` }
    }
    case 'event':
    case 'segment':
    case 'hand':
      return undefined
  }
}

/** Once a year, whatever is corrected within it. */
function ofDates(
  { date }: Extract<Start, { by: 'date' }>,
  days: readonly string[],
  timeZone: string
): DueSource | undefined {
  if (days.length === 0) return undefined
  const causeOn = (day: string) => `${date}:${day.slice(0, 4)}`
  if (date === 'birthday')
    return {
      of: 'birthday',
      days: days.flatMap((day) => monthDaysOf(day).map((monthDay) => ({ monthDay, cause: causeOn(day) })))
    }
  return {
    of: 'first_visit',
    spans: days.flatMap((day) => anniversariesOn(day, timeZone).map((span) => ({ ...span, cause: causeOn(day) })))
  }
}
