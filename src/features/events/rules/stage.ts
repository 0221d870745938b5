import { addDays } from '../../../core/time.ts'

export const STAGES = ['new', 'onboarding', 'active', 'loyal', 'slipping', 'dormant', 'lost', 'returned'] as const
/** Where a customer stands in their life with the business. */
export type Stage = (typeof STAGES)[number]

/** Days are business days ("2026-11-21"); active days are those with a visit or an order. */
export interface Rhythm {
  readonly activeDays: number
  readonly lastDay: string
  /** The customer's own mean gap between active days; undefined with only one. */
  readonly gapMeanDays: number | undefined
  /** Between the last two active days; undefined with only one. */
  readonly lastGapDays: number | undefined
}

/** The latest of each, as business days; first is the first start of all. */
export interface Subscription {
  readonly firstOn: string
  readonly failedOn: string | undefined
  /** Started again after it had ended. */
  readonly restartedOn: string | undefined
  /** Ended, and not started again. */
  readonly endedOn: string | undefined
}

/** What is usual at this business. */
export interface Usual {
  /** The middle one of the customers' own mean gaps. */
  readonly gapDays: number
}

/** Until enough customers have come again, a month is taken for usual. */
export const DEFAULT_USUAL: Usual = { gapDays: 30 }

/** A stage, the day it began, and the day on which the next one begins if nothing happens until then. */
export interface StageSpan {
  readonly stage: Stage
  readonly since: string
  readonly nextOn: string | undefined
}

/** Silence, in expected gaps, after which a customer slips, sleeps, is lost. */
const SLIPPING = 1.5
const DORMANT = 3
const LOST = 6
/** The usual gap counts like this many of a customer's own, so that one odd gap says little. */
const USUAL_WEIGHT = 3
const ONBOARDING_DAYS = 3

/**
 * When a customer is expected again: days after their last active day, from 7 to 365. Their own mean gap, drawn towards
 * what is usual as long as they have few gaps of their own.
 */
export function expectedGapDays({ activeDays, gapMeanDays }: Rhythm, usual: Usual): number {
  const gaps = activeDays - 1
  const mean = ((gapMeanDays ?? 0) * gaps + usual.gapDays * USUAL_WEIGHT) / (gaps + USUAL_WEIGHT)
  return Math.min(365, Math.max(7, mean))
}

/** Active days that make a customer loyal: a year's worth at the usual rhythm, from 4 to 12. */
export function loyalDays({ gapDays }: Usual): number {
  return Math.min(12, Math.max(4, Math.round(365 / gapDays)))
}

/**
 * The stage of a customer without a contract on a day: by how often they came while they still come, by their silence
 * when they do not. The same facts give the same stage, whatever it was before.
 */
export function visitStage(rhythm: Rhythm, usual: Usual, today: string): StageSpan {
  const gap = expectedGapDays(rhythm, usual)
  const begins = (gaps: number) => addDays(rhythm.lastDay, Math.floor(gap * gaps) + 1)
  return spanOn(today, [
    { stage: presentStage(rhythm, usual), since: rhythm.lastDay },
    { stage: 'slipping', since: begins(SLIPPING) },
    { stage: 'dormant', since: begins(DORMANT) },
    { stage: 'lost', since: begins(LOST) }
  ])
}

function presentStage(rhythm: Rhythm, usual: Usual): Stage {
  const { activeDays } = rhythm
  if (wasDormant(rhythm, usual)) return 'returned'
  if (activeDays === 1) return 'new'
  if (activeDays <= ONBOARDING_DAYS) return 'onboarding'
  return activeDays >= loyalDays(usual) ? 'loyal' : 'active'
}

/** Whether the silence before their last active day was long, judged by what had been known until then. */
function wasDormant({ activeDays, gapMeanDays, lastGapDays, lastDay }: Rhythm, usual: Usual): boolean {
  if (lastGapDays === undefined || gapMeanDays === undefined) return false
  const gapsBefore = activeDays - 2
  const meanBefore = gapsBefore > 0 ? (gapMeanDays * (activeDays - 1) - lastGapDays) / gapsBefore : undefined
  const before = { activeDays: activeDays - 1, gapMeanDays: meanBefore, lastGapDays: undefined, lastDay }
  return lastGapDays > expectedGapDays(before, usual) * DORMANT
}

/** With a contract: days after its first start (or restart) until the next stage, and days of unpaid dues. */
const CONTRACT = { onboarding: 14, active: 60, loyal: 365, returned: 30, dormant: 14 } as const

/** The stage of a customer with a subscription, which says more than their visits: its age, its dues, its end. */
export function subscriptionStage(subscription: Subscription, today: string): StageSpan {
  const { firstOn, failedOn, restartedOn, endedOn } = subscription
  if (endedOn !== undefined) return { stage: 'lost', since: endedOn, nextOn: undefined }
  const begins = (days: number) => addDays(firstOn, days)
  const ages: Begin[] = [
    { stage: 'new', since: firstOn },
    { stage: 'onboarding', since: begins(CONTRACT.onboarding) },
    { stage: 'active', since: begins(CONTRACT.active) },
    { stage: 'loyal', since: begins(CONTRACT.loyal) }
  ]
  if (failedOn !== undefined)
    return spanOn(today, [
      { stage: 'slipping', since: failedOn },
      { stage: 'dormant', since: addDays(failedOn, CONTRACT.dormant) }
    ])
  if (restartedOn === undefined) return spanOn(today, ages)
  const settled = addDays(restartedOn, CONTRACT.returned)
  const { stage } = spanOn(settled, ages)
  const later = ages.filter(({ since }) => since > settled)
  return spanOn(today, [{ stage: 'returned', since: restartedOn }, { stage, since: settled }, ...later])
}

interface Begin {
  readonly stage: Stage
  readonly since: string
}

/** The last stage that has begun by a day; before any has, the first. */
function spanOn(today: string, begins: readonly Begin[]): StageSpan {
  const current = begins.findLast(({ since }) => since <= today) ?? begins[0]
  if (!current) throw new Error('A life without a stage')
  return { ...current, nextOn: begins.find(({ since }) => since > today && since > current.since)?.since }
}

/** Enough customers with a rhythm of their own to say what is usual. */
const ENOUGH = 20
/** What is usual changes only when it is off by a fifth: stages should not come and go with it. */
const OFF_BY = 0.2

/** What is usual from now on, given the middle of so many customers' own mean gaps and what was taken for usual before. */
export function nextUsual(
  before: Usual | undefined,
  middle: { gapDays: number; customers: number } | undefined
): Usual {
  const known = before ?? DEFAULT_USUAL
  if (!middle || middle.customers < ENOUGH) return known
  const isOff = before === undefined || Math.abs(middle.gapDays - known.gapDays) > known.gapDays * OFF_BY
  return isOff ? { gapDays: Math.round(middle.gapDays * 10) / 10 } : known
}
