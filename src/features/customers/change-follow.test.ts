import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Perform } from '../../platform/work.ts'
import { changeFollow, noteWriting } from './change-follow.ts'
import { createLineCustomer, lineIdentity } from './store/customers.ts'

const db = useDatabase()
let perform: Perform
let anna: string
let causes = 0

beforeEach(async () => {
  perform = createPerform({ scope: testScope(db()), features: [], onCommit: () => undefined })
  anna = await perform('test:make', (work) => createLineCustomer(work, 'U-anna', undefined))
})

const run = <T>(work: Parameters<typeof perform<T>>[1]) => perform(`test:${++causes}`, work)
const tell = (name: 'line.followed' | 'line.unfollowed', toldAtMs: number, eventId = `E${toldAtMs}`) =>
  run((work) => changeFollow(work, { customerId: anna, lineUserId: 'U-anna', name, eventId, toldAtMs }))
const wrote = (atMs: number) => run((work) => noteWriting(work, { customerId: anna, lineUserId: 'U-anna' }, atMs))
const blocked = async () => (await lineIdentity(db().prisma, db().cipher, anna))?.blockedAt !== undefined

describe('whether messages reach a customer', () => {
  test.each([
    ['follow, block', [1, -2], true],
    ['follow, block, follow', [1, -2, 3], false],
    ['a block told late', [1, 3, -2], false],
    ['a follow told late', [1, -3, 2], true],
    ['a block before any follow was told', [-5], true]
  ])('%s', async (_, told, expected) => {
    for (const time of told) await tell(time > 0 ? 'line.followed' : 'line.unfollowed', Math.abs(time))
    expect(await blocked()).toBe(expected)
  })

  test('depends on what happened, not on the order in which it is told', async () => {
    const told = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(told, async (times) => {
        await db().prisma.event.deleteMany()
        const round = ++causes
        for (const time of times) await tell(time % 2 ? 'line.followed' : 'line.unfollowed', time, `E${round}/${time}`)
        expect(await blocked()).toBe(Math.max(...times) % 2 === 0)
      }),
      { numRuns: 15 }
    )
  })

  test('told again, a change is no new one, and a block keeps its beginning', async () => {
    await tell('line.unfollowed', 2)
    const { blockedAt } = await db().prisma.identity.findFirstOrThrow()
    await tell('line.unfollowed', 2)
    await tell('line.unfollowed', 4)
    expect((await db().prisma.identity.findFirstOrThrow()).blockedAt).toEqual(blockedAt)
    expect(await db().prisma.event.count()).toBe(2)
  })
})

describe('who writes after a block', () => {
  beforeEach(async () => {
    await tell('line.followed', 10)
    await tell('line.unfollowed', 20)
  })

  test('is reached again; no follow is made up', async () => {
    await wrote(21)
    expect(await blocked()).toBe(false)
    expect(await db().prisma.event.count({ where: { name: 'line.followed' } })).toBe(1)
  })

  test('but not by what they wrote before it, or at its very moment', async () => {
    await wrote(19)
    await wrote(20)
    expect(await blocked()).toBe(true)
  })

  test('and blocks once more, is left alone', async () => {
    await wrote(21)
    await tell('line.unfollowed', 30)
    await wrote(25)
    expect(await blocked()).toBe(true)
  })
})

test('of two accounts of one customer each is blocked by itself, and messages go to the one that is not', async () => {
  const other = await run((work) => createLineCustomer(work, 'U-new', undefined))
  await db().prisma.identity.updateMany({ where: { customerId: other }, data: { customerId: anna } })
  const change = (lineUserId: string, name: 'line.followed' | 'line.unfollowed', toldAtMs: number) =>
    run((work) =>
      changeFollow(work, { customerId: anna, lineUserId, name, eventId: `${lineUserId}${toldAtMs}`, toldAtMs })
    )
  const reached = async () => {
    const identity = await lineIdentity(db().prisma, db().cipher, anna)
    return identity && [identity.userId, identity.blockedAt !== undefined]
  }
  await change('U-anna', 'line.followed', 1)
  await change('U-new', 'line.followed', 2)
  await change('U-new', 'line.unfollowed', 3)
  expect(await reached()).toEqual(['U-anna', false])
  await change('U-anna', 'line.unfollowed', 4)
  await change('U-new', 'line.followed', 5)
  expect(await reached()).toEqual(['U-new', false])
})
