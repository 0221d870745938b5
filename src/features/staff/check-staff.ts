import { localeOf } from '../../core/locale.ts'
import { durationMs } from '../../core/time.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Denial, SlackDirectory, StaffMember, StaffPort } from '../../platform/slack/index.ts'
import { recordAudit } from '../audit/index.ts'
import { outsider, roleOf } from './rules/role.ts'
import { findStaff, type StaffRecord, saveChecked } from './store.ts'

/** How long a role found once is believed before Slack is asked again. */
const RECHECK_AFTER = '10m'

export interface StaffDeps {
  readonly directory: SlackDirectory
  /** Real time, epoch milliseconds. */
  readonly nowMs?: () => number
}

/** The store, and the business time at which what was found is written down. */
type Where = Pick<Scope, 'db' | 'now'>

/** Answers the Slack road who may do what: from the staff table, asking Slack again when that is older than 10 minutes. */
export function staffPort(deps: StaffDeps): StaffPort {
  const nowMs = deps.nowMs ?? Date.now
  return {
    async staffOf(scope, { userId }) {
      const known = await findStaff(scope.db.prisma, userId)
      const fresh = known && nowMs() - known.checkedAt.getTime() < durationMs(RECHECK_AFTER)
      // Nobody waits ten minutes for a role they were just given in Slack.
      if (fresh && known.role !== 'none') return memberOf(known)
      const checked = await checkStaff(scope, deps, userId)
      return 'denied' in checked ? checked : memberOf(checked)
    }
  }
}

/** Asks Slack about an account and writes the answer down. Over the network: never inside a transaction. */
export async function checkStaff(
  scope: Where,
  { directory, nowMs = Date.now }: StaffDeps,
  userId: string
): Promise<StaffRecord | { readonly denied: Denial }> {
  const [self, user, members] = await Promise.all([
    directory.self(),
    directory.user(userId),
    directory.alertChannelMembers()
  ])
  if (!user) return { denied: 'none' }
  const known = await findStaff(scope.db.prisma, userId)
  const surroundings = { ourTeamId: self.teamId, inAlertChannel: members.has(userId) }
  const denied = outsider(user, surroundings)
  const record: StaffRecord = {
    ...{ id: user.id, teamId: user.teamId, name: user.name, locale: localeOf(user.locale) },
    // Somebody who became a guest or left loses what was set by hand: it must not come back by itself.
    roleSetBy: denied ? null : (known?.roleSetBy ?? null),
    role: denied ? 'none' : known?.roleSetBy ? known.role : roleOf(user, surroundings),
    checkedAt: new Date(nowMs())
  }
  if (!denied || known) await save(scope, known, record)
  return denied ? { denied } : record
}

/** What somebody may see changes here too, without anybody of the team having done it. */
async function save({ db, now }: Where, known: StaffRecord | undefined, record: StaffRecord): Promise<void> {
  await db.transaction(async (tx) => {
    await saveChecked(tx, known, record)
    if (known?.role === record.role) return
    await recordAudit(
      { tx, cipher: db.cipher, now: now() },
      {
        actor: { kind: 'system', id: 'slack' },
        action: 'staff.role',
        subject: { type: 'staff', id: record.id },
        detail: { before: known?.role ?? 'none', role: record.role }
      }
    )
  })
}

function memberOf({ id, name, role, locale }: StaffRecord): StaffMember | { readonly denied: Denial } {
  return role === 'none' ? { denied: 'none' } : { id, name, role, locale }
}
