import { ok, type Result } from '../../../core/result.ts'
import { may, type NamedRoles, type StaffMember } from '../../../platform/slack/index.ts'
import type { Change } from '../rules/state.ts'

/** The account chosen as assignee may not work on follow-ups. */
export interface NotStaff {
  readonly kind: 'not_staff'
  readonly who: string
}

/** Giving a follow-up to a colleague: only to one whose own clicks on it will count. */
export function assignment(
  { staff, roleOf }: { readonly staff: StaffMember; readonly roleOf: NamedRoles },
  to: string
): Result<Change, NotStaff> {
  const role = roleOf(to)
  if (role === undefined || !may(role, 'cs')) return { ok: false, kind: 'not_staff', who: to }
  return ok({ kind: 'assign', by: staff.id, to })
}
