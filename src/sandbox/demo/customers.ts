import type { Locale } from '../../core/locale.ts'
import { addDays, dayOf, startOfDay } from '../../core/time.ts'
import { nameOf } from './names.ts'
import { type Random, seeded } from './random.ts'
import { rhythmOf, seasonOf, visitDays } from './rhythm.ts'
import { type Voice, voicesOf } from './voices.ts'

export interface Visit {
  readonly at: Date
  readonly shop: string
}

/** A customer of the demo shop, their visits oldest first. `number` is theirs alone, from 0. */
export interface DemoCustomer {
  readonly number: number
  readonly name: string
  readonly locale: Locale
  /** Their LINE user id when they are a person of the sandbox; undefined = the demo makes one up. */
  readonly lineUserId: string | undefined
  readonly visits: readonly Visit[]
  readonly voices: readonly Voice[]
}

/** Someone of the sandbox's cast who is a customer of long standing. */
export interface Regular {
  readonly lineUserId: string
  readonly name: string
  readonly locale: Locale
}

export interface DemoSettings {
  readonly now: Date
  readonly timeZone: string
  readonly seed: number
  readonly regulars: readonly Regular[]
}

const HISTORY_DAYS = 426
const VOICES_SINCE_DAYS = 200
/** Customers there were already when the history begins, and newcomers in a usual month. */
const EARLY = 118
const NEWCOMERS_A_MONTH = 28
const ONE_TIMERS = 0.33
const HOME_SHARE = 0.86
const SHOPS = ['kichijoji', 'kichijoji', 'kichijoji', 'shimokitazawa', 'shimokitazawa', 'kamakura'] as const
const HOURS = [8, 9, 10, 10, 11, 12, 13, 14, 15, 15, 16, 17, 18, 19] as const
const REGULAR_GAP_DAYS = 11

/** About 500 customers with 14 months of visits up to `now`: the same seed and `now` give the same customers. */
export function demoCustomers(settings: DemoSettings): DemoCustomer[] {
  const random = seeded(settings.seed)
  const today = dayOf(settings.now, settings.timeZone)
  const regulars = settings.regulars.map((regular, number) => regularCustomer(regular, { number, today, settings }))
  const others = firstDays(today, random).map((first, index) => {
    const number = regulars.length + index
    const days = daysFrom(first, today, random)
    const visits = timed(days, settings, random)
    const leaving = (days.at(-1) ?? first) < addDays(today, -45)
    const since = startOfDay(addDays(today, -VOICES_SINCE_DAYS), settings.timeZone)
    const voices = voicesOf(
      visits.map(({ at }) => at),
      { leaving, random, since }
    )
    return { number, ...nameOf(number, random), lineUserId: undefined, visits, voices: past(voices, settings.now) }
  })
  return [...regulars, ...others].filter(({ visits }) => visits.length > 0)
}

/** The day of each customer's first visit, oldest first. */
function firstDays(today: string, random: Random): string[] {
  const begin = addDays(today, -HISTORY_DAYS)
  const early = Array.from({ length: EARLY }, () => addDays(begin, random.below(30)))
  const late: string[] = []
  for (let day = addDays(begin, 8); day <= today; day = addDays(day, 1)) {
    const expected = (NEWCOMERS_A_MONTH / 30.4) * seasonOf(day)
    for (let left = expected; left > 0; left -= 1) if (random.chance(Math.min(1, left))) late.push(day)
  }
  return [...early, ...late].sort()
}

function daysFrom(first: string, today: string, random: Random): string[] {
  if (random.chance(ONE_TIMERS)) return [first]
  return visitDays(first, rhythmOf(random), { lastDay: today, random })
}

function timed(days: readonly string[], { now, timeZone }: DemoSettings, random: Random): Visit[] {
  const home = random.pick(SHOPS)
  return days
    .map((day) => ({
      at: new Date(startOfDay(day, timeZone).getTime() + random.pick(HOURS) * 3_600_000 + random.below(3600) * 1000),
      shop: random.chance(HOME_SHARE) ? home : random.pick(SHOPS)
    }))
    .filter(({ at }) => at < now)
}

// They came lately, but not today: today's stamp is theirs to get. What they said last is long enough ago to ask again.
function regularCustomer(
  regular: Regular,
  { number, today, settings }: { number: number; today: string; settings: DemoSettings }
): DemoCustomer {
  const random = seeded(settings.seed + 1 + number)
  const count = 33 - number * 6
  const days = Array.from({ length: count }, (_, index) =>
    addDays(today, -3 - (count - 1 - index) * REGULAR_GAP_DAYS - random.below(4))
  )
  const visits = timed(days, settings, random)
  const said = visits.findLast(({ at }) => at.getTime() < settings.now.getTime() - 100 * 86_400_000)
  const voices = said ? [{ at: new Date(said.at.getTime() + 1_200_000), score: 9, reason: undefined }] : []
  return { number, ...regular, visits, voices }
}

function past(voices: readonly Voice[], now: Date): Voice[] {
  return voices.filter(({ at }) => at < now)
}
