import type { AnyBlock, ModalView } from '@slack/types'
import { attributionFeature } from '../../src/features/attribution/index.ts'
import { auditFeature } from '../../src/features/audit/index.ts'
import { customerCardFeature } from '../../src/features/customer-card/index.ts'
import { CARD_ACTION, resolveCustomers, toldIdentity } from '../../src/features/customers/index.ts'
import { recordFact } from '../../src/features/events/index.ts'
import { flowsFeature } from '../../src/features/flows/index.ts'
import { surveysFeature } from '../../src/features/surveys/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { StaffMember } from '../../src/platform/slack/index.ts'
import type { Fact } from '../../src/platform/work.ts'
import { followUpWorld } from './follow-up-world.ts'
import { loyaltyFeatures } from './loyalty.ts'
import type { Seen } from './staff-desk.ts'

/** Customers with a life, and staff who look at their cards. */
export function customerCardWorld(db: Database) {
  const world = followUpWorld(db, [
    ...loyaltyFeatures(() => new Date()),
    surveysFeature,
    flowsFeature,
    customerCardFeature,
    attributionFeature,
    auditFeature
  ])
  const { desk } = world
  let causes = 0
  const nextCause = () => `test:${++causes}`
  return {
    ...world,
    /** Records a fact about a customer; it happened now unless said otherwise. */
    fact(customerId: string, name: string, more: Partial<Fact> = {}): Promise<boolean> {
      const cause = nextCause()
      const told = { customerId, name, at: world.scope.at, source: 'test', sourceId: cause, properties: {}, ...more }
      return desk.perform(cause, (work) => recordFact(work, told))
    },
    /** Somebody known by identities, such as { email: 'hanako@example.jp' }. */
    owner(identities: Readonly<Record<string, string>>): Promise<string> {
      const told = Object.entries(identities).flatMap(([kind, value]) => {
        const identity = toldIdentity(kind, value)
        return identity.ok ? [identity.value] : []
      })
      return desk.perform(
        nextCause(),
        async (work) => (await resolveCustomers(work, [{ told, at: work.now }]))[0] ?? ''
      )
    },
    find: (staff: StaffMember, text: string) => desk.command(staff, '/matane customer', text),
    open: (staff: StaffMember, id: string) => desk.click(staff, CARD_ACTION, { value: id }),
    openFollowUp: world.open,
    /** What was put on record of customers, oldest first. */
    async audit() {
      const rows = await db.prisma.audit.findMany({ orderBy: { seq: 'asc' } })
      return rows.map(({ action, actorId, customerId }) => ({ action, actorId, customerId }))
    }
  }
}

export type CustomerCardWorld = ReturnType<typeof customerCardWorld>

/** Everything a modal says, as one text. */
export function textIn(seen: Pick<Seen, 'modals'>): string {
  return JSON.stringify(seen.modals.at(-1)?.blocks ?? [])
}

/** The modal that was shown. */
export function modalIn(seen: Pick<Seen, 'modals'>): ModalView {
  const shown = seen.modals.at(-1)
  if (!shown) throw new Error('No modal was shown')
  return shown
}

/** The value of the button with this action id in a modal; undefined when it has none. */
export function buttonIn(seen: Pick<Seen, 'modals'>, actionId: string): string | undefined {
  const elements = (seen.modals.at(-1)?.blocks ?? []).flatMap(elementsOf)
  return elements.flatMap((each) => (each.action_id === actionId && 'value' in each ? [String(each.value)] : [])).at(0)
}

function elementsOf(block: AnyBlock): { readonly action_id?: string }[] {
  if ('elements' in block && block.type === 'actions') return block.elements
  return 'accessory' in block && block.accessory && 'action_id' in block.accessory ? [block.accessory] : []
}
