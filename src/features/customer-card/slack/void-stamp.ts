import type { ModalView } from '@slack/types'
import { formatTime } from '../../../core/time.ts'
import {
  type Click,
  type FieldErrors,
  input,
  modal,
  type Submission,
  staticSelect,
  textInput
} from '../../../platform/slack/index.ts'
import type { Work } from '../../../platform/work.ts'
import { type VoidableStamp, voidableStamps, voidStamp } from '../../stamps/index.ts'
import { TEXTS } from '../texts.ts'
import type { CardLook } from './card.ts'
import { carriedIn } from './forms.ts'
import { ACTION } from './ids.ts'
import { lookOf } from './look.ts'

/** block_ids of the form. */
const FIELD = { stamp: 'stamp', reason: 'reason' } as const
const REASON_MAX = 200

/** Asks which stamp is taken back, and why. */
export async function openVoidForm(click: Click, id: string): Promise<void> {
  const stamps = await voidableStamps(click.scope.db.prisma, id, click.scope.now())
  await (stamps.length > 0
    ? click.openModal(voidForm(id, stamps, lookOf(click)))
    : click.whisper(TEXTS[click.staff.locale].voidStamp.none))
}

function voidForm(id: string, stamps: readonly VoidableStamp[], look: CardLook): ModalView {
  const { voidStamp: texts, stamp, back } = TEXTS[look.locale]
  const choices = stamps.map((one) => ({ value: one.id, text: choiceText(one, look) }))
  const select = staticSelect({ actionId: 'value', placeholder: texts.choose, choices })
  const reason = textInput({ actionId: 'value', maxLength: REASON_MAX })
  return modal({
    ...{ callbackId: ACTION.voidStamp, title: texts.title, submit: texts.submit, close: back },
    privateMetadata: JSON.stringify({ id }),
    blocks: [
      input({ blockId: FIELD.stamp, label: texts.stamp, hint: texts.stampHint, element: select }),
      input({ blockId: FIELD.reason, label: stamp.reason, hint: texts.reasonHint, element: reason })
    ]
  })
}

function choiceText({ title, card, position, grantedAt, shop }: VoidableStamp, { locale, timeZone }: CardLook): string {
  const place = TEXTS[locale].voidStamp.place(card, position)
  const where = shop ? [shop[locale]] : []
  return [formatTime(grantedAt, locale, timeZone), ...where, `${title[locale]} ${place}`].join(
    locale === 'ja' ? ' ・ ' : ' · '
  )
}

/** Voids the stamp of a form; `andShow` does it and shows the card as it is then. */
export async function sendVoid(
  turn: Submission,
  andShow: <Done>(id: string, act: (work: Work) => Promise<Done>) => Promise<Done | undefined>
): Promise<FieldErrors | undefined> {
  const { locale, id: by } = turn.staff
  const { gone, stamp, voidStamp: texts } = TEXTS[locale]
  const carried = carriedIn(turn.privateMetadata)
  const reason = [turn.values[FIELD.reason] ?? ''].flat().join().trim()
  if (!carried) return { [FIELD.stamp]: gone }
  if (!reason) return { [FIELD.reason]: stamp.reasonMissing }
  const stampId = [turn.values[FIELD.stamp] ?? ''].flat().join()
  const done = await andShow(carried.id, (work) => voidStamp(work, { customerId: carried.id, stampId, by, reason }))
  if (!done) return { [FIELD.stamp]: gone }
  if (!done.ok) return { [FIELD.stamp]: texts.refusals[done.kind] }
  const { coupon } = done.value
  if (coupon) await turn.whisper(texts.coupon[coupon.outcome](coupon.serial))
  return undefined
}
