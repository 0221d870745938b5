import type { Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { tagName } from './rules/tag.ts'
import { addTag, listTags, removeTag } from './store/customers.ts'
import { addTags } from './store/place.ts'

export interface Tagging {
  readonly customerId: string
  /** As typed; stored as `tagName` writes it. */
  readonly tag: string
  /** Who does it: "slack:<user id>", "flow:<key>". */
  readonly by: string
}

/** Puts a tag on a customer; false when they have it already or the text makes no tag (see tagName). */
export async function tagCustomer(work: Work, { customerId, tag, by }: Tagging): Promise<boolean> {
  const name = tagName(tag)
  return name !== undefined && addTag(work.tx, { customerId, tag: name, addedBy: by, addedAt: work.now })
}

/** Puts many tags on customers at once; texts that make no tag are passed over. */
export async function tagCustomers(work: Pick<Work, 'tx' | 'now'>, taggings: readonly Tagging[]): Promise<void> {
  const rows = taggings.flatMap(({ customerId, tag, by }) => {
    const name = tagName(tag)
    return name === undefined ? [] : [{ customerId, tag: name, addedBy: by, addedAt: work.now }]
  })
  if (rows.length > 0) await addTags(work.tx, rows)
}

/** Takes a tag off a customer; false when they do not have it. */
export async function untagCustomer(work: Work, customerId: string, tag: string): Promise<boolean> {
  const name = tagName(tag)
  return name !== undefined && removeTag(work.tx, customerId, name)
}

/** The tags in use, the most used first, at most `limit` of them. */
export function knownTags(tx: Tx, limit: number): Promise<string[]> {
  return listTags(tx, limit)
}
