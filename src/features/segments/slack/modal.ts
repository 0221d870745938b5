import type { ModalView } from '@slack/types'
import { stringify } from 'yaml'
import { z } from 'zod'
import type { Locale } from '../../../core/locale.ts'
import { input, LIMITS, modal, textInput } from '../../../platform/slack/index.ts'
import { checkFiles } from '../../definitions/index.ts'
import { segmentAt, segmentOf } from '../definition.ts'
import type { Segment } from '../rules/schema.ts'
import type { Edited } from '../save-segment.ts'
import { TEXTS } from '../texts.ts'

/** Names the form's submission handler, and its one field. */
export const FORM = 'segment.save'
export const FIELD = 'yaml'

const FIRST = `id: my-segment
name:
  ja: 名前
  en: Name
who:
  all:
    - { figure: days_since_last_active, gte: 30 }
    - not: { tag: VIP }
`

/** A segment as people write it, without an id that is taken when it is to be copied; undefined when it is too long for Slack. */
export function yamlOf(segment: Segment): string | undefined {
  const text = stringify(segment, { lineWidth: 0 })
  return text.length > LIMITS.inputText ? undefined : text
}

/** The form, empty or with a text; `edited` = whose next version it makes. */
export function segmentModal(locale: Locale, { text = FIRST, edited }: { text?: string; edited?: Edited }): ModalView {
  const texts = TEXTS[locale].modal
  return modal({
    callbackId: FORM,
    title: edited ? texts.editTitle : texts.newTitle,
    submit: texts.submit,
    close: texts.close,
    privateMetadata: edited ? JSON.stringify(edited) : '',
    blocks: [
      input({
        blockId: FIELD,
        label: texts.label,
        hint: texts.hint,
        element: textInput({ actionId: 'text', multiline: true, initial: text })
      })
    ]
  })
}

const Carried = z.strictObject({ id: z.string(), version: z.int() })

/** What the form was opened for; undefined for a new segment, or what is not ours. */
export function editedOf(privateMetadata: string): Edited | undefined {
  try {
    return Carried.parse(JSON.parse(privateMetadata))
  } catch {
    return undefined
  }
}

/** Faults shown at once: more would not be read. */
const FAULTS_SHOWN = 5
const PATH = 'segment.yaml'

/** The segment that was written, or what is wrong with it, line by line. */
export function readSegment(text: string, locale: Locale): { segment: Segment } | { fault: string } {
  const { good, faults } = checkFiles([segmentAt(PATH)], [{ path: PATH, text }])
  const [file] = good
  if (file && faults.length === 0) return { segment: segmentOf(file.body) }
  const texts = TEXTS[locale]
  const lines = faults.slice(0, FAULTS_SHOWN).map(({ line, message }) => texts.at(line, message))
  const hidden = faults.length - FAULTS_SHOWN
  return { fault: [...lines, ...(hidden > 0 ? [texts.moreFaults(hidden)] : [])].join('\n') }
}
