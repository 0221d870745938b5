import { resolveCustomers, type ToldIdentity, tagCustomer } from '../../src/features/customers/index.ts'
import { recordFact, recordFacts } from '../../src/features/events/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Fact, Work } from '../../src/platform/work.ts'
import type { Actors } from './actors.ts'
import type { World } from './matane.ts'

let causes = 0

/** Does something in a unit of work of its own. */
export function inWork<T>(world: World, body: (work: Work) => Promise<T>): Promise<T> {
  causes += 1
  return world.matane.context.perform(`test:life:${causes}`, body)
}

/** The customer of somebody on LINE. */
export async function customerOf(db: Database, userId: string): Promise<string> {
  const externalHash = db.cipher.blindIndex('identity.external', userId)
  return (await db.prisma.identity.findFirstOrThrow({ where: { channel: 'line', externalHash } })).customerId
}

/** Somebody the till knows: their identities, orders and a tag. */
export async function tillCustomer(world: World, identities: readonly ToldIdentity[], orders = 3): Promise<string> {
  return inWork(world, async (work) => {
    const [customerId = ''] = await resolveCustomers(work, [{ told: identities, at: work.now }])
    const facts = Array.from({ length: orders }, (_, n): Fact => {
      const at = new Date(work.now.getTime() - (n + 1) * 20 * 86_400_000)
      const sourceId = `${identities[0]?.value}:${n}`
      return { customerId, name: 'order.completed', at, source: 'pos', sourceId, properties: { amount: 1000 + n } }
    })
    await recordFacts(work, facts)
    await tagCustomer(work, { customerId, tag: 'VIP', by: 'slack:U1' })
    return customerId
  })
}

/** Somebody who has a card, was asked how likely they recommend the shop, is looked after by staff, and has a visit. */
export async function liveOnLine(world: World, who: Actors['hanako'], words: string): Promise<void> {
  await who.follow()
  await who.scan('kichijoji')
  await who.tap('3')
  await who.say(words)
  const db = world.matane.context.scope.db
  const customerId = await customerOf(db, who.userId)
  await inWork(world, async (work) => {
    await tagCustomer(work, { customerId, tag: 'VIP', by: 'slack:U1' })
    await recordFact(work, {
      ...{ customerId, name: 'visit', at: new Date(work.now.getTime() - 40 * 86_400_000) },
      ...{ source: 'test', sourceId: who.userId, properties: {} }
    })
  })
}
