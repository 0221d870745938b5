import { ok, type Result } from '../../core/result.ts'
import { addDays, startOfDay } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from './record-audit.ts'
import type { Filter, PageRef } from './rules/filter.ts'
import { customerOfFollowUp, idsOfPerson, listEntries, type StoredEntry, type Wanted } from './store/entries.ts'

/** Entries of one page: more would not be read. */
const PAGE_ENTRIES = 10

export interface ViewRequest extends PageRef {
  /** Slack user id of the manager who looks. */
  readonly by: string
  readonly timeZone: string
}

/** A page, the newest entry first; `older` = where the next one begins, undefined on the last. */
export interface AuditPage {
  readonly entries: readonly StoredEntry[]
  readonly older: number | undefined
}

/** Shows a page of the log, and writes down who looked. Nothing was ever written down about an unknown follow-up. */
export async function viewAudit(
  work: Work,
  { filter, beforeSeq, by, timeZone }: ViewRequest
): Promise<Result<AuditPage, { kind: 'no_such_follow_up'; number: number }>> {
  const { tx, cipher } = work
  const { followUp } = filter
  const customerId = followUp === undefined ? filter.customerId : await customerOfFollowUp(tx, followUp)
  if (followUp !== undefined && !customerId) return { ok: false, kind: 'no_such_follow_up', number: followUp }
  const customerIds = customerId === undefined ? undefined : await idsOfPerson(tx, customerId)
  const wanted = { ...wantedOf(filter, timeZone), customerIds, beforeSeq }
  const found = await listEntries(tx, cipher, { wanted, limit: PAGE_ENTRIES + 1 })
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'audit.view',
    subject: { type: 'audit', id: 'log' },
    customerId,
    detail: { filter: JSON.stringify(filter), ...(beforeSeq !== undefined && { to: beforeSeq }) }
  })
  const entries = found.slice(0, PAGE_ENTRIES)
  return ok({ entries, older: found.length > PAGE_ENTRIES ? entries.at(-1)?.seq : undefined })
}

function wantedOf({ staff, from, to }: Filter, timeZone: string): Wanted {
  return {
    staff,
    from: from === undefined ? undefined : startOfDay(from, timeZone),
    until: to === undefined ? undefined : startOfDay(addDays(to, 1), timeZone)
  }
}
