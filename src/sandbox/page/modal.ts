import type { ModalValues, View } from './actions.ts'
import { blocksView, textObject } from './blocks.ts'
import { icon } from './icons.ts'
import { type Json, record, records, text } from './json.ts'
import type { Reader } from './mrkdwn.ts'
import { type Element, h } from './node.ts'
import type { SandboxState } from './state.ts'

/** Slack's modal for the chosen staff member, with the faults the product found in what was entered. */
export function modalView(state: SandboxState, view: View): Element | undefined {
  if (!state.modal) return undefined
  const { id, view: it, errors } = state.modal
  const reader: Reader = {
    lang: view.lang,
    nameOf: (userId) => state.staff.find((person) => person.id === userId)?.name,
    channelOf: (channelId) => state.channels.find((channel) => channel.id === channelId)?.name
  }
  const people = state.staff.filter((person) => !person.isBot)
  const click = view.act.click
  const surface = {
    reader,
    t: view.t,
    people,
    ts: undefined,
    click,
    upload: view.act.upload,
    errors: inWords(errors, view)
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    if (event.currentTarget instanceof HTMLFormElement)
      view.act.submit(entered(event.currentTarget, records(it.blocks)))
  }
  const close = { type: 'button', 'aria-label': view.t.close }
  return h(
    'form',
    {
      key: `modal-${id}`,
      class: 'sl-modal',
      attrs: { 'aria-labelledby': 'modal-title', 'data-testid': 'modal', novalidate: true },
      on: { submit }
    },
    h(
      'header',
      {},
      h('h2', { attrs: { id: 'modal-title' } }, textObject(it.title, reader)),
      h('button', { class: 'sl-close', attrs: close, on: { click: () => view.act.closeModal() } }, icon('close', 20))
    ),
    h('div', { class: 'sl-modal-body' }, blocksView(records(it.blocks), surface)),
    h(
      'footer',
      {},
      h(
        'button',
        { class: 'sl-button', attrs: { type: 'button' }, on: { click: () => view.act.closeModal() } },
        text(record(it.close).text) || view.t.cancel
      ),
      it.submit
        ? h(
            'button',
            { class: 'sl-button primary', attrs: { type: 'submit', 'data-testid': 'modal-submit' } },
            text(record(it.submit).text)
          )
        : undefined
    )
  )
}

/** What was entered in a modal's form, by block_id. */
function entered(form: HTMLFormElement, blocks: readonly Json[]): ModalValues {
  const inputs = blocks.filter((block) => block.type === 'input')
  return Object.fromEntries(
    inputs.map((block) => {
      const blockId = text(block.block_id)
      return [blockId, valueOfFields(record(block.element), fieldsOf(form, blockId))]
    })
  )
}

function fieldsOf(form: HTMLFormElement, blockId: string): Field[] {
  const found = form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
    `[data-block="${CSS.escape(blockId)}"][data-action]`
  )
  return [...found].map((field) => ({ value: field.value, ticked: field instanceof HTMLInputElement && field.checked }))
}

interface Field {
  readonly value: string
  readonly ticked: boolean
}

/** One element's value from its fields: the ticked ones of a choice, the text of the rest. */
export function valueOfFields(element: Json, fields: readonly Field[]): string | readonly string[] {
  const ticked = fields.filter((field) => field.ticked).map((field) => field.value)
  if (['checkboxes', 'multi_static_select'].includes(text(element.type))) return ticked
  return element.type === 'radio_buttons' ? (ticked[0] ?? []) : fields[0]?.value || []
}

/** Slack's own faults, which its client tells in the reader's language; the product's are in it already. */
function inWords(errors: Readonly<Record<string, string>>, { t }: View): Record<string, string> {
  const known = new Map(Object.entries(t.slackFaults))
  return Object.fromEntries(Object.entries(errors).map(([block, fault]) => [block, known.get(fault) ?? fault]))
}
