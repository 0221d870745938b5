import type { StaffTurn } from '../../../platform/slack/index.ts'
import type { CardLook } from './card.ts'

/** How the staff member of a turn sees a card. */
export function lookOf({ staff, scope, config }: StaffTurn): CardLook {
  return { role: staff.role, locale: staff.locale, now: scope.now(), timeZone: config.timeZone }
}
