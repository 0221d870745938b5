import type { Tx } from '../../platform/db/index.ts'
import { may } from '../../platform/slack/index.ts'
import { listStaff } from '../staff/index.ts'
import type { NewReason } from './rules/reason.ts'
import { countOpenByAssignee, lastCaretaker } from './store/assignees.ts'

/**
 * Whom a new follow-up is given to: a Slack user id, or null when nobody fits. Only who may work on follow-ups, as far as
 * is known of them; managers get one by their turn only where there is nobody else.
 */
export async function chooseAssignee(
  tx: Tx,
  { assign = 'none', customerId }: Pick<NewReason, 'assign' | 'customerId'>
): Promise<string | null> {
  if (assign === 'none') return null
  const staff = (await listStaff(tx)).filter(({ role }) => role !== 'none' && may(role, 'cs'))
  if (assign === 'last') {
    const last = await lastCaretaker(tx, customerId)
    return staff.some(({ id }) => id === last) ? (last ?? null) : null
  }
  const team = staff.some(({ role }) => role === 'cs') ? staff.filter(({ role }) => role === 'cs') : staff
  const open = await countOpenByAssignee(tx)
  const [first] = team.toSorted((one, other) => (open.get(one.id) ?? 0) - (open.get(other.id) ?? 0))
  return first?.id ?? null
}
