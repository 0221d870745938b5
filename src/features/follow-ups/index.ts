import type { DueTimer, Feature } from '../../platform/feature.ts'
import { LANGUAGE } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { show } from './announce.ts'
import { changeFollowUp } from './change-follow-up.ts'
import { line } from './line.ts'
import { personalData } from './personal-data.ts'
import { redrawAll } from './redraw-all.ts'
import { redrawOpen } from './redraw-open.ts'
import { OVERDUE, REDRAW, WAKE } from './schedule.ts'
import { merging } from './settle-merge.ts'
import { slack } from './slack/index.ts'

export { RECORD_TYPE } from './announce.ts'
export { type Noticed, openByHand } from './open-by-hand.ts'
export { type OpenedFollowUp, openFollowUp } from './open-follow-up.ts'
export { redrawOpen } from './redraw-open.ts'
export { type NewReason, PRIORITIES, type Priority, type ReasonKind } from './rules/reason.ts'
export { customerOf as customerOfFollowUp } from './store/follow-ups.ts'
export { customerOfNumber, type FollowUpsGlance, followUpsGlance } from './store/glance.ts'
export { followUpWord } from './texts.ts'

/** People who look after a customer: one open follow-up each, shown and worked on in Slack. */
export const followUpsFeature: Feature = {
  name: 'follow-ups',
  line,
  slack,
  on: { 'line.followed': redrawOpen, 'line.unfollowed': redrawOpen },
  timers: {
    [WAKE]: byClock('wake'),
    [OVERDUE]: byClock('remind'),
    [REDRAW]: async (work, timer) => show(work, timer.body)
  },
  onSetting: { [LANGUAGE.name]: redrawAll },
  personalData,
  merge: merging
}

/** What no longer applies (resolved, claimed, snoozed anew) changes nothing. */
function byClock(kind: 'wake' | 'remind') {
  return async (work: Work, timer: DueTimer): Promise<void> => {
    await changeFollowUp(work, { id: timer.body, actor: 'matane', change: { kind } })
  }
}
