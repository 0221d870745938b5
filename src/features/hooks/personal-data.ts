import type { PersonalData, Reading } from '../../platform/personal-data.ts'
import { isAbout } from './rules/is-about.ts'
import { forgetDeliveries, type KeptDelivery, keptDeliveries, namesOf } from './store.ts'
import { readWritten } from './stored-delivery.ts'

/**
 * Webhooks that were handled are events by now. Those that wait or were laid aside still hold their words: they are shown
 * to, and forgotten with, whoever they name.
 */
export const personalData: PersonalData = {
  tables: [],
  async export(reading, customerId) {
    const kept = await deliveriesAbout(reading, customerId)
    return {
      hook: kept.map(({ receivedAt, written }) => {
        const { source, topic, text } = readWritten(written)
        return { source, topic, received_at: receivedAt, text }
      })
    }
  },
  async erase(work, customerId) {
    const kept = await deliveriesAbout(work, customerId)
    await forgetDeliveries(
      work.tx,
      kept.map(({ id }) => id)
    )
  }
}

async function deliveriesAbout(reading: Reading, customerId: string): Promise<KeptDelivery[]> {
  const names = await namesOf(reading, customerId)
  if (names.length === 0) return []
  return (await keptDeliveries(reading)).filter(({ written }) => isAbout(readWritten(written).text, names))
}
