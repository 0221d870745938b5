import type { LineCustomer } from '../../src/platform/line/handlers.ts'

/** The customer who was recognised; throws when it was somebody who is erased. */
export async function recognised(found: Promise<LineCustomer | undefined>): Promise<LineCustomer> {
  const customer = await found
  if (!customer) throw new Error('Nobody was recognised: they were erased since')
  return customer
}
