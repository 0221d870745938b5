import { idOf } from '../../core/ids.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { type Entry, type PublishedFlow, publishedFlow, startRun } from '../flows/index.ts'
import { findSegment } from '../segments/index.ts'
import { countMembers, insertStart } from './store/starts.ts'

export interface StartingByHand {
  /** Its id. */
  readonly flow: string
  readonly whom: { readonly customerId: string } | { readonly segment: string }
  /** Slack user id; the caller has checked the role. */
  readonly by: string
}

type Started =
  /** What came of it for the one customer. */
  | { readonly entry: Entry }
  /** How many are in the segment; they are led in within some minutes, as far as LINE reaches them and they may be written to. */
  | { readonly people: number }

type StartFault = { readonly kind: 'unknown_flow' } | { readonly kind: 'unknown_segment' }

/**
 * Starts a flow for one customer, or for everybody in a segment, however it starts otherwise. once_per, consent and quiet
 * hours hold as ever. Once for the cause of the work: a click that is told twice starts nothing twice.
 */
export async function startByHand(
  work: Work,
  { flow, whom, by }: StartingByHand
): Promise<Result<Started, StartFault>> {
  const found = await publishedFlow(work.tx, flow)
  if (!found) return { ok: false, kind: 'unknown_flow' }
  if ('customerId' in whom) {
    const entry = await startRun(work, { customerId: whom.customerId, definition: found.definition })
    await audit(work, found, { by, customerId: whom.customerId, detail: { outcome: entry } })
    return ok({ entry })
  }
  const segment = await findSegment(work.tx, whom.segment)
  if (!segment) return { ok: false, kind: 'unknown_segment' }
  const { id } = segment.segment
  const { kind } = found.definition
  await insertStart(work.tx, { id: idOf('flow-start', work.cause), kind, flow, segment: id, at: work.now })
  const people = await countMembers(work.tx, id)
  await audit(work, found, { by, detail: { to: id, rows: people } })
  return ok({ people })
}

function audit(
  work: Work,
  { definition, flow }: PublishedFlow,
  { by, customerId, detail }: { by: string; customerId?: string; detail: Readonly<Record<string, string | number>> }
): Promise<void> {
  return recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'flow.start',
    subject: { type: 'definition', id: `${definition.kind} ${flow.id}` },
    customerId,
    detail
  })
}
