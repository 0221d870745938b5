import type { KnownBlock, ModalView } from '@slack/types'
import { z } from 'zod'
import type { Locale } from '../../core/locale.ts'
import { formatTime } from '../../core/time.ts'
import type { Setting, SettingState } from '../../platform/settings/index.ts'
import { context, input, mentionOf, modal, slackDate, staticSelect } from '../../platform/slack/index.ts'
import { TEXTS } from './texts.ts'

/** Names the form's submission handler. */
export const FORM = 'settings.change'

/** A setting and what is in force. */
export interface Shown {
  readonly setting: Setting
  readonly state: SettingState
}

/** Whose language, and the business time zone. */
export interface Reader {
  readonly locale: Locale
  readonly timeZone: string
}

const Carried = z.record(z.string(), z.string())

/** The values that the form showed when it was opened, by name; empty for anything that is not ours. */
export function shownValues(privateMetadata: string): Readonly<Record<string, string>> {
  try {
    return Carried.catch({}).parse(JSON.parse(privateMetadata))
  } catch {
    return {}
  }
}

/** One menu for each setting, with who changed it last. */
export function settingsModal(shown: readonly Shown[], reader: Reader): ModalView {
  const texts = TEXTS[reader.locale]
  return modal({
    callbackId: FORM,
    title: texts.title,
    submit: texts.submit,
    close: texts.cancel,
    privateMetadata: JSON.stringify(Object.fromEntries(shown.map(({ setting, state }) => [setting.name, state.value]))),
    blocks: shown.flatMap((one) => [menu(one, reader.locale), ...lastChange(one, reader)])
  })
}

function menu({ setting, state }: Shown, locale: Locale): KnownBlock {
  const choices = setting.choices.map(({ value, label }) => ({ value, text: label[locale] }))
  return input({
    blockId: setting.name,
    label: setting.label[locale],
    hint: setting.hint[locale],
    element: staticSelect({ actionId: 'value', placeholder: TEXTS[locale].choose, choices, initial: state.value })
  })
}

function lastChange({ state: { changed } }: Shown, { locale, timeZone }: Reader): KnownBlock[] {
  if (!changed) return []
  const at = slackDate(changed.at, formatTime(changed.at, locale, timeZone))
  return [context([TEXTS[locale].lastChange(mentionOf(changed.by), at)])]
}
