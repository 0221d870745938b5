import { addDays, atLocalTime, dayOf, startOfDay } from '../../../core/time.ts'

/** Hours of the day, as clocks show them; from 21 to 9 runs over midnight. */
export interface QuietHours {
  readonly from: number
  readonly to: number
}

const HOUR_MS = 3_600_000

/** The end of the quiet hours that an instant lies in; undefined when it lies in none. The end itself is no longer quiet. */
export function quietUntil(now: Date, timeZone: string, { from, to }: QuietHours): Date | undefined {
  const today = dayOf(now, timeZone)
  const yesterday = dayOf(new Date(startOfDay(today, timeZone).getTime() - 1), timeZone)
  for (const day of [yesterday, today]) {
    const begin = atLocalTime(day, from * HOUR_MS, timeZone)
    const end = atLocalTime(from < to ? day : addDays(day, 1), to * HOUR_MS, timeZone)
    if (begin <= now && now < end) return end
  }
  return undefined
}
