import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import { forgetRecord } from '../../platform/slack/index.ts'
import { recordOf } from './announce.ts'
import { eraseFollowUps, forgetWords } from './store/forget.ts'
import { erasedLine } from './texts.ts'

/**
 * The follow-ups of a customer, why they were needed and what was done; staff stay nameless. Erased, their times and outcomes
 * stay under a number that leads to nobody, so that figures of how staff answer stay true.
 */
export const personalData: PersonalData = {
  ...ownRows([
    { name: 'follow_up', hidden: ['open_customer_id', 'assignee_id', 'resolved_by'] },
    { name: 'follow_up_reason', hidden: ['cause'], json: ['title'] },
    { name: 'follow_up_activity', parent: { column: 'follow_up_id', table: 'follow_up' }, hidden: ['actor', 'cause'] }
  ]),
  async erase(work, customerId) {
    const text = erasedLine(await sharedLocale(work.tx))
    for (const id of await eraseFollowUps(work.tx, { customerId, at: work.now }))
      await forgetRecord(work, recordOf(id), text)
  },
  purge: { notes: ({ tx }, before) => forgetWords(tx, before) }
}
