import type { ModalView } from '@slack/types'
import type { Context } from '../feature.ts'
import { modal, section } from './blocks.ts'
import type { DeskDeps } from './desk.ts'
import { calling } from './errors.ts'
import type { FieldErrors, Role, StaffMember, Submission } from './handlers.ts'
import { accountsIn, escapeMrkdwn, mentionOf } from './mrkdwn.ts'
import { entered, ViewSubmission } from './payloads.ts'
import { TEXTS } from './texts.ts'
import { packView, unpackMetadata, whisperTo } from './turns.ts'

/**
 * What goes back to Slack with the acknowledgement: nothing closes the modal, a view takes its place, faults keep it open
 * with what was typed.
 */
type SubmitAnswer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView }
  | undefined

/** Slack gives up after 3 s; a little earlier, so that the answer arrives. */
const ANSWER_WITHIN_MS = 2_400
/** Until Slack surely shows what it was answered: it would lay that over what came earlier. */
const SHOWN_AFTER_MS = 1_000

/** A submitted modal: the role is checked again, then the handler validates and acts before the acknowledgement. */
export async function answerSubmission(deps: DeskDeps, context: Context, payload: unknown): Promise<SubmitAnswer> {
  const body = ViewSubmission.parse(payload)
  const form: Form = { deps, context, body, locale: 'ja', ...unpackMetadata(body.view.private_metadata) }
  const outcome = settle(form)
  const late = new Promise<'late'>((resolve) => {
    const timer = setTimeout(() => resolve('late'), ANSWER_WITHIN_MS)
    outcome.finally(() => clearTimeout(timer))
  })
  const first = await Promise.race([outcome, late])
  if (first !== 'late') return asAnswer(form, first)
  const shown = new Promise((resolve) => setTimeout(resolve, SHOWN_AFTER_MS))
  context.scope.waitUntil(Promise.all([outcome, shown]).then(([known]) => showLate(form, known)))
  return { response_action: 'update', view: noteInstead(form, TEXTS[form.locale].working) }
}

interface Form {
  readonly deps: DeskDeps
  readonly context: Context
  readonly body: ViewSubmission
  readonly channel: string | undefined
  readonly metadata: string
  /** Of whoever fills it in; the default until that is known. */
  locale: StaffMember['locale']
}

/** Faults of fields, words about the whole form, or what is to be seen next. */
type Outcome = { readonly fields?: FieldErrors | undefined; readonly words?: string; readonly next?: ModalView }

async function settle(form: Form): Promise<Outcome> {
  const { deps, context, body } = form
  const handler = deps.handlers.submissions[body.view.callback_id]
  try {
    const admitted = await deps.admit(context.scope, whoOf(form), neededFor(handler))
    if ('refusal' in admitted) return { words: admitted.refusal }
    form.locale = admitted.staff.locale
    if (!handler) return { words: TEXTS[form.locale].unknownForm }
    const opened: ModalView[] = []
    const openModal = (view: ModalView) => void opened.push(view)
    const fields = await withNames(form, await handler.run({ ...submissionOf(form, admitted.staff), openModal }))
    const next = opened.at(-1)
    return { fields, ...(next && { next }) }
  } catch (error) {
    context.scope.log.error('Slack form failed', { what: body.view.callback_id, error })
    return { words: TEXTS[form.locale].tryAgain }
  }
}

/** Slack shows faults of fields as plain text, in which an account would be "<@U…>": those become names. */
async function withNames(form: Form, fields: FieldErrors | undefined): Promise<FieldErrors | undefined> {
  const named = new Map<string, string>()
  for (const userId of accountsIn(Object.values(fields ?? {}).join())) {
    const who = { ...whoOf(form), userId, channelId: undefined }
    const admitted = await form.deps.admit(form.context.scope, who, 'viewer')
    if ('staff' in admitted) named.set(mentionOf(userId), `@${admitted.staff.name}`)
  }
  const plain = (text: string) => [...named].reduce((said, [mention, name]) => said.replaceAll(mention, name), text)
  return fields && Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, plain(text)]))
}

const neededFor = (handler: { readonly role: Role } | undefined): Role => handler?.role ?? 'viewer'

function whoOf({ body, channel }: Form) {
  return { userId: body.user.id, teamId: body.user.team_id ?? body.team?.id ?? '', channelId: channel }
}

function submissionOf(form: Form, staff: StaffMember): Omit<Submission, 'openModal'> {
  const { deps, context, body, channel } = form
  const entries = mapValues(body.view.state.values, (elements) => Object.values(elements)[0])
  return {
    ...context,
    staff,
    cause: causeOf(form, staff),
    channel: channel ?? '',
    whisper: whisperTo(deps.clients, { userId: staff.id, channel }),
    privateMetadata: form.metadata,
    values: mapValues(entries, (entry) => entry && entered(entry)),
    files: mapValues(entries, (entry) =>
      (entry?.files ?? []).map(({ id, name, size }) => ({ id, name, sizeBytes: size }))
    )
  }
}

function mapValues<From, To>(given: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]))
}

/**
 * The same form sent twice is one action; one that comes back with other words after a fault is another, although Slack
 * gives it the same hash. Keyed, because the words may be personal and a cause is stored in the clear.
 */
function causeOf({ context, body: { view } }: Form, staff: StaffMember): string {
  const filled = context.scope.db.cipher.blindIndex('slack.form', JSON.stringify(view.state.values))
  return `slack:${view.id}:${view.hash ?? ''}:${staff.id}:${filled}`
}

/** Words about the whole form stand at its first field, so that nothing typed is lost; without one they are whispered. */
async function asAnswer(form: Form, outcome: Outcome): Promise<SubmitAnswer> {
  const { fields, words, next } = outcome
  if (fields && Object.keys(fields).length > 0) return { response_action: 'errors', errors: { ...fields } }
  if (next) return { response_action: 'update', view: packView(next, form.channel) }
  if (words === undefined) return undefined
  const field = form.body.view.blocks.find(({ type }) => type === 'input')?.block_id
  if (field) return { response_action: 'errors', errors: { [field]: words } }
  form.context.scope.waitUntil(whisperWords(form, words))
  return undefined
}

/** How it went, in the modal that waits for it; faults are whispered when the person has closed that. */
async function showLate(form: Form, { fields, words, next }: Outcome): Promise<void> {
  const { deps, context, body, channel, locale } = form
  const wrong = Object.values(fields ?? {}).map(escapeMrkdwn)
  const faults = words ?? (wrong.length > 0 ? [...wrong, TEXTS[locale].fillInAgain].join('\n') : undefined)
  const view = next && !faults ? packView(next, channel) : noteInstead(form, faults ?? TEXTS[locale].done)
  try {
    await calling(() => deps.clients.interactive.views.update({ view_id: body.view.id, view }))
  } catch (error) {
    context.scope.log.warn('Slack modal is gone', { what: body.view.callback_id, error })
    if (faults) await whisperWords(form, faults)
  }
}

/** A modal that only says something, where the form was. */
function noteInstead({ body, locale }: Form, words: string): ModalView {
  const { callback_id: callbackId } = body.view
  return modal({ callbackId, title: 'Matane', close: TEXTS[locale].close, blocks: [section(words)] })
}

async function whisperWords({ deps, context, body, channel }: Form, words: string): Promise<void> {
  await whisperTo(deps.clients, { userId: body.user.id, channel })(words).catch((error: unknown) => {
    context.scope.log.warn('Slack whisper failed', { what: body.view.callback_id, error })
  })
}
