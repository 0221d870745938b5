import type { Tx } from '../../../platform/db/index.ts'
import type { MergedPair } from '../../../platform/feature.ts'

/**
 * Cards and stamps of both customers are kept: cards are numbered on, and of marks that are the same for both (one code
 * scanned under two accounts) the one that comes over is told apart by whose it was.
 */
export async function settleCards(tx: Tx, { from, into }: MergedPair): Promise<void> {
  // Below zero first: a number is one card's at every moment.
  await tx.$executeRaw`
    UPDATE stamp_card AS own SET number = -(own.number + last.number) FROM (
      SELECT programme, max(number) AS number FROM stamp_card WHERE customer_id = ${into}::uuid GROUP BY programme
    ) AS last (programme, number)
    WHERE own.customer_id = ${from}::uuid AND own.programme = last.programme`
  await tx.$executeRaw`UPDATE stamp_card SET number = -number WHERE customer_id = ${from}::uuid AND number < 0`
  await tx.$executeRaw`
    UPDATE stamp AS own SET code = own.code || '#' || own.customer_id FROM stamp AS other
    WHERE own.customer_id = ${from}::uuid AND other.customer_id = ${into}::uuid AND other.programme = own.programme
      AND other.code = own.code`
}
