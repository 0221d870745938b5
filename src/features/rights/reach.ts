import type { FieldCipher, Tx } from '../../platform/db/index.ts'
import { lineIdentity } from '../customers/index.ts'

/** Whether what we tell a customer on LINE arrives: they are there, and do not block the account. */
export async function isReachable(tx: Tx, cipher: FieldCipher, customerId: string): Promise<boolean> {
  const identity = await lineIdentity(tx, cipher, customerId)
  return identity !== undefined && identity.blockedAt === undefined
}
