import type { PeriodExpression } from './period.ts'

const WORDS: readonly (readonly [RegExp, PeriodExpression])[] = [
  [/^(?:先々月|先先月|前々月|(?:the )?month before last)/, { kind: 'month', offset: -2 }],
  [/^(?:先月|前月|last month|previous month)/, { kind: 'month', offset: -1 }],
  [/^(?:今月|当月|this month|month to date|mtd)/, { kind: 'month', offset: 0 }],
  [/^(?:先々週|先先週|(?:the )?week before last)/, { kind: 'week', offset: -2 }],
  [/^(?:先週|前週|last week|previous week)/, { kind: 'week', offset: -1 }],
  [/^(?:今週|this week)/, { kind: 'week', offset: 0 }],
  [/^(?:一昨年|おととし)/, { kind: 'year', offset: -2 }],
  [/^(?:去年|昨年|前年|last year|previous year)/, { kind: 'year', offset: -1 }],
  [/^(?:今年|本年|this year|ytd)/, { kind: 'year', offset: 0 }],
  [/^(?:来月|翌月|next month)/, { kind: 'month', offset: 1 }],
  [/^(?:来週|翌週|next week)/, { kind: 'week', offset: 1 }],
  [/^(?:来年|翌年|next year)/, { kind: 'year', offset: 1 }],
  [/^(?:明日|あした|tomorrow)/, { kind: 'day', offset: 1 }],
  [/^(?:一昨日|おととい)/, { kind: 'day', offset: -2 }],
  [/^(?:昨日|きのう|yesterday)/, { kind: 'day', offset: -1 }],
  [/^(?:今日|本日|きょう|today)/, { kind: 'day', offset: 0 }]
]
const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const JAPANESE_MONTH = /^(?:(\d{4})年)?(\d{1,2})月/
const NUMERIC_MONTH = /^(\d{4})[-/](\d{1,2})(?![-/\d])/
const ENGLISH_MONTH =
  /^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])(?:,?\s+(\d{4})(?!\d))?/
const YEAR = /^(\d{4})年/
/** Nothing was counted before; and a calendar that goes back to the year 0 has no period before its first. */
const FIRST_YEAR = 1900
const LAST_DAYS = /^(?:(?:過去|直近|最近)(\d{1,3})日(?:間)?|(?:the )?(?:last|past) (\d{1,3}) days)/

/** The period that a lower-case text begins with, and the words that say it. */
export function periodAt(text: string): { text: string; period: PeriodExpression } | undefined {
  for (const [pattern, period] of WORDS) {
    const [word] = pattern.exec(text) ?? []
    if (word) return { text: word, period }
  }
  return monthAt(text) ?? yearAt(text) ?? lastDaysAt(text)
}

function monthAt(text: string) {
  const japanese = JAPANESE_MONTH.exec(text)
  if (japanese) return namedMonth(japanese[0], japanese[2], japanese[1])
  const numeric = NUMERIC_MONTH.exec(text)
  if (numeric) return namedMonth(numeric[0], numeric[2], numeric[1])
  const english = ENGLISH_MONTH.exec(text)
  const month = MONTH_NAMES.indexOf(english?.[1]?.slice(0, 3) ?? '') + 1
  return english ? namedMonth(english[0], String(month), english[2]) : undefined
}

function namedMonth(text: string, month: string | undefined, year: string | undefined) {
  const number = Number(month)
  if (number < 1 || number > 12 || (year && Number(year) < FIRST_YEAR)) return undefined
  const period = { kind: 'named_month', month: number, year: year ? Number(year) : undefined } as const
  return { text, period }
}

function yearAt(text: string) {
  const [word, year] = YEAR.exec(text) ?? []
  if (!word || Number(year) < FIRST_YEAR) return undefined
  return { text: word, period: { kind: 'named_year', year: Number(year) } as const }
}

function lastDaysAt(text: string) {
  const [word, japanese, english] = LAST_DAYS.exec(text) ?? []
  const days = Number(japanese ?? english)
  return word && days > 0 ? { text: word, period: { kind: 'last_days', days } as const } : undefined
}
