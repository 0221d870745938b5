import type { ModalView } from '@slack/types'
import { z } from 'zod'
import type { Locale } from '../../../core/locale.ts'
import { input, modal, multiStaticSelect, radioButtons, textInput } from '../../../platform/slack/index.ts'
import { OUTCOMES } from '../rules/state.ts'
import { OUTCOME_NAMES } from '../texts.ts'
import { ACTION } from './ids.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** block_ids of the modals' fields. */
export const FIELD = { outcome: 'outcome', note: 'note', tags: 'tags', newTags: 'new_tags' } as const
const NOTE_MAX = 1000
/** Slack takes 100 options, of 75 UTF-16 units each. */
const OPTIONS = 100
const OPTION_UNITS = 75

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
  const offered = [...new Set([...tags.chosen, ...tags.known])]
    .filter((tag) => tag.length <= OPTION_UNITS)
    .slice(0, OPTIONS)
  const shown = tags.chosen.filter((tag) => offered.includes(tag))
  return modal({
    callbackId: ACTION.tag,
    title: texts.tagTitle(number),
    submit: texts.tagSubmit,
    close: texts.cancel,
    privateMetadata: JSON.stringify({ id, shown }),
    blocks: [...tagChoice(offered, shown, locale), newTags(locale)]
  })
}

/** Slack refuses a menu without options: a shop without tags only gets the field for new ones. */
function tagChoice(offered: readonly string[], initial: readonly string[], locale: Locale) {
  if (offered.length === 0) return []
  const texts = STAFF_TEXTS[locale]
  const choices = offered.map((tag) => ({ text: tag, value: tag }))
  const element = multiStaticSelect({ actionId: 'value', placeholder: texts.chooseTags, choices, initial })
  return [input({ blockId: FIELD.tags, label: texts.tags, optional: true, element })]
}

function newTags(locale: Locale) {
  const { newTags: label, newTagsHint: hint } = STAFF_TEXTS[locale]
  const element = textInput({ actionId: 'value', maxLength: 200 })
  return input({ blockId: FIELD.newTags, label, hint, optional: true, element })
}
