import { ok, type Result } from '../../core/result.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Role } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { losesLastManager, type Setting, type Standing } from './rules/role.ts'
import { countOtherManagers, findStaff, type StaffRecord, saveRole } from './store.ts'

export interface RoleRequest {
  /** The account to change, as Slack described it just now. */
  readonly target: StaffRecord
  /** The role Slack alone would give it, for "auto". */
  readonly fromSlack: Role
  readonly setting: Setting
  /** Slack user id of the manager. */
  readonly by: string
}

/** Sets what an account may do; refuses to leave the team without a manager, and managers who were demoted meanwhile. */
export async function setRole(
  work: Work,
  { target, fromSlack, setting, by }: RoleRequest
): Promise<Result<StaffRecord, { kind: 'last_manager' | 'not_manager' }>> {
  await lockKey(work.tx, 'staff')
  if ((await findStaff(work.tx, by))?.role !== 'manager') return { ok: false, kind: 'not_manager' }
  const before: Standing = (await findStaff(work.tx, target.id))?.role ?? 'none'
  const role = setting === 'auto' ? fromSlack : setting
  if (losesLastManager(before, role, await countOtherManagers(work.tx, target.id)))
    return { ok: false, kind: 'last_manager' }
  const record = { ...target, role, roleSetBy: setting === 'auto' ? null : by }
  await saveRole(work.tx, record)
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'staff.role',
    subject: { type: 'staff', id: target.id },
    detail: { before, role: setting === 'auto' ? `auto (${role})` : role }
  })
  return ok(record)
}
