import type { Locale } from '../../../core/locale.ts'
import { type ArmCount, type Comparison, compareArms, type Flow, HOLDOUT, isEven } from '../../flows/index.ts'
import { TEXTS } from '../texts.ts'

/** What a flow brought: by arm, and how surely they differ; empty without a goal. */
export function comparisonLines(flow: Flow, counts: readonly ArmCount[], locale: Locale): string[] {
  const { goal } = flow
  if (!goal) return []
  const texts = TEXTS[locale]
  const arms = counts.map(({ arm, entered, reached }) =>
    texts.arm(armName(arm, locale), { reached, entered, share: percent(entered > 0 ? reached / entered : 0) })
  )
  const differences = compareArms(counts).map((each) => differenceLine(each, locale))
  const uneven = isEven(flow, counts) ? [] : [texts.uneven]
  return [`*${texts.goal(goal.event, goal.within)}*`, ...arms, ...differences, ...uneven]
}

function differenceLine({ arm, against, difference, interval }: Comparison, locale: Locale): string {
  const texts = TEXTS[locale]
  const { low, high } = interval
  const verdict = low > 0 ? texts.surely.more : high < 0 ? texts.surely.less : texts.surely.unclear
  const points = `${signed(difference)} [${signed(low)}, ${signed(high)}] ${verdict}`
  return texts.compared(armName(arm, locale), armName(against, locale), points)
}

function armName(arm: string, locale: Locale): string {
  const { arms } = TEXTS[locale]
  if (arm === HOLDOUT) return arms.holdout
  return arm === '' ? arms.all : arm
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`

/** A difference of shares in percentage points, with its sign. */
function signed(difference: number): string {
  const points = (difference * 100).toFixed(1)
  return difference > 0 ? `+${points}` : points.replace('-', '−')
}
