import type { Work } from '../../platform/work.ts'
import type { ToldAttribute } from './rules/attribute.ts'
import { type AttributeRow, isNewer, saveAttributes } from './store/attributes.ts'

/** What one message says of a customer. */
export interface AttributesTold {
  readonly customerId: string
  readonly at: Date
  /** "<source>:<its id of the message>" */
  readonly by: string
  readonly attributes: readonly ToldAttribute[]
}

/**
 * Writes down what sources say of customers, in one statement. The newest word about each thing counts, in whatever order
 * they come. A customer whom LINE does not name is called by the name that is told.
 */
export async function tellAttributes(
  work: Pick<Work, 'tx' | 'cipher'>,
  told: readonly AttributesTold[]
): Promise<void> {
  const newest = new Map<string, AttributeRow>()
  for (const { customerId, at, by, attributes } of told) {
    for (const attribute of attributes) {
      const row = { customerId, at, by, attribute }
      const key = `${customerId} ${attribute.name}`
      const known = newest.get(key)
      if (!known || isNewer(row, known)) newest.set(key, row)
    }
  }
  if (newest.size > 0) await saveAttributes(work.tx, work.cipher, [...newest.values()])
}
