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
  const submit = (event: Event): void => {
    event.preventDefault()
    if (event.currentTarget instanceof HTMLFormElement)
      view.act.submit(valuesOf(event.currentTarget, records(it.blocks)))
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
    h(
      'div',
      { class: 'sl-modal-body' },
      blocksView(records(it.blocks), { reader, t: view.t, people, ts: undefined, errors })
    ),
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

/** What was entered in a modal's form, in the shape of Slack's `view.state.values`. */
export function valuesOf(form: HTMLFormElement, blocks: readonly Json[]): ModalValues {
  const inputs = blocks.filter((block) => block.type === 'input' || block.accessory || block.type === 'actions')
  return Object.fromEntries(
    inputs.map((block, index) => {
      const blockId = text(block.block_id) || `block-${index}`
      const elements =
        block.type === 'input' ? [record(block.element)] : [...records(block.elements), record(block.accessory)]
      const named = elements.filter((element) => text(element.action_id) !== '')
      return [
        blockId,
        Object.fromEntries(named.map((element) => [text(element.action_id), enteredValue(form, blockId, element)]))
      ]
    })
  )
}

function enteredValue(form: HTMLFormElement, blockId: string, element: Json): Json {
  const actionId = text(element.action_id)
  const selector = `[data-block="${CSS.escape(blockId)}"][data-action="${CSS.escape(actionId)}"]`
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(selector)]
  const ticked = fields
    .filter((field) => field instanceof HTMLInputElement && field.checked)
    .map((field) => field.value)
  return slackValue(element, ticked, fields[0]?.value ?? '')
}

/** One element's value as Slack reports it: `ticked` for choices, `entered` for the rest. */
export function slackValue(element: Json, ticked: readonly string[], entered: string): Json {
  const type = text(element.type)
  const options = [
    ...records(element.options),
    ...records(element.option_groups).flatMap((group) => records(group.options))
  ]
  const chosen = (values: readonly string[]): Json[] => options.filter((option) => values.includes(text(option.value)))
  switch (type) {
    case 'radio_buttons':
      return { type, selected_option: chosen(ticked)[0] ?? null }
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: chosen(ticked) }
    case 'static_select':
    case 'external_select':
      return { type, selected_option: chosen([entered])[0] ?? null }
    case 'users_select':
      return { type, selected_user: entered || null }
    case 'datepicker':
      return { type, selected_date: entered || null }
    case 'timepicker':
      return { type, selected_time: entered || null }
    default:
      return { type, value: entered || null }
  }
}
