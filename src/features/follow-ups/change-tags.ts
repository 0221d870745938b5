import { ok, type Result } from '../../core/result.ts'
import type { Work } from '../../platform/work.ts'
import { customerSummary, tagCustomer, tagName, untagCustomer } from '../customers/index.ts'
import { auditFollowUp } from './audit-change.ts'
import { changeFollowUp, type NotChanged } from './change-follow-up.ts'
import { insertActivity } from './store.ts'

export interface TagRequest {
  readonly id: string
  /** Slack user id. */
  readonly actor: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** What became of it: the tags put on and taken off, and the texts that make no tag. */
export interface Tagged {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly refused: readonly string[]
}

/** More tags than this tell nobody anything, and the card has one line for them. */
const MAX_TAGS = 20

/** Puts tags on the follow-up's customer and takes others off; the card shows them. Works on resolved ones as well. */
export async function changeTags(work: Work, request: TagRequest): Promise<Result<Tagged, NotChanged>> {
  const { id, actor } = request
  const redrawn = await changeFollowUp(work, { id, actor, change: { kind: 'redraw' } })
  if (!redrawn.ok) return redrawn
  const { customerId } = redrawn.value
  const removed: string[] = []
  for (const tag of request.remove) if (await untagCustomer(work, customerId, tag)) removed.push(tag)
  const { added, refused } = await addTags(work, customerId, request)
  await insertActivity(work.tx, work.cipher, {
    ...{ followUpId: id, actor, action: 'tag', cause: work.cause, at: work.now },
    detail: [...added.map((tag) => `+${tag}`), ...removed.map((tag) => `-${tag}`)].join(' ')
  })
  if (added.length + removed.length > 0) {
    const detail = { added: added.join(' '), removed: removed.join(' ') }
    await auditFollowUp(work, redrawn.value, { staff: actor, action: 'follow_up.tag', detail })
  }
  return ok({ added, removed, refused })
}

async function addTags(work: Work, customerId: string, { add, actor }: TagRequest) {
  const added: string[] = []
  const refused: string[] = []
  let free = MAX_TAGS - ((await customerSummary(work.tx, work.cipher, customerId))?.tags.length ?? 0)
  for (const tag of add) {
    const name = tagName(tag)
    if (name === undefined || free === 0) refused.push(tag)
    else if (await tagCustomer(work, { customerId, tag: name, by: `slack:${actor}` })) {
      added.push(name)
      free -= 1
    }
  }
  return { added, refused }
}
