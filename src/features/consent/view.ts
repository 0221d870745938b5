import { z } from 'zod'
import type { Locale } from '../../core/locale.ts'
import {
  definePostback,
  type LineAction,
  type LineMessage,
  messageAction,
  postbackAction,
  textMessage,
  withQuickReplies
} from '../../platform/line/index.ts'
import { FREQUENCIES, type Frequency } from './rules/contact.ts'
import { isAllowed, type Policy } from './rules/definition.ts'
import { CHOSEN, type ChosenPurpose, PURPOSES, type Purpose, type Status } from './rules/purpose.ts'
import { TEXTS } from './texts.ts'

/** A yes or no to a purpose; `version` is that of the wording under which the button stood. */
export const consentPostback = definePostback(
  'consent.answer',
  z.object({
    purpose: z.enum(CHOSEN),
    allow: z.boolean(),
    version: z.int().min(0),
    from: z.enum(['welcome', 'settings'])
  })
)
/** Opens a part of the settings. */
export const pagePostback = definePostback('settings.open', z.enum(['menu', 'frequency', 'consents']))
export const frequencyPostback = definePostback('settings.frequency', z.enum(FREQUENCIES))
export const languagePostback = definePostback('settings.language', z.enum(['ja', 'en']))

/** All that the settings show of one customer. */
export interface Settings {
  readonly locale: Locale
  readonly policy: Policy
  readonly answers: ReadonlyMap<string, Status>
  readonly frequency: Frequency
}

/** The welcome's question, short, with its answers as buttons. */
export function welcomeQuestion(
  { locale, policy: { version } }: Settings,
  asked: { readonly purpose: ChosenPurpose; readonly question: Readonly<Record<Locale, string>> }
): LineMessage {
  const { anytime, buttons } = TEXTS[locale]
  const { purpose, question } = asked
  const answer = (allow: boolean, label: string) =>
    button(label, consentPostback.encode({ purpose, allow, version, from: 'welcome' }))
  return withQuickReplies(textMessage(`${question[locale]}\n${anytime}`), [
    answer(true, buttons.yes),
    answer(false, buttons.no)
  ])
}

/** What is set now, and what can be changed. */
export function menuMessage(settings: Settings): LineMessage {
  const { locale, frequency } = settings
  const texts = TEXTS[locale]
  const uses = PURPOSES.map((purpose) => {
    const note = purpose === 'service' ? texts.always : ''
    return `${mark(settings, purpose)} ${labelOf(settings, purpose)}${note}`
  })
  const lines = [texts.title, texts.now(texts.frequencies[frequency]), texts.language, texts.uses, ...uses]
  return withQuickReplies(textMessage([...lines, '', texts.choose].join('\n')), menuButtons(locale))
}

/** How often we write, and the other choices. */
export function frequencyMessage({ locale, frequency }: Settings): LineMessage {
  const texts = TEXTS[locale]
  const choices = FREQUENCIES.filter((each) => each !== frequency).map((each) =>
    button(texts.frequencies[each], frequencyPostback.encode(each))
  )
  return withQuickReplies(textMessage(texts.chooseFrequency(texts.frequencies[frequency])), [...choices, back(locale)])
}

/** Every purpose in full, and a button to change each that can be changed. */
export function consentsMessage(settings: Settings): LineMessage {
  const { locale, policy } = settings
  const texts = TEXTS[locale]
  const lines = PURPOSES.map((purpose) => {
    const wording = policy.definition?.purposes[purpose].wording[locale]
    return `${mark(settings, purpose)} ${labelOf(settings, purpose)}${wording ? `\n${wording}` : ''}`
  })
  const changes = CHOSEN.map((purpose) => {
    const allow = !allows(settings, purpose)
    const label = (allow ? texts.allow : texts.stop)(labelOf(settings, purpose))
    return button(label, consentPostback.encode({ purpose, allow, version: policy.version, from: 'settings' }))
  })
  const text = [texts.consentsTitle, ...lines].join('\n\n')
  return withQuickReplies(textMessage(text), [...changes, back(locale)])
}

/** What is so now, and how to change it. */
export function confirmation(locale: Locale, now: string): LineMessage {
  const text = `${now}\n${TEXTS[locale].howToChange}`
  return withQuickReplies(textMessage(text), [back(locale)])
}

/** A purpose by the name customers read. */
export function labelOf({ policy, locale }: Settings, purpose: Purpose): string {
  return policy.definition?.purposes[purpose].label[locale] ?? TEXTS[locale].purposes[purpose]
}

function allows({ policy, answers }: Settings, purpose: Purpose): boolean {
  return isAllowed(policy, purpose, answers.get(purpose))
}

function mark(settings: Settings, purpose: Purpose): string {
  return allows(settings, purpose) ? '✅' : '⬜'
}

function menuButtons(locale: Locale): LineAction[] {
  const { buttons } = TEXTS[locale]
  return [
    button(buttons.frequency, pagePostback.encode('frequency')),
    button(buttons.consents, pagePostback.encode('consents')),
    button(buttons.language, languagePostback.encode(locale === 'ja' ? 'en' : 'ja')),
    // Another room's, which stands on this one: reached by its word.
    messageAction({ label: buttons.privacy, text: buttons.privacy })
  ]
}

function back(locale: Locale): LineAction {
  return button(TEXTS[locale].buttons.back, pagePostback.encode('menu'))
}

function button(label: string, data: string): LineAction {
  return postbackAction({ label, displayText: label, data })
}
