import { DeliveryError } from '../queue/types.ts'
import { slackCode } from './errors.ts'
import type { Card, RecordRef } from './intent.ts'
import type { Job } from './job.ts'
import { bindShown, findShown, noteVersion, type ShownMessage } from './messages.ts'
import { type Message, postOnce, update } from './posting.ts'
import { withVersion } from './turns.ts'

/** Where a card stands, and so the thread under it. */
interface CardPlace {
  readonly channel: string
  readonly ts: string
}

/** How showing a card ended. */
interface ShownCard {
  /** "posted", "updated", "current" (nothing newer to show) or "gone" (no such record any more). */
  readonly outcome: string
  readonly at?: CardPlace
}

/** The message is no longer ours to update: deleted, or too old. */
const LOST: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])

/** Shows the record as it is now: updates its message, posts it when there is none, posts again one that was deleted. */
export async function showCard(job: Job, record: RecordRef): Promise<ShownCard> {
  const card = await draw(job, record)
  if (!card) return { outcome: 'gone' }
  const shown = await findCard(job, record)
  if (!shown) return postCard(job, record, card)
  if (shown.version >= card.version) return { outcome: 'current', at: shown }
  return updateCard(job, record, { card, shown })
}

/** How the record looks now; undefined when it is gone. */
export async function draw(job: Job, record: RecordRef): Promise<Card | undefined> {
  const render = job.deps.cards[record.type]
  if (!render) throw new DeliveryError(`No feature draws cards of "${record.type}"`, { retry: 'never', answered: true })
  return render(job.deps.contextOf(job.scope), record.id)
}

/** Where the record's card is. One in a channel to which alerts go no longer does not count: outsiders may read that. */
export async function findCard(job: Job, record: RecordRef): Promise<ShownMessage | undefined> {
  const shown = await findShown(job.scope.db, record)
  return shown?.channel === job.deps.alertChannel ? shown : undefined
}

async function postCard(job: Job, record: RecordRef, card: Card, lost = new Set<string>()): Promise<ShownCard> {
  const channel = job.deps.alertChannel
  const { ts, wasThere } = await postOnce(job, { channel, record, lost }, look(card))
  const shown = { channel, ts, version: wasThere ? 0 : card.version }
  await bindShown(job.scope.db, record, shown)
  return wasThere ? updateCard(job, record, { card, shown, lost }) : { outcome: 'posted', at: shown }
}

interface Change {
  readonly card: Card
  readonly shown: ShownMessage
  /** Messages of this record found to be gone on the way, by ts. */
  readonly lost?: ReadonlySet<string>
}

async function updateCard(job: Job, record: RecordRef, { card, shown, lost }: Change): Promise<ShownCard> {
  if (!(await updateUnlessLost(job, shown, look(card)))) {
    job.log.warn('Slack message is gone; posting the card again', { recordType: record.type, recordId: record.id })
    return postCard(job, record, card, new Set([...(lost ?? []), shown.ts]))
  }
  await noteVersion(job.scope.db, record, { ...shown, version: card.version })
  return { outcome: 'updated', at: shown }
}

/** False when the message is not ours to update any more. */
export async function updateUnlessLost(job: Job, { channel, ts }: CardPlace, message: Message): Promise<boolean> {
  try {
    await update(job, { channel, ts }, message)
    return true
  } catch (error) {
    if (!LOST.has(slackCode(error) ?? '')) throw error
    return false
  }
}

/** What a card says, with block ids of its version. */
export const look = (card: Card) => ({ text: card.text, blocks: withVersion(card.blocks, card.version) })
