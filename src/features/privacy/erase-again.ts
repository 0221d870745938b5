import type { Context } from '../../platform/feature.ts'
import { eraseCustomer } from './erase-customer.ts'
import { countKeys, customersWithoutKey, isRestored, noteErasedAgain } from './store.ts'

const AT_ONCE = 50

/**
 * After a backup was restored: people who were erased since are in it again, but not their keys. They are erased once more,
 * and so is what Slack shows of them. Nobody is, when most people have no key: then it is the keys that are missing.
 */
export async function eraseAgain({ scope, perform }: Context, isOver: () => boolean): Promise<number> {
  const { db, log } = scope
  if (!(await isRestored(db))) return 0
  const { with: readable, without } = await countKeys(db)
  if (without > readable) {
    log.error(
      'A backup was restored, but most customers have no key: nobody is erased. Restore the newest keys, then: npm run db -- restored',
      { readable, without }
    )
    await noteErasedAgain(db)
    return 0
  }
  let erased = 0
  while (!isOver()) {
    const ids = await customersWithoutKey(db, AT_ONCE)
    for (const id of ids) {
      await perform(`privacy:erase-again:${id}`, (work) => eraseCustomer(work, id, { kind: 'system', id: 'matane' }))
    }
    erased += ids.length
    if (ids.length > 0) continue
    await noteErasedAgain(db)
    break
  }
  return erased
}
