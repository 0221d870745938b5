import type { LocaleText } from '../../core/locale.ts'
import { ok, type Result } from '../../core/result.ts'
import { durationMs } from '../../core/time.ts'
import { customerCipher, lockKey, type Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { newestCoupon, withdrawCoupon } from '../coupons/index.ts'
import { recordFact } from '../events/index.ts'
import { shopNames } from '../shops/index.ts'
import { couponCauses, endAfter } from './rules/stamp-card.ts'
import { termsOf } from './store/programmes.ts'
import {
  type CardOfStamp,
  closeGap,
  findStamp,
  type GivenStamp,
  lastPlace,
  lastStamp,
  markVoid,
  moveStamp,
  reopenCard,
  stampsSince
} from './store/voiding.ts'

/** How long after it was given a stamp can be voided. */
const VOIDABLE_MS = durationMs('90d')
/** As many as one choice holds. */
const CHOICES_MAX = 100

/** A stamp that can be voided, for staff to choose. */
export interface VoidableStamp {
  readonly id: string
  readonly title: LocaleText
  readonly card: number
  readonly position: number
  readonly grantedAt: Date
  readonly shop: LocaleText | undefined
}

export interface StampToVoid {
  readonly customerId: string
  readonly stampId: string
  /** Slack id of whoever voids it. */
  readonly by: string
  readonly reason: string
}

/** "gone": this customer has no such stamp, or it is too old. "void": somebody was faster. */
export interface NotVoided {
  readonly kind: 'gone' | 'void'
}

/** What became of the coupon that the freed place had brought: one that was used stays. */
export interface Voided {
  readonly coupon: { readonly serial: string; readonly outcome: 'withdrawn' | 'used' } | undefined
}

const firstVoidable = (now: Date) => new Date(now.getTime() - VOIDABLE_MS)

/** The customer's stamps that can be voided, the newest first. */
export async function voidableStamps(tx: Tx, customerId: string, now: Date): Promise<VoidableStamp[]> {
  const stamps = await stampsSince(tx, customerId, { since: firstVoidable(now), limit: CHOICES_MAX })
  const names = await shopNames(tx)
  const terms = new Map<string, LocaleText>()
  for (const { card } of stamps)
    if (!terms.has(card.definitionId)) terms.set(card.definitionId, (await termsOf(tx, card.definitionId)).title)
  return stamps.map(({ id, position, grantedAt, shop, card: { number, definitionId } }) => {
    const title = terms.get(definitionId) ?? { ja: '', en: '' }
    return { id, title, card: number, position, grantedAt, shop: shop === undefined ? undefined : names.get(shop) }
  })
}

/**
 * Voids a stamp by the hand of staff: it counts no more, and what gave it gives no other. Exactly one place becomes free:
 * the last of its card, where those behind it move up; of a card that is full, the last place of the programme, so that a
 * newer card gives its last stamp for the full one. A full card that loses its own takes stamps again, at least as long as
 * one that begins now. The coupon that the freed place had brought is withdrawn if it is still held: the customer has not
 * earned it yet. Coupons of places that remain taken stay.
 */
export async function voidStamp(
  work: Work,
  { customerId, stampId, by, reason }: StampToVoid
): Promise<Result<Voided, NotVoided>> {
  const { tx, cipher, now, cause } = work
  await lockKey(tx, customerId)
  const stamp = await findStamp(tx, customerId, stampId)
  if (!stamp || stamp.grantedAt < firstVoidable(now)) return { ok: false, kind: 'gone' }
  if (stamp.isVoid) return { ok: false, kind: 'void' }
  const reasonSealed = (await customerCipher({ tx, cipher }, customerId)).seal('stamp.void_reason', reason)
  const last = stamp.card.isFull ? await lastStamp(tx, customerId, stamp.card) : undefined
  await markVoid(tx, stampId, { at: now, staff: by, reasonSealed })
  const freed = await freePlace(work, customerId, { stamp, last })
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'stamp.void',
    subject: { type: 'customer', id: customerId },
    customerId,
    detail: { value: stamp.card.programme, reason }
  })
  const coupon = await withdrawBrought(work, customerId, { freed, by, reason })
  const about = { customerId, name: 'stamp.voided', at: now, source: 'matane', sourceId: `${cause}/stamp.voided` }
  await recordFact(work, { ...about, properties: { programme: stamp.card.programme, card: freed.card.number } })
  return ok({ coupon })
}

interface Freed {
  readonly card: CardOfStamp
  readonly position: number
}

async function freePlace(
  work: Work,
  customerId: string,
  { stamp, last }: { readonly stamp: GivenStamp; readonly last: GivenStamp | undefined }
): Promise<Freed> {
  const { tx, now, timeZone } = work
  const { card, position } = stamp
  if (last && last.card.id !== card.id) await moveStamp(tx, last.id, { cardId: card.id, position })
  const freed = last ?? { card, position: Math.max(position, await lastPlace(tx, card.id)) }
  if (freed.card.id === card.id) await closeGap(tx, card.id, position)
  if (freed.card.isFull) {
    const { expiresAt } = freed.card
    const anew = endAfter(await termsOf(tx, freed.card.definitionId), now, timeZone)
    const isOver = expiresAt !== undefined && (anew === undefined || expiresAt < anew)
    await reopenCard(tx, customerId, { ...freed.card, expiresAt: isOver ? anew : expiresAt })
  }
  return freed
}

async function withdrawBrought(
  work: Work,
  customerId: string,
  { freed, by, reason }: { readonly freed: Freed; readonly by: string; readonly reason: string }
): Promise<Voided['coupon']> {
  const coupon = await newestCoupon(work.tx, customerId, couponCauses(freed.card.id, freed.position))
  if (!coupon || coupon.state === 'withdrawn') return undefined
  const { serial } = coupon
  const outcome = (await withdrawCoupon(work, { serial, by, reason })) === 'withdrawn' ? 'withdrawn' : 'used'
  return { serial, outcome }
}
