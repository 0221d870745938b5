import { enterDue } from '../../src/features/triggers/enter-due.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { createPerform } from '../../src/platform/perform.ts'
import { flowWorld, textsOf } from './flow-world.ts'

type Looking = Partial<Pick<Parameters<typeof enterDue>[0], 'isOver' | 'atOnce' | 'perform'>>

/** A flow that says おかえり. */
export const greeting = (trigger: string) =>
  `{ id: back, kind: scenario, consent: service, trigger: { ${trigger} },
     steps: [{ id: hello, do: say, text: { ja: おかえり, en: Hello } }] }`

/** The world of flows, at eleven in the morning of a Saturday in Japan, and the clock that leads customers in. */
export function triggerWorld(db: Database) {
  const world = flowWorld(db)
  world.scope.at = new Date('2026-11-21T11:00:00+09:00')
  const perform = createPerform({ scope: world.scope, features: [], onCommit: () => undefined })
  const look = (more: Looking = {}) => enterDue({ scope: world.scope, perform, isOver: () => false, ...more })
  return {
    ...world,
    perform,
    look,
    /** Lets time pass and the clock look; what customers were told. */
    async live(duration: string): Promise<string[]> {
      const quietly = await world.pass(duration)
      await look()
      return textsOf([...quietly, ...(await world.pass('1m'))])
    },
    to(at: string): void {
      world.scope.at = new Date(at)
    },
    visited: (customerId: string, daysAgo = 0) =>
      world.fact(customerId, 'visit', { at: new Date(world.scope.at.getTime() - daysAgo * 86_400_000) })
  }
}
export type TriggerWorld = ReturnType<typeof triggerWorld>
