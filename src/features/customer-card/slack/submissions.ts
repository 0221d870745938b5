import type { FieldErrors, SlackHandlers, Submission } from '../../../platform/slack/index.ts'
import type { Work } from '../../../platform/work.ts'
import { readTagFields, TAG_FIELD, TAG_TEXTS } from '../../customers/index.ts'
import { openByHand, PRIORITIES } from '../../follow-ups/index.ts'
import { changeTags } from '../change-tags.ts'
import { TEXTS } from '../texts.ts'
import { viewCustomer } from '../view-customer.ts'
import { cardModal } from './card.ts'
import { carriedIn, FIELD } from './forms.ts'
import { ACTION } from './ids.ts'
import { lookOf } from './look.ts'
import { giveStamp } from './stamp.ts'
import { sendVoid } from './void-stamp.ts'

/** What happens when a form of the card is sent: it is done, and the card shows itself anew. */
export const submissions: NonNullable<SlackHandlers['submissions']> = {
  [ACTION.tag]: { role: 'cs', run: tag },
  [ACTION.followUp]: { role: 'cs', run: openFollowUp },
  [ACTION.stamp]: { role: 'cs', run: (turn) => giveStamp(turn, (id, act) => andShow(turn, id, act)) },
  [ACTION.voidStamp]: { role: 'cs', run: (turn) => sendVoid(turn, (id, act) => andShow(turn, id, act)) }
}

async function tag(turn: Submission): Promise<FieldErrors | undefined> {
  const { locale, id: by } = turn.staff
  const carried = carriedIn(turn.privateMetadata)
  if (!carried) return { [TAG_FIELD.newTags]: TEXTS[locale].gone }
  const change = { customerId: carried.id, by, ...readTagFields(turn, carried.shown) }
  const done = await andShow(turn, carried.id, (work) => changeTags(work, change))
  if (!done) return { [TAG_FIELD.newTags]: TEXTS[locale].gone }
  return done.refused.length > 0
    ? { [TAG_FIELD.newTags]: TAG_TEXTS[locale].refused(done.refused.join(' ')) }
    : undefined
}

async function openFollowUp(turn: Submission): Promise<FieldErrors | undefined> {
  const { locale, id: staff } = turn.staff
  const carried = carriedIn(turn.privateMetadata)
  const note = [turn.values[FIELD.note] ?? ''].flat().join().trim()
  const priority = PRIORITIES.find((known) => known === turn.values[FIELD.priority])
  if (!carried) return { [FIELD.note]: TEXTS[locale].gone }
  if (!note || !priority) return { [FIELD.note]: TEXTS[locale].noteMissing }
  const noticed = { customerId: carried.id, staff, priority, note }
  const done = await andShow(turn, carried.id, (work) => openByHand(work, noticed))
  return done ? undefined : { [FIELD.note]: TEXTS[locale].gone }
}

/** Does something about a customer and shows their card as it is then; undefined, and nothing is done, when they are gone. */
async function andShow<Done>(
  turn: Submission,
  id: string,
  act: (work: Work) => Promise<Done>
): Promise<Done | undefined> {
  return turn.perform(turn.cause, async (work) => {
    if (!(await viewCustomer(work, { id }, turn.staff.id))) return undefined
    const done = await act(work)
    const card = await viewCustomer(work, { id }, turn.staff.id)
    if (card) turn.openModal(cardModal(card, lookOf(turn)))
    return done
  })
}
