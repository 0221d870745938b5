import { durationMs } from '../../../core/time.ts'
import type { EVENTS } from './events.ts'
import type { Trigger, When } from './schema.ts'

type EventName = (typeof EVENTS)[number]

/** The one way in which a flow starts. */
export type Start =
  | { readonly by: 'event'; readonly event: EventName; readonly where: When }
  | { readonly by: 'absence'; readonly event: EventName; readonly forMs: number }
  | { readonly by: 'overdue'; readonly factor: number; readonly atLeastDays: number; readonly atMostDays: number }
  | { readonly by: 'segment'; readonly segment: string }
  | {
      readonly by: 'date'
      readonly date: NonNullable<Trigger['date']>
      /** From the date: negative = before it. */
      readonly shiftDays: number
      /** Milliseconds after midnight. */
      readonly atMs: number
    }
  | { readonly by: 'schedule'; readonly schedule: string; readonly segment: string }
  | { readonly by: 'hand' }

/** How a trigger without faults starts its flow. */
export function startOf(trigger: Trigger): Start {
  const { event, where = {}, no, overdue, segment, date, schedule } = trigger
  if (event) return { by: 'event', event, where }
  if (no) return { by: 'absence', event: no, forMs: durationMs(trigger.for ?? '') }
  if (overdue !== undefined) {
    const { at_least = AT_LEAST, at_most = AT_MOST } = trigger
    return { by: 'overdue', factor: overdue, atLeastDays: daysOf(at_least), atMostDays: daysOf(at_most) }
  }
  if (date) return { by: 'date', date, shiftDays: shiftOf(trigger), atMs: timeOf(trigger.at ?? '10:00') }
  if (schedule && segment) return { by: 'schedule', schedule, segment }
  return segment ? { by: 'segment', segment } : { by: 'hand' }
}

const AT_LEAST = '14d'
const AT_MOST = '180d'

function shiftOf({ before = '0d', after = '0d' }: Trigger): number {
  return daysOf(after) - daysOf(before)
}

function daysOf(days: string): number {
  return Number.parseInt(days, 10)
}

function timeOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000
}

/** A trigger in a few words, as diagrams show it. */
export function triggerLabel(trigger: Trigger): string {
  const start = startOf(trigger)
  switch (start.by) {
    case 'event':
      return start.event
    case 'absence':
      return `no ${start.event} for ${trigger.for}`
    case 'overdue':
      return `not seen for ${start.factor} × their usual interval`
    case 'segment':
      return `enters ${start.segment}`
    case 'date':
      return [start.date, trigger.before && `- ${trigger.before}`, trigger.after && `+ ${trigger.after}`]
        .filter(Boolean)
        .join(' ')
    case 'schedule':
      return `${start.schedule}: ${start.segment}`
    case 'hand':
      return 'by hand'
  }
}
