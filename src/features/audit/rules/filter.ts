import { z } from 'zod'
import { addDays } from '../../../core/time.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** Which entries somebody wants to see. Also travels in the paging buttons, so that it is read with care. */
export const Filter = z.object({
  /** Slack user id of who did it. */
  staff: z
    .string()
    .regex(/^[A-Z0-9]{2,}$/)
    .optional(),
  customerId: z.uuid().optional(),
  /** The customer of this follow-up. */
  followUp: z.int().positive().max(2_147_483_647).optional(),
  /** First and last day, both included. */
  from: Day.optional(),
  to: Day.optional()
})
/** As above. */
export type Filter = z.infer<typeof Filter>

/** Kinds of words that narrow the log down: each reads one word, or leaves it to the next. */
const READERS: readonly ((word: string, today: string) => Filter | undefined)[] = [
  (word) => pick(/^<@([A-Z0-9]{2,})(?:\|[^>]*)?>$/, word, (staff) => ({ staff })),
  (word) => pick(/^[#＃]?(\d{1,9})$/, word, (number) => ({ followUp: Number(number) })),
  (word) => pick(/^([0-9a-f]{8}-[0-9a-f-]{27})$/, word.toLowerCase(), (customerId) => ({ customerId })),
  (word, today) => (['today', '今日', '本日'].includes(word.toLowerCase()) ? { from: today, to: today } : undefined),
  (word, today) => (['yesterday', '昨日'].includes(word.toLowerCase()) ? oneDay(addDays(today, -1)) : undefined),
  (word, today) => pick(/^(\d{1,3})(?:d|日|日間)$/, word.toLowerCase(), (days) => lastDays(Number(days), today)),
  (word) => pick(/^(\d{4}-\d{2}-\d{2})$/, word, (day) => (isDay(day) ? oneDay(day) : {}))
]
const FILLERS: ReadonlySet<string> = new Set(['customer', 'お客様', '顧客', 'follow-up', 'フォロー'])

/**
 * Reads what follows "/matane audit": "@aya today", "customer #812", "7d", "2026-11-21", or nothing for everything.
 * `today` is the business's day. Undefined when a word cannot be read, or says again what another one said.
 */
export function parseFilter(text: string, today: string): Filter | undefined {
  const words = text.split(/\s+/).filter((word) => word !== '' && !FILLERS.has(word.toLowerCase()))
  let filter: Filter = {}
  for (const word of words) {
    const part = READERS.map((read) => read(word, today)).find(Boolean)
    if (!part || Object.keys(part).length === 0) return undefined
    if (Object.keys(part).some((key) => key in filter)) return undefined
    filter = { ...filter, ...part }
  }
  return Filter.safeParse(filter).data
}

/** A filter as its button carries it, with the entry after which the page begins. */
export const PageRef = z.object({ filter: Filter, beforeSeq: z.int().positive().optional() })
/** As above. */
export type PageRef = z.infer<typeof PageRef>

/** What a button carried; undefined for anything that is not ours. */
export function parsePage(value: string): PageRef | undefined {
  try {
    return PageRef.safeParse(JSON.parse(value)).data
  } catch {
    return undefined
  }
}

function pick(pattern: RegExp, word: string, make: (found: string) => Filter): Filter | undefined {
  const [, found] = pattern.exec(word) ?? []
  return found === undefined ? undefined : make(found)
}

const oneDay = (day: string): Filter => ({ from: day, to: day })

function lastDays(days: number, today: string): Filter {
  return days === 0 ? {} : { from: addDays(today, 1 - days), to: today }
}

/** Whether the calendar has this day: "2026-02-30" is none. */
function isDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}
