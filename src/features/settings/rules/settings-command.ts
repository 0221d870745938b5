import type { LocaleText } from '../../../core/locale.ts'
import { comparable } from '../../../core/text.ts'

/** What a setting is called by, as far as commands need to know. */
interface Called {
  readonly name: string
  readonly words?: readonly string[]
  readonly choices: readonly Choice[]
}

interface Choice {
  readonly value: string
  readonly label: LocaleText
  readonly words?: readonly string[]
}

/** What "/matane settings …" asks for. */
export type SettingsCommand<Known> =
  | { readonly kind: 'form' }
  | { readonly kind: 'show'; readonly setting: Known }
  | { readonly kind: 'set'; readonly setting: Known; readonly value: string }
  | { readonly kind: 'unknown_setting'; readonly word: string }
  | { readonly kind: 'unknown_value'; readonly setting: Known; readonly word: string }

/** Reads "", "language", "language en", "言語 英語", "language = English"; full and half width are alike. */
export function parseSettingsCommand<Known extends Called>(
  text: string,
  settings: readonly Known[]
): SettingsCommand<Known> {
  const [, name = '', , value = ''] = /^([^\s=:]*)(\s*[=:]\s*|\s+)?([\s\S]*)$/.exec(comparable(text)) ?? []
  if (name === '') return { kind: 'form' }
  const setting = settings.find((known) => known.name === name || known.words?.includes(name))
  if (!setting) return { kind: 'unknown_setting', word: name }
  if (value === '') return { kind: 'show', setting }
  const choice = setting.choices.find((known) => namesOf(known).includes(value))
  return choice ? { kind: 'set', setting, value: choice.value } : { kind: 'unknown_value', setting, word: value }
}

function namesOf({ value, label, words = [] }: Choice): string[] {
  return [value, ...Object.values(label), ...words].map(comparable)
}
