import { addDays, endOfPeriod, startOfDay } from '../../../core/time.ts'
import type { CouponTerms } from './definitions.ts'

/** From when (undefined = at once) until before when (undefined = for ever) a coupon holds. */
export interface Period {
  readonly validFrom: Date | undefined
  readonly expiresAt: Date | undefined
}

/** When a coupon holds that is given now: whole days, which begin and end at midnight of the time zone. */
export function periodOf({ valid, valid_for }: CouponTerms, now: Date, timeZone: string): Period {
  if (valid) {
    const from = valid.from === undefined ? undefined : startOfDay(valid.from, timeZone)
    return { validFrom: from, expiresAt: startOfDay(addDays(valid.until, 1), timeZone) }
  }
  const expiresAt = valid_for === undefined ? undefined : endOfPeriod(now, valid_for, timeZone)
  return { validFrom: undefined, expiresAt }
}
