import { z } from 'zod'

/** By the number that a Date gives. */
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** Days on which a visit brings several stamps: whatever of its lists a day is in. */
export const doubleDay = z
  .strictObject({
    weekdays: z.array(z.enum(WEEKDAYS)).min(1).optional(),
    dates: z
      .array(z.iso.date({ error: 'write a day such as 2026-12-24' }))
      .min(1)
      .optional(),
    days_of_month: z.array(z.int().min(1).max(31)).min(1).optional().describe('Such as [5, 15, 25].'),
    times: z.int().min(2).max(5).default(2).describe('How many stamps a visit brings then.')
  })
  .refine(
    ({ weekdays, dates, days_of_month }) => weekdays ?? dates ?? days_of_month,
    'say which days: weekdays, dates or days_of_month'
  )
export type DoubleDay = z.infer<typeof doubleDay>

/** How many stamps a visit brings on a calendar day ("2026-11-21"): the most that any entry says. */
export function stampsOn(day: string, entries: readonly DoubleDay[] = []): number {
  return Math.max(1, ...entries.filter((entry) => fits(entry, day)).map(({ times }) => times))
}

function fits({ weekdays, dates, days_of_month }: DoubleDay, day: string): boolean {
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]
  return [
    weekdays?.some((each) => each === weekday),
    dates?.includes(day),
    days_of_month?.includes(Number(day.slice(-2)))
  ].includes(true)
}
