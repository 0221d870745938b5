import type { Work } from '../../platform/work.ts'
import { tagName } from './rules/tag.ts'
import { customerSummary } from './store/customers.ts'
import { tagCustomer, untagCustomer } from './tag-customer.ts'

export interface TagChange {
  readonly customerId: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
  /** Who does it: "slack:<user id>". */
  readonly by: string
}

/** What became of it: the tags put on and taken off, and the texts that make no tag. */
export interface Tagged {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly refused: readonly string[]
}

/** More tags than this tell nobody anything, and the card has one line for them. */
const MAX_TAGS = 20

/** Takes tags off a customer and puts others on. */
export async function changeCustomerTags(work: Work, change: TagChange): Promise<Tagged> {
  const removed: string[] = []
  for (const tag of change.remove) if (await untagCustomer(work, change.customerId, tag)) removed.push(tag)
  return { removed, ...(await addTags(work, change)) }
}

async function addTags(work: Work, { customerId, add, by }: TagChange) {
  const added: string[] = []
  const refused: string[] = []
  let free = MAX_TAGS - ((await customerSummary(work.tx, work.cipher, customerId))?.tags.length ?? 0)
  for (const tag of add) {
    const name = tagName(tag)
    if (name === undefined || free === 0) refused.push(tag)
    else if (await tagCustomer(work, { customerId, tag: name, by })) {
      added.push(name)
      free -= 1
    }
  }
  return { added, refused }
}
