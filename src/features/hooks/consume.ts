import { EventRefused, type InboxConsumer } from '../../platform/queue/index.ts'
import type { PrivacyPort } from '../rights/index.ts'
import { passOn } from './pass-on.ts'
import { recordDelivery } from './record-delivery.ts'
import { Refusal } from './rules/refusal.ts'
import { findSource } from './source.ts'
import { forgetWords } from './store.ts'
import { INBOX_SOURCE, readDelivery } from './stored-delivery.ts'

/** Handles what webhooks told, one delivery each. One that cannot be taken is laid aside at once, with the reason. */
export const hookConsumer = (port: PrivacyPort): InboxConsumer => ({
  source: INBOX_SOURCE,
  async handle(work, row) {
    const delivery = readDelivery(row.body)
    const source = await findSource(work.tx, { name: delivery.source, timeZone: work.timeZone })
    if (!source) throw new EventRefused(`There is no flows/hooks/${delivery.source}.yaml in force (any more)`)
    try {
      const { events, demands = [] } = source.read(delivery)
      for (const demand of demands) await passOn(work, { delivery, demand }, port)
      await recordDelivery(work, delivery, events)
    } catch (error) {
      if (error instanceof Refusal) throw new EventRefused(`${delivery.source} ${delivery.topic}: ${error.message}`)
      throw error
    }
    // What it said is recorded by now; the row stays, to tell a repeated delivery.
    await forgetWords(work.tx, row.eventId)
  }
})
