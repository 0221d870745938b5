import type { Result } from '../../core/result.ts'
import { ok } from '../../core/result.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { current, publish, retire } from '../definitions/index.ts'
import { currentTiers } from '../tiers/index.ts'
import { segmentKind, teamSegmentKind, tierFaults } from './definition.ts'
import type { Segment } from './rules/schema.ts'

/** A segment as it was seen when somebody began to edit it. */
export interface Edited {
  readonly id: string
  readonly version: number
}

export interface Saving {
  readonly segment: Segment
  /** Undefined for a new one. */
  readonly edited: Edited | undefined
  /** Slack user id of the manager. */
  readonly by: string
}

type SaveFault =
  /** Another segment has this id; `isFiles` = it comes from a file. */
  | { kind: 'id_taken'; isFiles: boolean }
  /** Who edits a segment keeps its id. */
  | { kind: 'id_changed' }
  /** A colleague saved or ended it meanwhile. */
  | { kind: 'changed_meanwhile' }
  /** It names a tier that there is not; `message` says what to write. */
  | { kind: 'unfit'; message: string }

/** Publishes a segment that a manager wrote in Slack: a new one, or the next version of one of the team's. */
export async function saveSegment(
  work: Work,
  { segment, edited, by }: Saving
): Promise<Result<{ version: number }, SaveFault>> {
  const { tx, now } = work
  if (edited && edited.id !== segment.id) return { ok: false, kind: 'id_changed' }
  if (await current(tx, segmentKind.kind, segment.id)) return { ok: false, kind: 'id_taken', isFiles: true }
  const before = await current(tx, teamSegmentKind.kind, segment.id)
  if (!edited && before) return { ok: false, kind: 'id_taken', isFiles: false }
  if (edited && before?.version !== edited.version) return { ok: false, kind: 'changed_meanwhile' }
  const tiers = await currentTiers(tx)
  const [fault] = tierFaults(
    segment,
    tiers?.rules.tiers.map(({ key }) => key)
  )
  if (fault) return { ok: false, kind: 'unfit', message: fault.message }
  const published = await publish(tx, { kind: teamSegmentKind.kind, key: segment.id, body: segment, at: now })
  if (published.changed) await audit(work, 'definition.publish', { id: segment.id, by, version: published.version })
  return ok({ version: published.version })
}

/** Ends a segment of the team; false when there is none of this id (any more). */
export async function endSegment(work: Work, { id, by }: { id: string; by: string }): Promise<boolean> {
  const before = await current(work.tx, teamSegmentKind.kind, id)
  if (!before) return false
  await retire(work.tx, teamSegmentKind.kind, { key: id, at: work.now })
  await audit(work, 'definition.retire', { id, by, version: before.version })
  return true
}

function audit(
  work: Work,
  action: 'definition.publish' | 'definition.retire',
  { id, by, version }: { id: string; by: string; version: number }
): Promise<void> {
  return recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action,
    subject: { type: 'definition', id: `${teamSegmentKind.kind} ${id}` },
    detail: { version }
  })
}
