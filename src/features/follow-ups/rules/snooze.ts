import { ok, type Result } from '../../../core/result.ts'
import { addDays, dayOf, durationMs, startOfDay } from '../../../core/time.ts'

/** Nobody plans further ahead than this; a longer snooze is a resolution that nobody wrote down. */
const LONGEST_SNOOZE = '90d'

/** The hour at which "tomorrow" begins for staff, in the business time zone. */
const MORNING = '9h'
const UNITS: Readonly<Record<string, 'm' | 'h' | 'd' | 'w'>> = {
  ...{ m: 'm', min: 'm', mins: 'm', minute: 'm', minutes: 'm', 分: 'm', 分間: 'm' },
  ...{ h: 'h', hr: 'h', hour: 'h', hours: 'h', 時間: 'h' },
  ...{ d: 'd', day: 'd', days: 'd', 日: 'd', 日間: 'd' },
  ...{ w: 'w', week: 'w', weeks: 'w', 週: 'w', 週間: 'w' }
}
const SPAN = /^(?:for )?(\d{1,4})\s*([a-z]+|[分時間日週]+)(?:後|まで)?$/
const TOMORROW = /^(?:明日|あした|あす|tomorrow)(?:\s*(?:at\s*)?(\d{1,2})(?::(\d{2})|時)?)?(?:まで)?$/

/** Until when "3h", "3日", "1w", "明日", "tomorrow 10:30" snoozes; "3d" counts whole 24-hour days. */
export function snoozeUntil(
  text: string,
  now: Date,
  timeZone: string
): Result<Date, { kind: 'unreadable' | 'too_far' | 'past' }> {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  const until = spanFrom(plain, now) ?? tomorrow(plain, now, timeZone)
  if (!until) return { ok: false, kind: 'unreadable' }
  if (until <= now) return { ok: false, kind: 'past' }
  return until.getTime() - now.getTime() > durationMs(LONGEST_SNOOZE) ? { ok: false, kind: 'too_far' } : ok(until)
}

function spanFrom(text: string, now: Date): Date | undefined {
  const [, amount, word = ''] = SPAN.exec(text) ?? []
  const unit = Object.hasOwn(UNITS, word) ? UNITS[word] : undefined
  if (!amount || !unit) return undefined
  const spanMs = unit === 'w' ? Number(amount) * durationMs('7d') : durationMs(`${amount}${unit}`)
  return new Date(now.getTime() + spanMs)
}

function tomorrow(text: string, now: Date, timeZone: string): Date | undefined {
  const match = TOMORROW.exec(text)
  if (!match) return undefined
  const [, hour, minute = '0'] = match
  if (Number(hour ?? 0) > 23 || Number(minute) > 59) return undefined
  const sinceMidnightMs = hour
    ? Number(hour) * durationMs('1h') + Number(minute) * durationMs('1m')
    : durationMs(MORNING)
  return new Date(startOfDay(addDays(dayOf(now, timeZone), 1), timeZone).getTime() + sinceMidnightMs)
}
