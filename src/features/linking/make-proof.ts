import { randomBytes } from 'node:crypto'
import { encodeBytes } from '../../core/base32.ts'
import { addDuration } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import type { ToldIdentity } from '../customers/index.ts'
import { CODE_LENGTH } from './rules/receipt-code.ts'
import { insertProof } from './store.ts'

/** LINE's link tokens last ten minutes; logging in at the shop takes some of them. */
const NONCE_VALID = '15m'

/** What a source vouches for. */
export interface Vouched {
  readonly identity: ToldIdentity
  readonly source: string
}

/** A secret that was made, in plain for the only time. */
export interface MadeProof {
  readonly secret: string
  readonly expiresAt: Date
}

/** A nonce for LINE's account link: whoever comes back with it on LINE is this customer. */
export async function makeNonce(work: Work, vouched: Vouched): Promise<MadeProof> {
  const secret = randomBytes(24).toString('base64url')
  const expiresAt = addDuration(work.now, NONCE_VALID)
  await insertProof(work, { ...vouched, purpose: 'account_link', secret, expiresAt })
  return { secret, expiresAt }
}

/** A code to print on a receipt: whoever sends it on LINE is the customer of that receipt. `validFor` is written "30d". */
export async function makeReceiptCode(work: Work, vouched: Vouched, validFor: string): Promise<MadeProof> {
  const secret = encodeBytes(randomBytes(5), CODE_LENGTH)
  const expiresAt = addDuration(work.now, validFor)
  await insertProof(work, { ...vouched, purpose: 'receipt', secret, expiresAt })
  return { secret, expiresAt }
}
