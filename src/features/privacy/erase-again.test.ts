import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Actors, actorsOf } from '../../../test/support/actors.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { useMatane } from '../../../test/support/matane.ts'
import { customerOf, liveOnLine } from '../../../test/support/two-lives.ts'
import { RESTORED_AT } from '../../platform/db/index.ts'
import { eraseAgain } from './erase-again.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

/** As a restored backup is: everything is there but the keys of those who were erased since. */
async function restoredWithout(...customerIds: string[]): Promise<void> {
  for (const { id } of await db().prisma.customerKey.findMany()) db().cipher.keys.drop(id)
  await db().prisma.customerKey.deleteMany({ where: { customerId: { in: customerIds } } })
  await db().prisma.setting.create({
    data: { key: RESTORED_AT, value: world().matane.context.scope.now().toISOString() }
  })
}

const again = () => eraseAgain(world().matane.context, () => false)
const isNoted = async () => (await db().prisma.setting.count({ where: { key: RESTORED_AT } })) > 0

describe('after a backup was restored', () => {
  test('who was erased since is erased again, on Slack as well; everybody else stays', async () => {
    const { hanako, emma } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    await emma.follow()
    const [hers, emmas] = [await customerOf(db(), hanako.userId), await customerOf(db(), emma.userId)]
    await restoredWithout(hers)
    expect(await again()).toBe(1)
    await world().settle()
    expect(await db().prisma.customer.findMany({ select: { id: true } })).toEqual([{ id: emmas }])
    expect(await db().prisma.audit.findMany({ where: { action: 'customer.erase' } })).toMatchObject([
      { customerId: hers, actorKind: 'system' }
    ])
    const { slack } = world().sandbox.fakes
    const posted = JSON.stringify(slack.channels().flatMap(({ id }) => slack.messages(id)))
    expect(posted).toContain('お客様のご依頼により')
    expect(posted).not.toContain('花子')
    expect([await isNoted(), await again()]).toEqual([false, 0])
  })

  test('without the keys nobody is erased: it says what to restore', async () => {
    const { hanako, emma } = actors
    for (const person of [hanako, emma]) await person.follow()
    await restoredWithout(await customerOf(db(), hanako.userId), await customerOf(db(), emma.userId))
    expect(await again()).toBe(0)
    expect(await db().prisma.customer.count()).toBe(2)
    expect(world().log.lines.join('\n')).toContain('npm run db -- restored')
    expect(await isNoted()).toBe(false)
  })

  test('what does not fit into one go is done the next time', async () => {
    const { hanako, emma } = actors
    for (const person of [hanako, emma]) await person.follow()
    await restoredWithout(await customerOf(db(), hanako.userId))
    expect(await eraseAgain(world().matane.context, () => true)).toBe(0)
    expect(await isNoted()).toBe(true)
    expect(await again()).toBe(1)
  })
})

test('without a restored backup, nobody is looked for', async () => {
  await actors.hanako.follow()
  await db().prisma.customerKey.deleteMany()
  expect(await again()).toBe(0)
  expect(await db().prisma.customer.count()).toBe(1)
})
