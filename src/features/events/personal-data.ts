import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { rebuildStats } from './rebuild-stats.ts'
import { dropEvents, withEventsBefore } from './store/dropped.ts'

/** A customer's facts and what they add up to. An event's key stays when it goes: told again, it comes back to nobody. */
export const personalData: PersonalData = {
  ...ownRows([
    { name: 'event', hidden: ['source_id'], json: ['properties'] },
    { name: 'customer_day' },
    { name: 'customer_stats' },
    { name: 'stage_change' }
  ]),
  purge: {
    // Figures are what events add up to: they are made anew from those that are left.
    async events(work, before) {
      const customerIds = await withEventsBefore(work.tx, before)
      await dropEvents(work.tx, customerIds, before)
      await rebuildStats(work, customerIds)
      return customerIds.length
    }
  }
}
