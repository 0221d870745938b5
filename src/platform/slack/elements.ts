import type {
  Button,
  ConfirmationDialog,
  FileInput,
  ImageElement,
  MrkdwnElement,
  MultiStaticSelect,
  Overflow,
  PlainTextElement,
  PlainTextInput,
  PlainTextOption,
  RadioButtons,
  StaticSelect,
  UsersSelect
} from '@slack/types'
import { truncate } from '../../core/text.ts'
import { LIMITS, type LimitName, someWithin, within } from './limits.ts'
import { fitMrkdwn } from './mrkdwn.ts'

/** Slack refuses texts with nothing to see. */
const visible = (text: string): string => (text.trim() ? text : '…')

/** What a picture says to those who do not see it. */
export const altTextOf = (text: string): string => truncate(visible(text), LIMITS.altText)

/** Words people read are shortened to Slack's limit; ids, values and counts over it throw SlackLimitError. */
export function plain(text: string, limit: LimitName): PlainTextElement {
  return { type: 'plain_text', text: truncate(visible(text), LIMITS[limit]) }
}

/** mrkdwn; `verbatim` keeps Slack from making links and mentions out of plain words. */
export function mrkdwn(text: string, limit: LimitName = 'sectionText'): MrkdwnElement {
  return { type: 'mrkdwn', text: fitMrkdwn(visible(text), LIMITS[limit]), verbatim: true }
}

/** How the action ids of links begin: their clicks need no handler. */
export const LINK_ACTION = 'link:'

/** `value` comes back with the click; it is no proof of anything. */
export interface ButtonSpec {
  readonly text: string
  readonly actionId: string
  readonly value: string
  readonly style?: 'primary' | 'danger'
  readonly confirm?: ConfirmationDialog
}

/** A button; `confirm` asks once more before the click counts. */
export function button(spec: ButtonSpec): Button {
  return {
    type: 'button',
    text: plain(spec.text, 'buttonText'),
    action_id: someWithin('actionId', spec.actionId),
    value: within('buttonValue', spec.value),
    ...(spec.style && { style: spec.style }),
    ...(spec.confirm && { confirm: spec.confirm })
  }
}

/** Opens a page; the click itself is nobody's business. `name` tells several apart within a block. */
export function linkButton(spec: { text: string; url: string; name?: string }): Button {
  return {
    type: 'button',
    text: plain(spec.text, 'buttonText'),
    action_id: `${LINK_ACTION}${within('actionId', spec.name ?? '')}`,
    url: someWithin('buttonUrl', spec.url)
  }
}

/** One choice of a menu: what people read (at most 75 characters) and what comes back (at most 75). */
export interface Choice {
  readonly text: string
  readonly value: string
}

function option({ text, value }: Choice): PlainTextOption {
  return { text: plain(text, 'optionText'), value: someWithin('optionValue', value) }
}

/** What the menus have in common. */
export interface SelectSpec {
  readonly actionId: string
  readonly placeholder: string
  readonly choices: readonly Choice[]
}

/** A drop-down of 1–100 choices. `initial` is the value chosen beforehand. */
export function staticSelect(spec: SelectSpec & { readonly initial?: string }): StaticSelect {
  const initial = spec.choices.find(({ value }) => value === spec.initial)
  return {
    type: 'static_select',
    action_id: someWithin('actionId', spec.actionId),
    placeholder: plain(spec.placeholder, 'placeholder'),
    options: someWithin('options', spec.choices).map(option),
    ...(initial && { initial_option: option(initial) })
  }
}

/** Several of 1–100 choices. `initial` holds the values chosen beforehand. */
export function multiStaticSelect(spec: SelectSpec & { readonly initial?: readonly string[] }): MultiStaticSelect {
  const initial = spec.choices.filter(({ value }) => spec.initial?.includes(value))
  return {
    type: 'multi_static_select',
    action_id: someWithin('actionId', spec.actionId),
    placeholder: plain(spec.placeholder, 'placeholder'),
    options: someWithin('options', spec.choices).map(option),
    ...(initial.length > 0 && { initial_options: initial.map(option) })
  }
}

/** One of 1–10 choices, all in sight. */
export function radioButtons(spec: Omit<SelectSpec, 'placeholder'> & { readonly initial?: string }): RadioButtons {
  const initial = spec.choices.find(({ value }) => value === spec.initial)
  return {
    type: 'radio_buttons',
    action_id: someWithin('actionId', spec.actionId),
    options: someWithin('radioOptions', spec.choices).map(option),
    ...(initial && { initial_option: option(initial) })
  }
}

/** A "⋯" menu of 1–5 choices. */
export function overflow(spec: Omit<SelectSpec, 'placeholder'>): Overflow {
  return {
    type: 'overflow',
    action_id: someWithin('actionId', spec.actionId),
    options: someWithin('overflowOptions', spec.choices).map(option)
  }
}

/** A person of the workspace. */
export function usersSelect(spec: { actionId: string; placeholder: string; initialUser?: string }): UsersSelect {
  return {
    type: 'users_select',
    action_id: someWithin('actionId', spec.actionId),
    placeholder: plain(spec.placeholder, 'placeholder'),
    ...(spec.initialUser && { initial_user: spec.initialUser })
  }
}

/** `maxLength` is in UTF-16 units, at most 3,000. */
export interface TextInputSpec {
  readonly actionId: string
  readonly multiline?: boolean
  readonly maxLength?: number
  readonly initial?: string
  readonly placeholder?: string
}

/** A field for typing, in a modal. */
export function textInput(spec: TextInputSpec): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: someWithin('actionId', spec.actionId),
    multiline: spec.multiline ?? false,
    max_length: Math.min(spec.maxLength ?? LIMITS.inputText, LIMITS.inputText),
    ...(spec.initial !== undefined && { initial_value: truncate(spec.initial, spec.maxLength ?? LIMITS.inputText) }),
    ...(spec.placeholder && { placeholder: plain(spec.placeholder, 'placeholder') })
  }
}

/** A field for one file, in a modal; `types` are the endings that it takes ("csv"). */
export function fileInput(spec: { readonly actionId: string; readonly types: readonly string[] }): FileInput {
  return {
    type: 'file_input',
    action_id: someWithin('actionId', spec.actionId),
    filetypes: [...spec.types],
    max_files: 1
  }
}

/** "Are you sure?" in front of a button. */
export function confirmation(spec: { title: string; text: string; confirm: string; deny: string }): ConfirmationDialog {
  return {
    title: plain(spec.title, 'confirmTitle'),
    text: plain(spec.text, 'confirmText'),
    confirm: plain(spec.confirm, 'confirmButton'),
    deny: plain(spec.deny, 'confirmButton')
  }
}

/** A picture beside text. `url` must be reachable by Slack. */
export function imageElement(url: string, altText: string): ImageElement {
  return { type: 'image', image_url: someWithin('imageUrl', url), alt_text: altTextOf(altText) }
}
