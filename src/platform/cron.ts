import { Cron } from 'croner'

/** Five-field cron expressions ("0 10 1 * *") by the clocks of a time zone. */

/**
 * The last instant at or before `at` that an expression names. A time that clocks skip in spring is taken an hour later, one
 * that they show twice in autumn the first time.
 */
export function latestTime(expression: string, timeZone: string, at: Date): Date | undefined {
  // Croner looks before the instant it is given, to the second.
  return cronOf(expression, timeZone).previousRuns(1, new Date(at.getTime() + 1_000))[0]
}

/** What is wrong with an expression, for the person who wrote it; undefined = it fires one day. */
export function cronFault(expression: string): string | undefined {
  const [, , day, month, weekday, ...more] = expression.trim().split(/\s+/)
  if (day === undefined || month === undefined || weekday === undefined || more.length > 0)
    return 'write five fields: minute, hour, day, month, weekday, such as "0 10 1 * *"'
  try {
    cronOf(expression, 'UTC')
    return weekday !== '*' || firesOn(day, month.toLowerCase()) ? undefined : NEVER
  } catch (error) {
    return `${error instanceof Error ? error.message.replace(/^CronPattern: /, '') : error}: write it such as "0 10 1 * *"`
  }
}

const NEVER = 'there is no such day in any year, it would never fire: correct the day or the month'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Whether one of the months has one of the days, of fields that Croner understands. It looks for the next time itself up to
 * the year 10000, which takes seconds.
 */
function firesOn(day: string, month: string): boolean {
  // Last days and weekdays near a day: every month has one.
  if (/[LW]/i.test(day)) return true
  const longest = Math.max(
    ...month
      .split(',')
      .flatMap(monthsOf)
      .map((each) => LENGTHS[each - 1] ?? 31)
  )
  return day.split(',').some((each) => (Number.parseInt(each, 10) || 1) <= longest)
}

function monthsOf(part: string): number[] {
  const [range = '', step = '1'] = part.split('/')
  const [first = '*', last = first === '*' ? '12' : first] = range.split('-')
  const months: number[] = []
  for (let month = monthOf(first); month <= monthOf(last); month += Number(step)) months.push(month)
  return months
}

function monthOf(name: string): number {
  const named = MONTHS.indexOf(name)
  return named >= 0 ? named + 1 : Number(name) || 1
}

function cronOf(expression: string, timezone: string): Cron {
  return new Cron(expression, { timezone, mode: '5-part', paused: true })
}
