import type { ModalView } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { input, modal, textInput } from '../../../platform/slack/index.ts'
import { ACTION } from './ids.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** block_ids of the forms' fields. */
export const FIELD = { reason: 'reason', name: 'name' } as const
const REASON_MAX = 500
const NAME_MAX = 100

/** Asks why a request is declined. */
export function declineModal(id: string, locale: Locale): ModalView {
  const texts = STAFF_TEXTS[locale]
  const element = textInput({ actionId: 'value', multiline: true, maxLength: REASON_MAX })
  return modal({
    ...{ callbackId: ACTION.decline, title: texts.declineTitle, submit: texts.send, close: texts.cancel },
    privateMetadata: id,
    blocks: [input({ blockId: FIELD.reason, label: texts.declineLabel, hint: texts.declineHint, element })]
  })
}

/** Asks for the corrected name, if it is the name. */
export function correctModal(id: string, locale: Locale): ModalView {
  const texts = STAFF_TEXTS[locale]
  const element = textInput({ actionId: 'value', maxLength: NAME_MAX })
  const { correctLabel: label, correctHint: hint } = texts
  return modal({
    ...{ callbackId: ACTION.correct, title: texts.correctTitle, submit: texts.done, close: texts.cancel },
    privateMetadata: id,
    blocks: [input({ blockId: FIELD.name, label, hint, optional: true, element })]
  })
}
