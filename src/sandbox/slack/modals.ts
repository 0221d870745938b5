import { withIds } from './api/blocks.ts'
import { newHash } from './api/views.ts'
import { object } from './check-blocks.ts'
import { type FilledForm, type FormValues, fillForm } from './form.ts'
import { actionOf, type Chosen, findElement, viewActions, viewObject, viewSubmission, whoObject } from './payloads.ts'
import { type ActionResult, isOk, memberOf, type People } from './people.ts'
import { sendInteraction } from './sending.ts'
import { type FakeState, slackId } from './state.ts'
import type { FakeView, JsonObject } from './types.ts'

/** How submitting a modal went. */
export interface SubmitResult {
  readonly ok: boolean
  readonly status: number
  /** Shown beside the fields, by block_id. */
  readonly errors: Readonly<Record<string, string>>
}

/** The topmost modal on a person's screen. */
function modalOf(state: FakeState, userId: string): FakeView | undefined {
  return state.views.findLast((view) => view.userId === userId)
}

/** Submits the person's topmost modal; fields not given keep what they show. */
export async function submitModal(people: People, userId: string, given: FormValues): Promise<SubmitResult> {
  const { state, outgoing } = people
  const shown = modalOf(state, userId)
  if (!shown) throw new Error(`${userId} has no modal open`)
  const form: FilledForm = fillForm(shown.view.blocks, given, state.files)
  if ('errors' in form) return refuse(state, shown, { status: 200, errors: form.errors })
  const payload = viewSubmission(state, memberOf(state, userId), shown, form.values)
  const { status, body } = await sendInteraction(state, outgoing, payload)
  if (!isOk(status)) return refuse(state, shown, { status, errors: {} })
  return settle(state, shown, { status, answer: body ? object(JSON.parse(body)) : {} })
}

function refuse(
  state: FakeState,
  shown: FakeView,
  { status, errors }: { status: number; errors: Readonly<Record<string, string>> }
): SubmitResult {
  shown.errors = errors
  state.changed()
  return { ok: false, status, errors }
}

function settle(
  state: FakeState,
  shown: FakeView,
  { status, answer }: { status: number; answer: JsonObject }
): SubmitResult {
  const action = answer.response_action
  if (action === 'errors') {
    const errors = Object.entries(object(answer.errors)).map(([block, text]) => [block, String(text)])
    return refuse(state, shown, { status, errors: Object.fromEntries(errors) })
  }
  const isStacked = action === 'update' || action === 'push'
  if (action !== 'push')
    state.views = state.views.filter((view) => (action === 'clear' ? view.userId !== shown.userId : view !== shown))
  if (isStacked) {
    const view = object(answer.view)
    // What is updated stays the same view, with a new hash.
    const ids = { id: action === 'push' ? slackId('V') : shown.id, hash: newHash(state) }
    state.views.push({ ...shown, ...ids, view: { ...view, blocks: withIds(view.blocks) }, errors: {} })
  }
  state.changed()
  return { ok: true, status, errors: {} }
}

/** What is clicked in a modal: an element by its action id. */
export interface ModalClick extends Chosen {
  readonly actionId: string
  readonly blockId?: string
}

/** Clicks a button or chooses in a menu of the person's topmost modal. */
export async function clickInModal(people: People, userId: string, at: ModalClick): Promise<ActionResult> {
  const { state, outgoing } = people
  const shown = modalOf(state, userId)
  const found = shown && findElement(shown.view.blocks, at.actionId, at.blockId)
  if (!found) throw new Error(`Nothing to click: "${at.actionId}" is in no modal of ${userId}`)
  const action = actionOf(found, at, state.nextTs())
  const payload = viewActions(state, memberOf(state, userId), shown, action)
  const delivered = await sendInteraction(state, outgoing, payload)
  return { ...delivered, ok: isOk(delivered.status) }
}

/** Closes the person's topmost modal. */
export async function closeModal({ state, outgoing }: People, userId: string): Promise<void> {
  const shown = modalOf(state, userId)
  if (!shown) return
  state.views = state.views.filter((view) => view !== shown)
  state.changed()
  if (!shown.view.notify_on_close) return
  const who = whoObject(state, memberOf(state, userId))
  await sendInteraction(state, outgoing, {
    type: 'view_closed',
    ...who,
    view: viewObject(state, shown, {}),
    is_cleared: false
  })
}
