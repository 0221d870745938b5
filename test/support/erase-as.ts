import { customersFeature } from '../../src/features/customers/index.ts'
import { eventsFeature } from '../../src/features/events/index.ts'
import { createPerform } from '../../src/platform/perform.ts'
import type { Scope } from '../../src/platform/scope.ts'

/** Erases a customer of whom only these two rooms know, as the privacy room does. */
export async function eraseAs(scope: Scope, customerId: string): Promise<void> {
  const perform = createPerform({ scope, features: [customersFeature, eventsFeature], onCommit: () => undefined })
  await perform(`erase:${customerId}`, async (work) => {
    for (const room of work.personalData) await room.erase(work, customerId)
  })
}
