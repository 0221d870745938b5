import type { FieldErrors, SlackHandlers, Submission } from '../../../platform/slack/index.ts'
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

/** Only what was shown can be taken off: a tag that a colleague added meanwhile stays. */
async function tag(turn: Submission): Promise<FieldErrors | undefined> {
  const texts = STAFF_TEXTS[turn.staff.locale]
  const carried = carriedIn(turn.privateMetadata)
  if (!carried) return { [FIELD.newTags]: texts.refused({ kind: 'gone' }) }
  const chosen = listOf(turn, FIELD.tags)
  const typed = textOf(turn, FIELD.newTags)
    .split(/[,、,\n]/)
    .filter((text) => text.trim() !== '')
  const request = {
    ...{ id: carried.id, actor: turn.staff.id },
    add: [...chosen.filter((one) => !carried.shown.includes(one)), ...typed],
    remove: carried.shown.filter((one) => !chosen.includes(one))
  }
  if (request.add.length + request.remove.length === 0) return undefined
  const done = await turn.perform(turn.cause, (work) => changeTags(work, request))
  if (!done.ok) return { [FIELD.newTags]: texts.refused(done) }
  return done.value.refused.length > 0
    ? { [FIELD.newTags]: texts.tagsRefused(done.value.refused.join(' ')) }
    : undefined
}

function textOf({ values }: Submission, field: string): string {
  const value = values[field]
  return typeof value === 'string' ? value : ''
}

function listOf({ values }: Submission, field: string): readonly string[] {
  const value = values[field]
  return typeof value === 'string' ? [value] : (value ?? [])
}
