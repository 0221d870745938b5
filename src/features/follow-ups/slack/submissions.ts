import type { FieldErrors, SlackHandlers, Submission } from '../../../platform/slack/index.ts'
import { readTagFields, TAG_FIELD, TAG_TEXTS } from '../../customers/index.ts'
import { changeFollowUp } from '../change-follow-up.ts'
import { changeTags } from '../change-tags.ts'
import { OUTCOMES } from '../rules/state.ts'
import { ACTION } from './ids.ts'
import { carriedIn, FIELD } from './modals.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** What happens when a modal is sent; what goes wrong stands beside its field and nothing typed is lost. */
export const submissions: NonNullable<SlackHandlers['submissions']> = {
  [ACTION.resolve]: { role: 'cs', run: resolve },
  [ACTION.tag]: { role: 'cs', run: tag }
}

async function resolve(turn: Submission): Promise<FieldErrors | undefined> {
  const texts = STAFF_TEXTS[turn.staff.locale]
  const carried = carriedIn(turn.privateMetadata)
  const outcome = OUTCOMES.find((known) => known === turn.values[FIELD.outcome])
  if (!outcome) return { [FIELD.outcome]: texts.noOutcome }
  if (!carried) return { [FIELD.outcome]: texts.refused({ kind: 'gone' }) }
  const change = { kind: 'resolve', by: turn.staff.id, outcome } as const
  const note = textOf(turn, FIELD.note).trim() || undefined
  const done = await turn.perform(turn.cause, (work) =>
    changeFollowUp(work, { id: carried.id, actor: turn.staff.id, change, note })
  )
  return done.ok ? undefined : { [FIELD.outcome]: texts.refused(done) }
}

async function tag(turn: Submission): Promise<FieldErrors | undefined> {
  const texts = STAFF_TEXTS[turn.staff.locale]
  const carried = carriedIn(turn.privateMetadata)
  if (!carried) return { [TAG_FIELD.newTags]: texts.refused({ kind: 'gone' }) }
  const request = { id: carried.id, actor: turn.staff.id, ...readTagFields(turn, carried.shown) }
  if (request.add.length + request.remove.length === 0) return undefined
  const done = await turn.perform(turn.cause, (work) => changeTags(work, request))
  if (!done.ok) return { [TAG_FIELD.newTags]: texts.refused(done) }
  const { refused } = done.value
  return refused.length > 0
    ? { [TAG_FIELD.newTags]: TAG_TEXTS[turn.staff.locale].refused(refused.join(' ')) }
    : undefined
}

function textOf({ values }: Submission, field: string): string {
  const value = values[field]
  return typeof value === 'string' ? value : ''
}
