import { dayOf, firstOfMonth, startOfDay } from '../../core/time.ts'

/** LINE counts the messages of Japanese accounts by months in Japan. */
export const QUOTA_TIME_ZONE = 'Asia/Tokyo'

/** The quota month of an instant: "2026-11". */
export function quotaMonth(at: Date): string {
  return dayOf(at, QUOTA_TIME_ZONE).slice(0, 7)
}

/** When the next month's quota begins. */
export function nextQuotaAt(at: Date): Date {
  return startOfDay(firstOfMonth(dayOf(at, QUOTA_TIME_ZONE), 1), QUOTA_TIME_ZONE)
}
