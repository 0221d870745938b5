import type { Feature } from '../../platform/feature.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { menuKind } from './definition.ts'
import { personalData } from './personal-data.ts'
import { forgetLinks, hasMenus } from './store.ts'

export { menuSender } from './sender.ts'
export { type MenuSync, syncMenus } from './sync-menus.ts'

/** The menu below the chat: a picture with places to tap. `others` = the features whose words a tap may say. */
export function menuFeature(others: readonly Feature[]): Feature {
  const knows = (text: string) => others.some(({ line }) => line?.knows?.(text))
  const onFact = (work: Work, { customerId }: Fact) => refresh(work, customerId)
  return {
    name: 'menu',
    definitions: [menuKind(knows)],
    personalData,
    line: {
      // Whoever comes back after a block may have lost their own.
      async follow({ work, customer }) {
        await forgetLinks(work.tx, customer.id)
        await refresh(work, customer.id)
      }
    },
    on: { 'tier.changed': onFact, 'preference.changed': onFact },
    merge: {
      async derive(work, customerIds) {
        for (const customerId of customerIds) await refresh(work, customerId)
      }
    }
  }
}

/** Nothing to do for whoever has brought no menus to LINE. */
async function refresh(work: Work, customerId: string): Promise<void> {
  if (await hasMenus(work.tx)) work.refreshMenu(customerId)
}
