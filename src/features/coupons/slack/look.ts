import type { ModalView } from '@slack/types'
import type { StaffTurn } from '../../../platform/slack/index.ts'
import { seeCoupons } from '../see-coupons.ts'
import { couponsForStaff } from '../store/coupons.ts'
import { couponsModal, type Reader } from './views.ts'

/** As many as one looks through. */
const SHOWN = 20

/** How a staff member reads. */
export function readerOf({ staff, scope, config }: StaffTurn): Reader {
  return { locale: staff.locale, timeZone: config.timeZone, now: scope.now() }
}

/** A customer's coupons, as they are now. */
export async function listModal(turn: StaffTurn, customerId: string): Promise<ModalView> {
  const reader = readerOf(turn)
  const seen = await turn.scope.db.transaction(async (tx) =>
    seeCoupons(tx, await couponsForStaff(tx, customerId, { at: reader.now, limit: SHOWN }))
  )
  return couponsModal(customerId, seen, reader)
}
