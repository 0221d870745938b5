import { formatYen } from '../../../core/money.ts'
import { formatDay, formatTime, lastDayOf } from '../../../core/time.ts'
import type { FieldErrors, SlackHandlers, Submission } from '../../../platform/slack/index.ts'
import { customerSummary } from '../../customers/index.ts'
import { confirmUse } from '../confirm-use.ts'
import { giveGoodwill, type NoGoodwill } from '../give-goodwill.ts'
import { returnedText } from '../line/use-view.ts'
import { findOwner } from '../store/coupons.ts'
import { undoUse } from '../undo-use.ts'
import type { UseRefusal } from '../why-not.ts'
import { withdrawCoupon } from '../withdraw-coupon.ts'
import { dayChosen } from './forms.ts'
import { ACTION, FIELD } from './ids.ts'
import { listModal, readerOf } from './look.ts'
import { STAFF_TEXTS } from './texts.ts'
import { momentText, type Reader, shopText } from './views.ts'

/** What happens when a form about coupons is sent: it is done, and the customer's coupons show themselves anew. */
export const submissions: NonNullable<SlackHandlers['submissions']> = {
  [ACTION.use]: { role: 'cs', run: use },
  [ACTION.undo]: { role: 'cs', run: undo },
  [ACTION.withdraw]: { role: 'cs', run: withdraw },
  [ACTION.give]: { role: 'cs', run: give }
}

async function use(turn: Submission): Promise<FieldErrors | undefined> {
  const { staff, values, privateMetadata: serial } = turn
  const reader = readerOf(turn)
  const amountYen = amountIn(values[FIELD.amount])
  if (amountYen === 'unreadable') return { [FIELD.amount]: STAFF_TEXTS[staff.locale].badAmount }
  const lateOn = dayChosen(values[FIELD.when], reader)
  const request = {
    ...{ serial, by: staff.id, shop: wordsIn(turn, FIELD.shop) || undefined },
    ...(amountYen !== undefined && { amountYen }),
    ...(lateOn !== undefined && { lateOn })
  }
  const used = await turn.perform(turn.cause, (work) => confirmUse(work, request))
  if (!used.ok) return { [FIELD.when]: useRefusal(used, reader) }
  return showAnew(turn, used.value.coupon.customerId)
}

async function undo(turn: Submission): Promise<FieldErrors | undefined> {
  const { staff, privateMetadata: serial } = turn
  const { reasonMissing, refusals } = STAFF_TEXTS[staff.locale]
  const reason = wordsIn(turn, FIELD.reason)
  if (!reason) return { [FIELD.reason]: reasonMissing }
  const undone = await turn.perform(turn.cause, async (work) => {
    const owner = await findOwner(work.tx, serial)
    const locale = (owner && (await customerSummary(work.tx, work.cipher, owner))?.locale) || 'ja'
    return undoUse(work, { serial, by: staff.id, reason }, (coupon) =>
      work.tell(coupon.customerId, [returnedText(coupon, { locale, timeZone: work.timeZone })])
    )
  })
  if (undone.ok) return showAnew(turn, undone.value.customerId)
  const fault =
    undone.kind === 'too_late'
      ? refusals.too_late(formatTime(undone.until, staff.locale, turn.config.timeZone))
      : refusals[undone.kind]
  return { [FIELD.reason]: fault }
}

async function withdraw(turn: Submission): Promise<FieldErrors | undefined> {
  const { staff, privateMetadata: serial } = turn
  const { reasonMissing, refusals } = STAFF_TEXTS[staff.locale]
  const reason = wordsIn(turn, FIELD.reason)
  if (!reason) return { [FIELD.reason]: reasonMissing }
  const outcome = await turn.perform(turn.cause, (work) => withdrawCoupon(work, { serial, by: staff.id, reason }))
  if (outcome !== 'withdrawn') return { [FIELD.reason]: refusals[outcome] }
  const owner = await findOwner(turn.scope.db.prisma, serial)
  return owner ? showAnew(turn, owner) : undefined
}

async function give(turn: Submission): Promise<FieldErrors | undefined> {
  const { staff, privateMetadata: customerId } = turn
  const reason = wordsIn(turn, FIELD.reason)
  if (!reason) return { [FIELD.reason]: STAFF_TEXTS[staff.locale].reasonMissing }
  const goodwill = { customerId, key: wordsIn(turn, FIELD.coupon), reason, giver: { id: staff.id, role: staff.role } }
  const given = await turn.perform(turn.cause, (work) => giveGoodwill(work, goodwill))
  return given.ok ? showAnew(turn, customerId) : { [FIELD.coupon]: goodwillRefusal(given, readerOf(turn)) }
}

async function showAnew(turn: Submission, customerId: string): Promise<undefined> {
  turn.openModal(await listModal(turn, customerId))
}

function useRefusal(refusal: UseRefusal, reader: Reader): string {
  const { locale, timeZone } = reader
  const { refusals } = STAFF_TEXTS[locale]
  switch (refusal.kind) {
    case 'used':
      return refusals.used(momentText(refusal.redemption, reader), shopText(refusal.redemption, locale))
    case 'expired':
      return refusals.expired(formatDay(lastDayOf(refusal.at), locale, timeZone))
    case 'not_yet':
      return refusals.not_yet(formatDay(refusal.from, locale, timeZone))
    case 'other_shop':
      return refusals.other_shop(refusal.shops.map((name) => name[locale]).join(', '))
    default:
      return refusals[refusal.kind]
  }
}

function goodwillRefusal(refusal: NoGoodwill, { locale }: Reader): string {
  const { refusals, gone } = STAFF_TEXTS[locale]
  switch (refusal.kind) {
    case 'over_budget':
      return refusals.over_budget(formatYen(refusal.leftYen))
    case 'enough':
      return refusals.given_enough
    case 'used_up':
      return refusals.given_up
    case 'known':
    case 'gone':
      return gone
    default:
      return refusals[refusal.kind]
  }
}

function wordsIn({ values }: Submission, field: string): string {
  const value = values[field]
  return typeof value === 'string' ? value.trim() : ''
}

/** "1,200" or "¥1200円" → 1200; undefined when nothing was written. */
function amountIn(value: unknown): number | 'unreadable' | undefined {
  const typed = typeof value === 'string' ? value.normalize('NFKC').replace(/[¥円,\s]/g, '') : ''
  if (typed === '') return undefined
  return /^\d{1,8}$/.test(typed) ? Number(typed) : 'unreadable'
}
