import type { ModalView } from '@slack/types'
import { z } from 'zod'
import type { Locale } from '../../../core/locale.ts'
import { input, modal, radioButtons, textInput } from '../../../platform/slack/index.ts'
import { tagFields } from '../../customers/index.ts'
import { OUTCOMES } from '../rules/state.ts'
import { OUTCOME_NAMES } from '../texts.ts'
import { ACTION } from './ids.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** block_ids of the modals' fields. */
export const FIELD = { outcome: 'outcome', note: 'note' } as const
const NOTE_MAX = 1000

/** What a modal carries to its submission: which follow-up, and the tags that were shown as chosen. */
const Carried = z.object({ id: z.uuid(), shown: z.array(z.string()).default([]) })
export type Carried = z.infer<typeof Carried>

/** What the modal carried; undefined for anything that is not ours. */
export function carriedIn(privateMetadata: string): Carried | undefined {
  try {
    return Carried.safeParse(JSON.parse(privateMetadata)).data
  } catch {
    return undefined
  }
}

interface Subject {
  readonly id: string
  readonly number: number
}

/** Asks how it ended. */
export function resolveModal({ id, number }: Subject, locale: Locale): ModalView {
  const texts = STAFF_TEXTS[locale]
  const choices = OUTCOMES.map((value) => ({ value, text: OUTCOME_NAMES[value][locale] }))
  return modal({
    callbackId: ACTION.resolve,
    title: texts.resolveTitle(number),
    submit: texts.resolveSubmit,
    close: texts.cancel,
    privateMetadata: JSON.stringify({ id }),
    blocks: [
      input({ blockId: FIELD.outcome, label: texts.outcome, element: radioButtons({ actionId: 'value', choices }) }),
      input({
        blockId: FIELD.note,
        label: texts.note,
        hint: texts.noteHint,
        optional: true,
        element: textInput({ actionId: 'value', multiline: true, maxLength: NOTE_MAX })
      })
    ]
  })
}

/** Shows the customer's tags among those in use, and takes new ones. */
export function tagModal(
  { id, number }: Subject,
  tags: { readonly chosen: readonly string[]; readonly known: readonly string[] },
  locale: Locale
): ModalView {
  const texts = STAFF_TEXTS[locale]
  const { blocks, shown } = tagFields(tags, locale)
  return modal({
    callbackId: ACTION.tag,
    title: texts.tagTitle(number),
    submit: texts.tagSubmit,
    close: texts.cancel,
    privateMetadata: JSON.stringify({ id, shown }),
    blocks
  })
}
