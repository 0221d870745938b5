import type { Button, ModalView } from '@slack/types'
import { z } from 'zod'
import type { Locale } from '../../../core/locale.ts'
import { comparable } from '../../../core/text.ts'
import { button, context, input, modal, radioButtons, section, textInput } from '../../../platform/slack/index.ts'
import type { PointsGlance } from '../glance.ts'
import { pointsLine } from './card-line.ts'
import { ADJUST, FIELD } from './ids.ts'
import { TEXTS } from './texts.ts'

/** A reason is read at a glance, years later. */
const REASON_MAX = 300
/** Most at once. */
const ADJUST_MAX = 100_000

/** Gives or takes points, from wherever a customer is shown. */
export function pointsButton(customerId: string, locale: Locale): Button {
  return button({ text: TEXTS[locale].button, actionId: ADJUST, value: customerId })
}

/** What a form knows when it is opened. */
export interface Opened {
  readonly customerId: string
  readonly seen: string | undefined
}

/** The form: which way, how many, why. */
export function adjustForm(
  { customerId, seen }: Opened,
  { glance, left }: { readonly glance: PointsGlance; readonly left: number | undefined },
  reader: { readonly locale: Locale; readonly timeZone: string }
): ModalView {
  const texts = TEXTS[reader.locale]
  const choices = (['give', 'take'] as const).map((value) => ({ value, text: texts[value] }))
  const count = textInput({ actionId: 'value', maxLength: 10, placeholder: '50' })
  const reason = textInput({ actionId: 'value', multiline: true, maxLength: REASON_MAX })
  return modal({
    callbackId: ADJUST,
    title: texts.title,
    submit: texts.submit,
    close: texts.close,
    privateMetadata: JSON.stringify({ customerId, seen }),
    blocks: [
      section(pointsLine(glance, reader)),
      input({
        blockId: FIELD.direction,
        label: texts.direction,
        element: radioButtons({ actionId: 'value', choices, initial: 'give' })
      }),
      input({ blockId: FIELD.count, label: texts.count, element: count }),
      input({ blockId: FIELD.reason, label: texts.reason, hint: texts.reasonHint, element: reason }),
      ...(left === undefined ? [] : [context([texts.left(left)])])
    ]
  })
}

const Carried = z.object({ customerId: z.uuid(), seen: z.uuid().optional() })

/** What a form that comes back was opened with; undefined when it cannot be read. */
export function carriedIn(metadata: string): Opened | undefined {
  try {
    const { customerId, seen } = Carried.parse(JSON.parse(metadata))
    return { customerId, seen }
  } catch {
    return undefined
  }
}

/** A number of points as people type it ("５０", "1,000"); undefined when it is none. */
export function readCount(typed: string): number | undefined {
  const count = Number(/^\d+$/.exec(comparable(typed).replaceAll(',', ''))?.[0])
  return count >= 1 && count <= ADJUST_MAX ? count : undefined
}
