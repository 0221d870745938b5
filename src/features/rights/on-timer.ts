import { formatTime } from '../../core/time.ts'
import type { DueTimer } from '../../platform/feature.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import { slackDate } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'
import { arrange, callStaff } from './announce.ts'
import { carryOut, finishErasure } from './carry-out.ts'
import { lockRequest } from './change-request.ts'
import type { PrivacyPort } from './port.ts'
import { STAFF_TEXTS } from './slack/staff-texts.ts'
import { findRequest } from './store.ts'

/** The time of a scheduled request has come, unless it was withdrawn or moved meanwhile. */
export function onRun(port: PrivacyPort | undefined) {
  return async (work: Work, timer: DueTimer): Promise<void> => {
    const known = await findRequest(work.tx, work.cipher, timer.body)
    if (known?.state === 'running') return finishErasure(work, known, { port })
    const request = await lockRequest(work, timer.body)
    if (request?.state === 'scheduled' && request.runAt && request.runAt <= work.now)
      await carryOut(work, request, { port })
  }
}

/** Nobody has decided yet: staff are reminded before the deadline, and at it. */
export async function onRemind(work: Work, timer: DueTimer): Promise<void> {
  const request = await lockRequest(work, timer.body)
  if (request?.state !== 'waiting') return
  const { id, number, dueAt } = request
  const locale = await sharedLocale(work.tx)
  const { remind, overdue } = STAFF_TEXTS[locale]
  const due = slackDate(dueAt, formatTime(dueAt, locale, work.timeZone))
  callStaff(work, id, work.now < dueAt ? remind(number, due) : overdue(number))
  await arrange(work, request)
}
