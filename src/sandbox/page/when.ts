/** Times as the page writes them, in the shop's time zone. */

const ZONE = 'Asia/Tokyo'
const HOUR_MS = 3_600_000

type Lang = 'ja' | 'en'

/** "18:05". */
export function clockTime(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

/** "11月21日(土)" / "Sat, Nov 21". */
export function day(at: string, lang: Lang): string {
  const parts = { timeZone: ZONE, month: 'short', day: 'numeric', weekday: 'short' } as const
  return new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-US', parts).format(new Date(at))
}

/** "2026年11月21日(土)" / "Sat, Nov 21, 2026". */
export function fullDay(at: string, lang: Lang): string {
  const parts = { timeZone: ZONE, year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' } as const
  return new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-US', parts).format(new Date(at))
}

/** "11/22 15:00" / "Nov 22, 15:00". */
export function dayAndTime(at: string, lang: Lang): string {
  const date =
    lang === 'ja' ? ({ month: 'numeric', day: 'numeric' } as const) : ({ month: 'short', day: 'numeric' } as const)
  const short = new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-US', { timeZone: ZONE, ...date }).format(
    new Date(at)
  )
  return `${short}${lang === 'ja' ? '' : ','} ${clockTime(at)}`
}

/** A span rounded to what matters: "3日" / "3 days", "5時間" / "5 hours". */
export function span(ms: number, lang: Lang): string {
  const hours = Math.round(ms / HOUR_MS)
  const days = Math.round(hours / 24)
  if (hours < 24) return lang === 'ja' ? `${hours}時間` : `${hours} hour${hours === 1 ? '' : 's'}`
  return lang === 'ja' ? `${days}日` : `${days} day${days === 1 ? '' : 's'}`
}
