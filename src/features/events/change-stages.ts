import { dayOf } from '../../core/time.ts'
import type { Recording } from './record-events.ts'
import {
  DEFAULT_USUAL,
  type StageSpan,
  type Subscription,
  subscriptionStage,
  type Usual,
  visitStage
} from './rules/stage.ts'
import { findLives, findUsual, type Life, type NewStage, saveStages } from './store/stages.ts'

type Dating = Pick<Recording, 'tx' | 'now' | 'timeZone'>

/** Brings the stages of customers whose figures are locked up to date, and notes in their history what changed. */
export async function changeStages({ tx, now, timeZone }: Dating, customerIds: readonly string[]): Promise<void> {
  const lives = await findLives(tx, customerIds)
  if (lives.length === 0) return
  const usual = (await findUsual(tx)) ?? DEFAULT_USUAL
  const today = dayOf(now, timeZone)
  const stages = lives.flatMap((life) => newStage(life, stageOf(life, { usual, today, timeZone })))
  if (stages.length > 0) await saveStages(tx, stages, today)
}

/** Nothing when all is as it was; a stage that goes on keeps its beginning. */
function newStage({ customerId, ...life }: Life, { stage, since, nextOn }: StageSpan): NewStage[] {
  const isSame = life.stage === stage
  if (isSame && life.dueOn === (nextOn ?? null)) return []
  return [
    {
      ...{ customerId, stage, dueOn: nextOn },
      since: isSame ? (life.since ?? since) : since,
      before: isSame ? undefined : life.stage
    }
  ]
}

interface Moment {
  readonly usual: Usual
  readonly today: string
  readonly timeZone: string
}

function stageOf(life: Life, { usual, today, timeZone }: Moment): StageSpan {
  const subscription = subscriptionOf(life, timeZone)
  if (subscription) return subscriptionStage(subscription, today)
  const { activeDays, lastDay, gapMeanDays, lastGapDays } = life
  if (lastDay === null) throw new Error(`Customer ${life.customerId} has neither a contract nor an active day`)
  const gaps = { gapMeanDays: gapMeanDays ?? undefined, lastGapDays: lastGapDays ?? undefined }
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
