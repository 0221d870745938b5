import { randomBytes } from 'node:crypto'
import { encodeBytes } from '../../core/base32.ts'
import type { Work } from '../../platform/work.ts'
import { openCard } from './open-card.ts'
import { endOfPeriod, type StampCard } from './rules/stamp-card.ts'
import { type Coupon, completeCard, insertGrant } from './store/cards.ts'

const SERIAL_LENGTH = 8

/** Closes a full card: grants the coupon it promised when it began, and begins the next card. */
export async function completeWithCoupon(
  work: Work,
  { customerId, card, timeZone }: { customerId: string; card: StampCard; timeZone: string }
): Promise<{ coupon: Coupon; nextCard: StampCard | undefined }> {
  const { tx, now } = work
  const { reward } = card.definition
  await completeCard(tx, card.id, now)
  const expiresAt = reward.valid_for === undefined ? undefined : endOfPeriod(now, reward.valid_for, timeZone)
  const serial = newSerial()
  await insertGrant(tx, {
    customerId,
    coupon: reward.key,
    definitionId: card.definitionId,
    serial,
    cause: `stamp_card:${card.id}`,
    grantedAt: now,
    expiresAt: expiresAt ?? null
  })
  const next = await openCard(work, customerId, timeZone)
  return { coupon: { serial, reward, programme: card.definition, expiresAt }, nextCard: next?.card }
}

/** 40 random bits, easy to read aloud: "7H2K-9M4P". */
function newSerial(): string {
  const serial = encodeBytes(randomBytes(5), SERIAL_LENGTH)
  return `${serial.slice(0, 4)}-${serial.slice(4)}`
}
