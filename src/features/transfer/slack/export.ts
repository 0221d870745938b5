import type { ModalView } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { formatTime } from '../../../core/time.ts'
import {
  actions,
  context,
  type FieldErrors,
  input,
  linkButton,
  modal,
  radioButtons,
  type SlackHandlers,
  type Submission,
  section
} from '../../../platform/slack/index.ts'
import { askForLink, type MadeLink } from '../link/ask-for-link.ts'
import { EXPORT_TEXTS } from '../link/texts.ts'
import { CHOICES, type Choice, choiceOf } from '../rules/choice.ts'
import { ACTION, FIELD } from './ids.ts'

/** "/matane export": for managers, who get a link that nobody else sees. */
export const exportHandlers = {
  verbs: {
    export: {
      role: 'manager',
      help: { ja: EXPORT_TEXTS.ja.help, en: EXPORT_TEXTS.en.help },
      run: (command) => command.openModal(choiceModal(command.staff.locale))
    }
  },
  submissions: { [ACTION.export]: { role: 'manager', run: makeLink } }
} satisfies SlackHandlers

async function makeLink(turn: Submission): Promise<FieldErrors | undefined> {
  const { staff, config, perform, cause } = turn
  const choice = choiceOf(turn.values[FIELD.choice]) ?? 'customers'
  const link = await perform(cause, (work) => askForLink(work, choice, staff.id))
  turn.openModal(linkModal({ ...link, choice }, { ...config, locale: staff.locale }))
  return undefined
}

function choiceModal(locale: Locale): ModalView {
  const { form, choices } = EXPORT_TEXTS[locale]
  return modal({
    ...{ callbackId: ACTION.export, title: form.title, submit: form.make, close: form.cancel },
    blocks: [
      section(form.intro),
      input({
        ...{ blockId: FIELD.choice, label: form.what },
        element: radioButtons({
          actionId: 'value',
          choices: CHOICES.map((value) => ({ text: choices[value].name, value })),
          initial: 'all_csv'
        })
      })
    ]
  })
}

interface Reader {
  readonly locale: Locale
  readonly publicUrl: string
  readonly timeZone: string
}

function linkModal(
  { path, expiresAt, choice }: MadeLink & { readonly choice: Choice },
  { locale, publicUrl, timeZone }: Reader
): ModalView {
  const { form, made, choices } = EXPORT_TEXTS[locale]
  return modal({
    ...{ callbackId: ACTION.export, title: form.title, close: form.close },
    blocks: [
      section(made.words(choices[choice].name, formatTime(expiresAt, locale, timeZone))),
      actions([linkButton({ text: made.open, url: `${publicUrl}${path}` })]),
      context([made.careful])
    ]
  })
}
