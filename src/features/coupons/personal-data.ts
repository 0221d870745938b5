import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import { forgetRecord } from '../../platform/slack/index.ts'
import { RECORD_TYPE } from './announce.ts'
import { STAFF_TEXTS } from './slack/texts.ts'
import { couponsInSlack } from './store/coupons.ts'

const HIDDEN = ['definition_id', 'cause', 'version', 'cost_yen', 'given_by', 'given_role', 'in_slack']
const rows = ownRows([
  { name: 'coupon_grant', hidden: HIDDEN },
  { name: 'coupon_redemption', hidden: ['grant_id', 'staff', 'undone_by'] }
])

/** The coupons that a customer was given, and what became of them; cards in Slack say no more than that they are gone. */
export const personalData: PersonalData = {
  ...rows,
  async erase(work, customerId) {
    const shown = await couponsInSlack(work.tx, customerId)
    await rows.erase(work, customerId)
    const text = STAFF_TEXTS[await sharedLocale(work.tx)].erased
    for (const id of shown) await forgetRecord(work, { type: RECORD_TYPE, id }, text)
  }
}
