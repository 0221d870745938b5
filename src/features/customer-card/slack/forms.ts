import type { ModalView } from '@slack/types'
import { z } from 'zod'
import type { Locale } from '../../../core/locale.ts'
import { input, modal, radioButtons, textInput } from '../../../platform/slack/index.ts'
import { tagFields } from '../../customers/index.ts'
import { PRIORITIES } from '../../follow-ups/index.ts'
import { TEXTS } from '../texts.ts'
import { ACTION } from './ids.ts'

/** block_ids of the form that opens a follow-up. */
export const FIELD = { note: 'note', priority: 'priority' } as const
const NOTE_MAX = 1_000

/** What a form carries to its submission: whose card it came from, and the tags that were shown as chosen. */
const Carried = z.object({ id: z.uuid(), shown: z.array(z.string()).default([]) })

/** What the form carried; undefined for anything that is not ours. */
export function carriedIn(privateMetadata: string): z.infer<typeof Carried> | undefined {
  try {
    return Carried.safeParse(JSON.parse(privateMetadata)).data
  } catch {
    return undefined
  }
}

/** Shows the customer's tags among those in use, and takes new ones. */
export function tagForm(id: string, tags: Parameters<typeof tagFields>[0], locale: Locale): ModalView {
  const texts = TEXTS[locale]
  const { blocks, shown } = tagFields(tags, locale)
  const privateMetadata = JSON.stringify({ id, shown })
  const words = { title: texts.tagTitle, submit: texts.save, close: texts.back }
  return modal({ callbackId: ACTION.tag, ...words, privateMetadata, blocks })
}

/** Asks what was noticed, and how urgent it is. */
export function followUpForm(id: string, locale: Locale): ModalView {
  const texts = TEXTS[locale]
  const choices = PRIORITIES.map((value) => ({ value, text: texts.priorities[value] }))
  const note = textInput({ actionId: 'value', multiline: true, maxLength: NOTE_MAX })
  return modal({
    callbackId: ACTION.followUp,
    title: texts.followUpTitle,
    submit: texts.followUpSubmit,
    close: texts.back,
    privateMetadata: JSON.stringify({ id }),
    blocks: [
      input({ blockId: FIELD.note, label: texts.note, hint: texts.noteHint, element: note }),
      input({
        blockId: FIELD.priority,
        label: texts.priority,
        element: radioButtons({ actionId: 'value', choices, initial: 'normal' })
      })
    ]
  })
}
