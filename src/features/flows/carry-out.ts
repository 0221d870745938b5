import { dayOf } from '../../core/time.ts'
import { cancelTimer, setTimer } from '../../platform/queue/index.ts'
import type { Work } from '../../platform/work.ts'
import { customerSummary, nameFor } from '../customers/index.ts'
import { act } from './effects/act.ts'
import { followUp } from './effects/follow-up.ts'
import type { Progress } from './effects/progress.ts'
import { record } from './effects/record.ts'
import { say } from './effects/say.ts'
import { tag } from './effects/tag.ts'
import { withCoupon } from './fill-coupon.ts'
import { questionMessage } from './question.ts'
import type { Effect } from './rules/advance.ts'
import { type Filling, fillIn } from './rules/placeholders.ts'
import { wakeAt } from './rules/wake.ts'
import type { KeptRun } from './store/runs.ts'

/** Carries out what `advance` asked for, in order, in the transaction that stored the run. */
export async function carryOut(work: Work, progress: Progress, effects: readonly Effect[]): Promise<void> {
  const filling = await fillingFor(work, progress.kept)
  for (const effect of effects) await carryOutOne(work, { ...progress, filling }, effect)
}

/** The name of the timer that wakes a run at one of its pauses. */
export function timerName(runId: string, visit: number): string {
  return `flow:${runId}:${visit}`
}

type Filled = Progress & { readonly filling: Filling }

async function carryOutOne(work: Work, { flow, kept, filling }: Filled, effect: Effect): Promise<void> {
  const { customerId, id: runId } = kept
  switch (effect.do) {
    case 'say':
      return say(work, { flow, kept, filling }, effect)
    case 'ask': {
      const { question, visit } = effect
      const today = dayOf(work.now, work.timeZone)
      const view = { question, runId, visit, locale: filling.locale, ticked: [], today }
      const filled = fillIn(flow, question.text, await withCoupon(work, { kept, filling }, question.text))
      return work.tell(customerId, [questionMessage(view, filled)])
    }
    case 'set_timer': {
      const { visit } = effect
      const timer = { name: timerName(runId, visit), key: customerId, dueAt: wakeAt(work.now, effect, work.timeZone) }
      return setTimer(work, { kind: 'flow', ...timer, body: JSON.stringify({ run: runId, visit }) })
    }
    case 'cancel_timer':
      return cancelTimer(work, timerName(runId, effect.visit))
    case 'record':
      return record(work, { flow, kept }, effect)
    case 'tag':
      return tag(work, { flow, kept }, effect)
    case 'follow_up':
      return followUp(work, { flow, kept }, effect.step)
    case 'act':
      return act(work, { flow, kept }, effect)
    case 'end':
      return
  }
}

async function fillingFor({ tx, cipher }: Work, { customerId, run }: KeptRun): Promise<Filling> {
  const customer = await customerSummary(tx, cipher, customerId)
  const locale = customer?.locale ?? 'ja'
  return { locale, customerName: nameFor(locale, customer?.name), facts: run.facts }
}
