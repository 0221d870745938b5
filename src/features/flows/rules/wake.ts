import { addDays, addDuration, atLocalTime, dayOf, type Weekday, weekdayOf } from '../../../core/time.ts'

/** A time of the business day, on every day or on some weekdays. */
export interface ClockTime {
  /** "10:00". */
  readonly time: string
  readonly weekdays?: readonly Weekday[] | undefined
}

/** How long a pause is: at least so long ("0m" = not at all), then on to a time of day. */
export interface Pause {
  readonly after: string
  readonly until?: ClockTime
}

/** When a pause that begins now is over. */
export function wakeAt(now: Date, { after, until }: Pause, timeZone: string): Date {
  const earliest = addDuration(now, after)
  if (!until) return earliest
  // Who has waited long enough goes on at this very moment; who has not waited at all, at the next such one.
  const isAlone = earliest.getTime() === now.getTime()
  return nextTime(until, { from: new Date(earliest.getTime() + (isAlone ? 1 : 0)), timeZone })
}

function nextTime({ time, weekdays }: ClockTime, { from, timeZone }: { from: Date; timeZone: string }): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const today = dayOf(from, timeZone)
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = addDays(today, ahead)
    if (weekdays && !weekdays.some((each) => each === weekdayOf(day))) continue
    const at = atLocalTime(day, (hours * 60 + minutes) * 60_000, timeZone)
    if (at >= from) return at
  }
  throw new Error(`There is no ${time} within a week of ${from.toISOString()}`)
}

/** The end of a pause in a few words: "3d, sat sun 10:00". */
export function pauseLabel(wait: {
  readonly for?: string | undefined
  readonly until_time?: string | undefined
  readonly until_weekday?: readonly Weekday[] | undefined
}): string {
  const clock = [...(wait.until_weekday ?? []), wait.until_time].filter(Boolean).join(' ')
  return [wait.for, clock].filter(Boolean).join(', ')
}
