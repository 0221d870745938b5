import { randomBytes } from 'node:crypto'
import { encodeBytes } from '../../core/base32.ts'
import type { LocaleText } from '../../core/locale.ts'
import type { Work } from '../../platform/work.ts'
import { brandOf, shopNames } from '../shops/index.ts'
import { type CouponTerms, costOf } from './rules/definitions.ts'
import { periodOf } from './rules/period.ts'
import { type Coupon, insertGrant } from './store/coupons.ts'

const SERIAL_LENGTH = 8

/** What is granted: terms of a published definition. */
export interface Granting {
  readonly customerId: string
  readonly definitionId: string
  readonly terms: CouponTerms
  /** One coupon for each of a customer's causes. */
  readonly cause: string
  /** Staff who give it of their own accord: Slack user id and role. */
  readonly giver?: { readonly id: string; readonly role: string }
}

/** Gives a coupon with a serial of its own, for as many whole days as its terms say. Call under the customer's lock. */
export async function grantCoupon({ tx, now, timeZone }: Work, granting: Granting): Promise<Coupon> {
  const { customerId, definitionId, terms, cause, giver } = granting
  const { validFrom, expiresAt } = periodOf(terms, now, timeZone)
  const serial = newSerial()
  await insertGrant(tx, {
    ...{ customerId, serial, cause, coupon: terms.key, definitionId, grantedAt: now },
    ...{ validFrom: validFrom ?? null, expiresAt: expiresAt ?? null, costYen: costOf(terms) ?? null },
    ...(giver && { givenBy: giver.id, givenRole: giver.role })
  })
  return { serial, terms, brand: await brandOf(tx), validFrom, expiresAt, shopNames: await namesOf(tx, terms) }
}

async function namesOf(tx: Work['tx'], { shops }: CouponTerms): Promise<readonly LocaleText[] | undefined> {
  if (!shops) return undefined
  const names = await shopNames(tx)
  return shops.map((id) => names.get(id) ?? { ja: id, en: id })
}

/** 40 random bits, easy to read aloud: "7H2K-9M4P". */
function newSerial(): string {
  const serial = encodeBytes(randomBytes(5), SERIAL_LENGTH)
  return `${serial.slice(0, 4)}-${serial.slice(4)}`
}
