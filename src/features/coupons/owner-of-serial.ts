import { canonicalBase32 } from '../../core/base32.ts'
import type { Tx } from '../../platform/db/index.ts'
import { findOwner } from './store/coupons.ts'

/** Whose coupon has this serial, as it is read out or typed ("7h2k 9m4p"); undefined when it is no serial, or nobody's. */
export async function ownerOfSerial(tx: Tx, typed: string): Promise<string | undefined> {
  const [, first, second] = /^(.{4})(.{4})$/.exec(canonicalBase32(typed.replace(/[\s-]/g, '')) ?? '') ?? []
  return first && second ? findOwner(tx, `${first}-${second}`) : undefined
}
