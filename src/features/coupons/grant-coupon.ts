import { randomBytes } from 'node:crypto'
import { encodeBytes } from '../../core/base32.ts'
import { endOfPeriod } from '../../core/time.ts'
import type { Work } from '../../platform/work.ts'
import { brandOf } from '../shops/index.ts'
import type { CouponTerms } from './rules/definitions.ts'
import { type Coupon, insertGrant } from './store/coupons.ts'

const SERIAL_LENGTH = 8

/** What is granted: terms of a published definition. */
export interface Granting {
  readonly customerId: string
  readonly definitionId: string
  readonly terms: CouponTerms
  /** One coupon for each of a customer's causes. */
  readonly cause: string
}

/** Gives a coupon with a serial of its own, for as many whole days as its terms say. Call under the customer's lock. */
export async function grantCoupon({ tx, now, timeZone }: Work, granting: Granting): Promise<Coupon> {
  const { customerId, definitionId, terms, cause } = granting
  const expiresAt = terms.valid_for === undefined ? undefined : endOfPeriod(now, terms.valid_for, timeZone)
  const serial = newSerial()
  const bound = { coupon: terms.key, definitionId, expiresAt: expiresAt ?? null }
  await insertGrant(tx, { customerId, serial, cause, grantedAt: now, ...bound })
  return { serial, terms, brand: await brandOf(tx), expiresAt }
}

/** 40 random bits, easy to read aloud: "7H2K-9M4P". */
function newSerial(): string {
  const serial = encodeBytes(randomBytes(5), SERIAL_LENGTH)
  return `${serial.slice(0, 4)}-${serial.slice(4)}`
}
