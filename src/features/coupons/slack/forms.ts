import type { ModalView } from '@slack/types'
import { formatYen } from '../../../core/money.ts'
import { addDays, dayOf } from '../../../core/time.ts'
import { input, modal, radioButtons, staticSelect, textInput } from '../../../platform/slack/index.ts'
import type { Shop } from '../../shops/index.ts'
import { type CouponDefinition, costOf } from '../rules/definitions.ts'
import type { KeptCoupon } from '../store/coupons.ts'
import { ACTION, FIELD } from './ids.ts'
import { STAFF_TEXTS } from './texts.ts'
import type { Reader } from './views.ts'

const REASON_MAX = 300
/** As many as one choice holds. */
const CHOICES_MAX = 100

/** Asks where a coupon was used, and when if not just now. */
export function useForm(
  coupon: KeptCoupon,
  shops: readonly Pick<Shop, 'id' | 'name'>[],
  { locale }: Reader
): ModalView {
  const texts = STAFF_TEXTS[locale]
  const taking = shops.filter(({ id }) => coupon.terms.shops?.includes(id) ?? true)
  const choices = taking.slice(0, CHOICES_MAX).map(({ id, name }) => ({ value: id, text: name[locale] }))
  const times = (['now', 'today', 'yesterday'] as const).map((value) => ({ value, text: texts.times[value] }))
  return modal({
    ...{ callbackId: ACTION.use, title: texts.useTitle, submit: texts.done, close: texts.back },
    privateMetadata: coupon.serial,
    blocks: [
      ...(choices.length > 0
        ? [
            input({
              blockId: FIELD.shop,
              label: texts.shop,
              element: staticSelect({ actionId: 'value', placeholder: texts.chooseShop, choices, ...only(choices) })
            })
          ]
        : []),
      input({
        blockId: FIELD.when,
        label: texts.when,
        element: radioButtons({ actionId: 'value', choices: times, initial: 'now' })
      }),
      input({
        ...{ blockId: FIELD.amount, label: texts.amount, hint: texts.amountHint, optional: true },
        element: textInput({ actionId: 'value', maxLength: 12 })
      })
    ]
  })
}

/** Who has one shop need not choose it. */
const only = (choices: readonly { readonly value: string }[]) =>
  choices.length === 1 && choices[0] ? { initial: choices[0].value } : {}

/** The day that was chosen; undefined = just now. */
export function dayChosen(value: unknown, { now, timeZone }: Reader): string | undefined {
  const today = dayOf(now, timeZone)
  if (value === 'today') return today
  return value === 'yesterday' ? addDays(today, -1) : undefined
}

/** Asks why a use is undone, or a coupon withdrawn. */
export function reasonForm(action: 'undo' | 'withdraw', serial: string, { locale }: Reader): ModalView {
  const texts = STAFF_TEXTS[locale]
  const title = action === 'undo' ? texts.undoTitle : texts.withdrawTitle
  return modal({
    ...{ callbackId: ACTION[action], title, submit: texts.done, close: texts.back, privateMetadata: serial },
    blocks: [reasonField(texts)]
  })
}

/** Asks which coupon a customer is given, and why. */
export function giveForm(customerId: string, coupons: readonly CouponDefinition[], { locale }: Reader): ModalView {
  const texts = STAFF_TEXTS[locale]
  const choices = coupons.slice(0, CHOICES_MAX).map((one) => {
    const cost = costOf(one)
    const note = cost === undefined ? texts.noCost : texts.cost(formatYen(cost))
    return { value: one.key, text: `${one.title[locale].slice(0, 50)} (${note})` }
  })
  const element = staticSelect({ actionId: 'value', placeholder: texts.chooseCoupon, choices })
  return modal({
    ...{ callbackId: ACTION.give, title: texts.giveTitle, submit: texts.send, close: texts.back },
    privateMetadata: customerId,
    blocks: [input({ blockId: FIELD.coupon, label: texts.coupons, element }), reasonField(texts)]
  })
}

function reasonField({ reason, reasonHint }: { readonly reason: string; readonly reasonHint: string }) {
  const element = textInput({ actionId: 'value', multiline: true, maxLength: REASON_MAX })
  return input({ blockId: FIELD.reason, label: reason, hint: reasonHint, element })
}
