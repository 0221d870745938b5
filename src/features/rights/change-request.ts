import type { Result } from '../../core/result.ts'
import { addDuration } from '../../core/time.ts'
import { lockKey } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { type AuditEntry, recordAudit } from '../audit/index.ts'
import { arrange } from './announce.ts'
import { nextState, type State, type Step } from './rules/request.ts'
import { delayOf } from './settings.ts'
import { customerOf, findRequest, type RequestChange, type RightsRequest, saveRequest } from './store.ts'

/** Why nothing changed; erasures are decided by managers only. */
export type NotChanged =
  | { readonly kind: 'gone' }
  | { readonly kind: 'managers_only' }
  | { readonly kind: 'moved_on'; readonly state: State }

export interface Deciding {
  /** As it came with a button: it may name nothing. */
  readonly id: string
  readonly step: Extract<Step, 'approve' | 'decline' | 'cancel'>
  readonly actor: AuditEntry['actor']
  /** Whether the actor may decide about erasures: managers, and the customer. */
  readonly erasures: boolean
  /** Why it is declined; the customer reads it. */
  readonly reason?: string
}

/** Approves, declines or withdraws a request, under its customer's lock; the caller tells the customer. */
export async function changeRequest(work: Work, deciding: Deciding): Promise<Result<RightsRequest, NotChanged>> {
  const { tx, cipher } = work
  const { id, step, actor, reason } = deciding
  const before = await lockRequest(work, id)
  if (!before) return { ok: false, kind: 'gone' }
  if (before.right === 'erase' && !deciding.erasures) return { ok: false, kind: 'managers_only' }
  const next = nextState(before.state, step)
  if (!next.ok) return next
  const change: RequestChange = {
    state: next.value,
    ...(actor.kind === 'staff' && { decidedBy: actor.id }),
    ...(step === 'approve'
      ? { runAt: addDuration(work.now, await delayOf(tx, before.right)) }
      : { closedAt: work.now, runAt: null }),
    ...(reason !== undefined && { reason })
  }
  const after = await saveRequest(tx, cipher, { before, change })
  await recordAudit(work, {
    ...{ actor, action: `rights.${step}`, customerId: before.customerId },
    subject: { type: 'rights_request', id: String(before.number) },
    detail: { value: before.right }
  })
  await arrange(work, after)
  return { ok: true, value: after }
}

/** Reads a request under its customer's lock; undefined when there is none. */
export async function lockRequest(work: Work, id: string): Promise<RightsRequest | undefined> {
  const customerId = await customerOf(work.tx, id)
  if (!customerId) return undefined
  await lockKey(work.tx, customerId)
  return findRequest(work.tx, work.cipher, id)
}
