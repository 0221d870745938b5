import type { Button, ModalView } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import {
  button,
  type Click,
  escapeMrkdwn,
  type FieldErrors,
  input,
  modal,
  type Submission,
  staticSelect
} from '../../../platform/slack/index.ts'
import { publishedFlows } from '../../flows/index.ts'
import { findSegments } from '../../segments/index.ts'
import { startByHand } from '../../triggers/index.ts'
import { EDIT_TEXTS } from '../edit-texts.ts'
import { START_TEXTS } from '../start-texts.ts'
import { TEXTS } from '../texts.ts'

/** Names of the buttons: of a flow, and of a customer; and of the forms that they open, each with one field. */
export const START = 'flow.start'
export const START_FOR = 'flow.start_for'
export const START_SEGMENT = 'flow.start_segment'
export const START_CUSTOMER = 'flow.start_customer'
const CHOICE = 'choice'

/** Starts a survey or scenario for a customer, from wherever they are shown. */
export function startButton(customerId: string, locale: Locale): Button {
  return button({ text: START_TEXTS[locale].forCustomer, actionId: START_FOR, value: customerId })
}

/** As many as one choice holds. */
const CHOICES_MAX = 100

export async function chooseSegment(click: Click): Promise<void> {
  const { locale } = click.staff
  const start = START_TEXTS[locale]
  const segments = await findSegments(click.scope.db.prisma)
  if (segments.length === 0) return click.whisper(start.noSegments)
  const choices = segments
    .slice(0, CHOICES_MAX)
    .map(({ segment }) => ({ value: segment.id, text: segment.name[locale] }))
  const form = { callbackId: START_SEGMENT, about: click.value, label: start.segment, hint: start.segmentHint, choices }
  await click.openModal(choiceForm(locale, form))
}

export async function chooseFlow(click: Click): Promise<void> {
  const { locale } = click.staff
  const start = START_TEXTS[locale]
  const { none, kinds } = TEXTS[locale]
  const flows = await publishedFlows(click.scope.db.prisma)
  if (flows.length === 0) return click.whisper(none)
  const choices = flows
    .slice(0, CHOICES_MAX)
    .map(({ flow }) => ({ value: flow.id, text: `${flow.name?.[locale] ?? flow.id}（${kinds[flow.kind]}）` }))
  const form = { callbackId: START_CUSTOMER, about: click.value, label: start.flow, hint: start.flowHint, choices }
  await click.openModal(choiceForm(locale, form))
}

interface ChoiceForm {
  readonly callbackId: string
  /** What comes back with the choice. */
  readonly about: string
  readonly label: string
  readonly hint: string
  readonly choices: readonly { readonly value: string; readonly text: string }[]
}

function choiceForm(locale: Locale, { callbackId, about, label, hint, choices }: ChoiceForm): ModalView {
  const start = START_TEXTS[locale]
  const { form } = EDIT_TEXTS[locale]
  return modal({
    callbackId,
    title: start.title,
    submit: start.submit,
    close: form.close,
    privateMetadata: about,
    blocks: [
      input({
        blockId: CHOICE,
        label,
        hint,
        element: staticSelect({ actionId: 'choice', placeholder: start.placeholder, choices })
      })
    ]
  })
}

export async function startForSegment(turn: Submission): Promise<FieldErrors | undefined> {
  const start = START_TEXTS[turn.staff.locale]
  const { privateMetadata: flow, staff } = turn
  const segment = String(turn.values[CHOICE] ?? '')
  const started = await turn.perform(turn.cause, (work) => startByHand(work, { flow, whom: { segment }, by: staff.id }))
  if (!started.ok) return { [CHOICE]: start.gone }
  if ('people' in started.value) await turn.whisper(start.many(escapeMrkdwn(flow), started.value.people))
  return undefined
}

export async function startForCustomer(turn: Submission): Promise<FieldErrors | undefined> {
  const start = START_TEXTS[turn.staff.locale]
  const { privateMetadata: customerId, staff } = turn
  const flow = String(turn.values[CHOICE] ?? '')
  const whom = { customerId }
  const started = await turn.perform(turn.cause, (work) => startByHand(work, { flow, whom, by: staff.id }))
  if (!started.ok) return { [CHOICE]: start.gone }
  if ('entry' in started.value) await turn.whisper(start.outcome[started.value.entry](escapeMrkdwn(flow)))
  return undefined
}
