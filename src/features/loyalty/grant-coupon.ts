import { randomBytes } from 'node:crypto'
import { encodeBytes } from '../../core/base32.ts'
import type { Work } from '../../platform/work.ts'
import type { Look, Reward } from './rules/definitions.ts'
import { endOfPeriod } from './rules/stamp-card.ts'
import { type Coupon, insertGrant } from './store/coupons.ts'

const SERIAL_LENGTH = 8

/** What is granted: terms of a published definition, and how they look. */
export interface Granting {
  readonly customerId: string
  readonly definitionId: string
  readonly reward: Reward
  readonly look: Look
  /** One coupon for each of a customer's causes. */
  readonly cause: string
  readonly timeZone: string
}

/** Gives a coupon with a serial of its own, for as many whole days as its terms say. */
export async function grantCoupon({ tx, now }: Work, granting: Granting): Promise<Coupon> {
  const { customerId, definitionId, reward, look, cause, timeZone } = granting
  const expiresAt = reward.valid_for === undefined ? undefined : endOfPeriod(now, reward.valid_for, timeZone)
  const serial = newSerial()
  const terms = { coupon: reward.key, definitionId, expiresAt: expiresAt ?? null }
  await insertGrant(tx, { customerId, serial, cause, grantedAt: now, ...terms })
  return { serial, reward, look, expiresAt }
}

/** 40 random bits, easy to read aloud: "7H2K-9M4P". */
function newSerial(): string {
  const serial = encodeBytes(randomBytes(5), SERIAL_LENGTH)
  return `${serial.slice(0, 4)}-${serial.slice(4)}`
}
