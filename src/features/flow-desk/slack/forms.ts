import type { ModalView } from '@slack/types'
import { stringify } from 'yaml'
import { z } from 'zod'
import type { Locale } from '../../../core/locale.ts'
import { formatTime } from '../../../core/time.ts'
import { input, LIMITS, modal, staticSelect, textInput } from '../../../platform/slack/index.ts'
import type { PastVersion } from '../../definitions/index.ts'
import { EDIT_TEXTS } from '../edit-texts.ts'
import { inParts } from '../rules/parts.ts'

/** Names the form to write a flow in, and how its fields begin: "yaml_0", "yaml_1" … */
export const SAVE = 'flow.save'
const FIELD = 'yaml_'
/** Fields of a form, and where its faults are shown. */
const PARTS_MAX = 8
export const FIRST_FIELD = `${FIELD}0`

/** Left in each field, so that something can be added. */
const ROOM = 500

/** Names the form to choose an older version in, and its field. */
export const ROLL_BACK = 'flow.roll_back'
export const VERSION_FIELD = 'version'

const EXAMPLE = `id: hello
kind: scenario
consent: service
trigger:
  event: line.followed
steps:
  - id: greet
    do: say
    text:
      ja: ご登録ありがとうございます。
      en: Thank you for joining us.
`

/** A flow as it was seen when somebody began to change it. */
const Seen = z.strictObject({ kind: z.string(), key: z.string(), version: z.int() })
export type Seen = z.infer<typeof Seen>

/** What a form was opened for; undefined for a new flow, or what is not ours. */
export function seenIn(privateMetadata: string): Seen | undefined {
  try {
    return Seen.parse(JSON.parse(privateMetadata))
  } catch {
    return undefined
  }
}

/** The form to write a flow in: an example, or the flow that is edited; undefined when it is too long for it. */
export function flowForm(locale: Locale, edited?: { seen: Seen; body: unknown }): ModalView | undefined {
  const { form } = EDIT_TEXTS[locale]
  const text = edited ? stringify(edited.body, { lineWidth: 0 }) : EXAMPLE
  const parts = inParts(text.trimEnd(), LIMITS.inputText - ROOM)
  if (!parts || parts.length > PARTS_MAX) return undefined
  return modal({
    callbackId: SAVE,
    title: edited ? form.editTitle : form.newTitle,
    submit: form.submit,
    close: form.close,
    privateMetadata: edited ? JSON.stringify(edited.seen) : '',
    blocks: parts.map((part, index) =>
      input({
        blockId: `${FIELD}${index}`,
        label: form.part(index + 1, parts.length),
        hint: form.hint,
        element: textInput({ actionId: 'text', multiline: true, initial: part })
      })
    )
  })
}

/** The text that somebody wrote, out of its fields. */
export function writtenIn(values: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  return Array.from({ length: PARTS_MAX }, (_, index) => values[`${FIELD}${index}`])
    .filter((part) => typeof part === 'string')
    .join('\n')
}

/** The form to choose the version in that comes into force again; undefined when there is none to go back to. */
export function backForm(
  { locale, timeZone }: { locale: Locale; timeZone: string },
  { seen, past }: { seen: Seen; past: readonly PastVersion[] }
): ModalView | undefined {
  const { back, form } = EDIT_TEXTS[locale]
  const choices = past
    .filter(({ version }) => version !== seen.version)
    .map(({ id, version, source, publishedAt }) => ({
      value: id,
      text: back.choice(
        version,
        formatTime(publishedAt, locale, timeZone),
        back.sources[source === 'slack' ? 'slack' : 'file']
      )
    }))
  if (choices.length === 0) return undefined
  return modal({
    callbackId: ROLL_BACK,
    title: back.title,
    submit: back.submit,
    close: form.close,
    privateMetadata: JSON.stringify(seen),
    blocks: [
      input({
        blockId: VERSION_FIELD,
        label: back.label,
        hint: form.hint,
        element: staticSelect({ actionId: 'choice', placeholder: back.placeholder, choices })
      })
    ]
  })
}
