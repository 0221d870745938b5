import { ok, type Result } from '../../core/result.ts'
import type { Work } from '../../platform/work.ts'
import { changeCustomerTags, type Tagged } from '../customers/index.ts'
import { auditFollowUp } from './audit-change.ts'
import { changeFollowUp, type NotChanged } from './change-follow-up.ts'
import { insertActivity } from './store/activities.ts'

export interface TagRequest {
  readonly id: string
  /** Slack user id. */
  readonly actor: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** Puts tags on the follow-up's customer and takes others off; the card shows them. Works on resolved ones as well. */
export async function changeTags(work: Work, request: TagRequest): Promise<Result<Tagged, NotChanged>> {
  const { id, actor } = request
  const redrawn = await changeFollowUp(work, { id, actor, change: { kind: 'redraw' } })
  if (!redrawn.ok) return redrawn
  const { customerId } = redrawn.value
  const { add, remove } = request
  const done = await changeCustomerTags(work, { customerId, add, remove, by: `slack:${actor}` })
  const { added, removed } = done
  await insertActivity(work.tx, work.cipher, {
    ...{ followUp: redrawn.value, actor, action: 'tag', cause: work.cause, at: work.now },
    detail: [...added.map((tag) => `+${tag}`), ...removed.map((tag) => `-${tag}`)].join(' ')
  })
  if (added.length + removed.length > 0) {
    const detail = { added: added.join(' '), removed: removed.join(' ') }
    await auditFollowUp(work, redrawn.value, { staff: actor, action: 'follow_up.tag', detail })
  }
  return ok(done)
}
