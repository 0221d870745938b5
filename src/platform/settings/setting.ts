import type { Locale, LocaleText } from '../../core/locale.ts'
import type { Tx } from '../db/index.ts'

/** One value of a setting: what is stored, what people read, and the words they may type for it. */
export interface SettingChoice<Value extends string = string> {
  readonly value: Value
  readonly label: LocaleText
  /** In lower case and half width; `value` and the labels count anyway. */
  readonly words?: readonly string[]
}

/** Something managers choose for the whole workspace with "/matane settings". Features plug theirs in. */
export interface Setting<Value extends string = string> {
  /** Names it in the store and in commands: "language". One word, and nobody else's. */
  readonly name: string
  /** Other words people may type for it, in lower case and half width. */
  readonly words?: readonly string[]
  readonly label: LocaleText
  /** What it changes, in a sentence. */
  readonly hint: LocaleText
  /** 1–100 of them. */
  readonly choices: readonly SettingChoice<Value>[]
  /** In force while nobody has chosen. */
  readonly defaultValue: Value
}

/** What is in force now. `version` counts the changes so far: 0 while it is the default. */
export interface SettingState<Value extends string = string> {
  readonly value: Value
  readonly version: number
  /** Slack user id of the manager who chose it, and when. */
  readonly changed: { readonly by: string; readonly at: Date } | undefined
}

/** Reads a setting; the default also stands in for a stored value that is no choice any more. */
export async function readSetting<Value extends string>(tx: Tx, setting: Setting<Value>): Promise<SettingState<Value>> {
  const row = await tx.settingChange.findFirst({ where: { name: setting.name }, orderBy: { version: 'desc' } })
  const chosen = setting.choices.find(({ value }) => value === row?.value)
  return {
    value: chosen?.value ?? setting.defaultValue,
    version: row?.version ?? 0,
    changed: row ? { by: row.changedBy, at: row.changedAt } : undefined
  }
}

/** A value as people read it. */
export function choiceLabel({ choices }: Setting, value: string, locale: Locale): string {
  return choices.find((choice) => choice.value === value)?.label[locale] ?? value
}
