import { dayOf } from '../../core/time.ts'
import type { Recording } from './record-events.ts'
import { DEFAULT_USUAL, type StageSpan, type Subscription, subscriptionStage, visitStage } from './rules/stage.ts'
import { deriveStats } from './store/figures.ts'
import { findLives, freshLives, type Life, type NewStage, saveStages } from './store/stages.ts'

type Dating = Pick<Recording, 'tx' | 'now' | 'timeZone'>

/** Brings the stages of customers whose figures are locked up to date, and notes in their history what changed. */
export async function changeStages({ tx, now, timeZone }: Dating, customerIds: readonly string[]): Promise<void> {
  const today = dayOf(now, timeZone)
  const stages = newStages(await findLives(tx, customerIds), { today, timeZone })
  if (stages.length > 0) await saveStages(tx, stages, today)
}

/** Derives the figures of customers, which are locked, from their days, and brings their stages up to date with them. */
export async function renewFigures({ tx, now, timeZone }: Dating, customerIds: readonly string[]): Promise<void> {
  const today = dayOf(now, timeZone)
  const stages = newStages(await freshLives(tx, customerIds, today), { today, timeZone })
  await deriveStats(tx, customerIds, { today, stages })
}

function newStages(lives: readonly Life[], moment: Moment): NewStage[] {
  return lives.flatMap((life) => newStage(life, stageOf(life, moment), moment.today))
}

/**
 * Nothing when the stage goes on and will be looked at again in time: too early does no harm, and most visits only put the
 * day off. A stage that goes on keeps its beginning.
 */
function newStage({ customerId, ...life }: Life, { stage, since, nextOn }: StageSpan, today: string): NewStage[] {
  const isSame = life.stage === stage
  const dueOn = life.dueOn ?? NEVER
  if (isSame && dueOn > today && dueOn <= (nextOn ?? NEVER)) return []
  return [
    {
      ...{ customerId, stage, dueOn: nextOn },
      since: isSame ? (life.since ?? since) : since,
      before: isSame ? undefined : life.stage
    }
  ]
}

/** Sorts after every day. */
const NEVER = '9999-12-31'

interface Moment {
  readonly today: string
  readonly timeZone: string
}

function stageOf(life: Life, { today, timeZone }: Moment): StageSpan {
  const subscription = subscriptionOf(life, timeZone)
  if (subscription) return subscriptionStage(subscription, today)
  const { activeDays, lastDay, gapMeanDays, lastGapDays } = life
  if (lastDay === null) throw new Error(`Customer ${life.customerId} has neither a contract nor an active day`)
  const gaps = { gapMeanDays: gapMeanDays ?? undefined, lastGapDays: lastGapDays ?? undefined }
  const usual = life.usualGapDays === null ? DEFAULT_USUAL : { gapDays: life.usualGapDays }
  return visitStage({ activeDays, lastDay, ...gaps }, usual, today)
}

/** What the latest of each means together: an end counts unless there was a start at that moment or since. */
function subscriptionOf(life: Life, timeZone: string): Subscription | undefined {
  const { startedAt, endedAt, paidAt, failedAt } = life
  const firstAt = life.firstAt ?? endedAt
  if (!firstAt) return undefined
  const day = (at: Date | null, counts: boolean) => (at && counts ? dayOf(at, timeZone) : undefined)
  const began = startedAt ?? firstAt
  const hasEnded = endedAt !== null && (startedAt === null || endedAt > startedAt)
  return {
    firstOn: dayOf(firstAt, timeZone),
    endedOn: day(endedAt, hasEnded),
    restartedOn: day(startedAt, endedAt !== null && !hasEnded && firstAt < began),
    failedOn: day(failedAt, failedAt !== null && failedAt > began && (paidAt === null || failedAt > paidAt))
  }
}
