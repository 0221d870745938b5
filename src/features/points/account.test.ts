import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { daysOn, pointsWorld } from '../../../test/support/points-world.ts'
import { testConfig } from '../../../test/support/staff-desk.ts'
import { newId } from '../../core/ids.ts'
import { customersFeature } from '../customers/index.ts'
import { eventsFeature } from '../events/index.ts'
import { mergeCustomers } from '../merge/merge-customers.ts'
import { undoMerge } from '../merge/undo-merge.ts'
import { jobs } from './jobs.ts'

const db = useDatabase()
const BY = { kind: 'staff', id: 'U1' } as const

async function setUp() {
  const world = await pointsWorld(db(), {}, [customersFeature, eventsFeature])
  const rooms = world.features
  let times = 0
  return {
    ...world,
    async merge(from: string, into: string): Promise<string> {
      times += 1
      const pair = { from, into, reason: 'staff', by: BY } as const
      const done = await world.perform(`merge:${times}`, (work) => mergeCustomers(work, rooms, pair))
      if (!done.ok) throw new Error(done.kind)
      return done.value.id
    },
    undo: (id: string) => world.perform(`undo:${id}`, (work) => undoMerge(work, rooms, { id, by: BY })),
    expire: async () => {
      const context = { scope: world.scope, perform: world.perform, config: testConfig() }
      for (const job of jobs) await job.run(context, world.scope.at)
    }
  }
}

/** Every ledger adds up, and nobody has points while they owe some. */
async function addsUp(sums: Awaited<ReturnType<typeof setUp>>['sums']): Promise<void> {
  for (const { entries, open, owed, least } of await sums()) {
    expect(entries).toBe(open - owed)
    expect(least).toBeGreaterThanOrEqual(0)
    expect(Math.min(open, owed)).toBe(0)
  }
}

test('50 spends at once never go below zero', async () => {
  const { customer, order, use, standing, sums } = await setUp()
  const id = await customer()
  await order(id, 'A1', 12_000)
  await order(id, 'A2', 9_000)
  const done = await Promise.all(Array.from({ length: 50 }, () => use(id, 20)))
  expect(done.filter(Boolean)).toHaveLength(10)
  expect((await standing(id)).points).toBe(10)
  await addsUp(sums)
})

describe('points run out', () => {
  test('at midnight in Japan after their last day, before the clock has written it down, and then on record once', async () => {
    const { customer, order, standing, ledger, scope, expire, sums } = await setUp()
    const id = await customer()
    await order(id, 'A1', 1_000)
    scope.at = daysOn(1)
    await order(id, 'A2', 500)
    const midnight = new Date('2026-12-22T00:00:00+09:00')
    scope.at = new Date(midnight.getTime() - 1)
    expect(await standing(id)).toMatchObject({ points: 15, next: { points: 10, endsAt: midnight } })
    await expire()
    scope.at = midnight
    expect(await standing(id)).toMatchObject({ points: 5, next: { points: 5 } })
    expect(await ledger(id)).toEqual(['order +10', 'order +5'])
    await expire()
    await expire()
    expect(await ledger(id)).toEqual(['order +10', 'order +5', 'expiry -10'])
    await addsUp(sums)
  })

  test('for however many customers, in portions', async () => {
    const { customer, order, scope, expire } = await setUp()
    for (let n = 0; n < 3; n += 1) {
      const id = await customer()
      await order(id, 'A1', 100)
      await order(id, 'A2', 100)
    }
    scope.at = daysOn(40)
    await expire()
    expect(await db().prisma.pointsEntry.count({ where: { kind: 'expiry' } })).toBe(6)
    expect(await db().prisma.pointsLot.count({ where: { remaining: { gt: 0 } } })).toBe(0)
  })

  test('and cannot be spent a moment later', async () => {
    const { customer, order, use, scope } = await setUp()
    const id = await customer()
    await order(id, 'A1', 1_000)
    scope.at = new Date('2026-12-22T00:00:00+09:00')
    expect(await use(id, 1)).toBe(false)
  })
})

describe('two customers become one', () => {
  test('with the lots of both; what one owes is paid by the other, and undone all is as it was', async () => {
    const { customer, order, refund, use, merge, undo, standing, ledger, sums } = await setUp()
    const [from, into] = [await customer(), await customer()]
    await order(from, 'A1', 5_000)
    await use(from, 50)
    await refund(from, 'A1', 5_000)
    await order(into, 'B1', 8_000)
    const before = [await standing(from), await standing(into)]
    const id = await merge(from, into)
    expect(await standing(into)).toMatchObject({ points: 30, owed: 0 })
    await addsUp(sums)
    expect((await undo(id)).ok).toBe(true)
    expect([await standing(from), await standing(into)]).toEqual(before)
    expect(await ledger(from)).toEqual(['order +50', 'exchange -50', 'refund -50'])
    await addsUp(sums)
  })

  test('and both keep what they had for the same day’s visit', async () => {
    const { customer, fact, merge, standing, undo } = await setUp()
    const [from, into] = [await customer(), await customer()]
    await fact(from, 'visit')
    await fact(into, 'visit')
    const id = await merge(from, into)
    expect((await standing(into)).points).toBe(10)
    await fact(into, 'visit')
    expect((await standing(into)).points).toBe(10)
    await undo(id)
    await fact(from, 'visit')
    expect([(await standing(from)).points, (await standing(into)).points]).toEqual([5, 5])
  })

  test('and two again after points of both were spent: a line in each ledger puts it right', async () => {
    const { customer, order, use, merge, undo, standing, ledger, sums } = await setUp()
    const [from, into] = [await customer(), await customer()]
    await order(from, 'A1', 10_000)
    await order(into, 'B1', 5_000)
    const id = await merge(from, into)
    await use(into, 120)
    await undo(id)
    expect([(await standing(from)).points, (await standing(into)).points]).toEqual([0, 30])
    expect(await ledger(from)).toEqual(['order +100', 'merge -100'])
    expect(await ledger(into)).toEqual(['order +50', 'exchange -120', 'merge +100'])
    await addsUp(sums)
  })
})

interface Step {
  readonly what: 'earn' | 'spend' | 'refund' | 'travel' | 'expire' | 'merge' | 'undo'
  readonly first: boolean
  readonly amount: number
  readonly days: number
}

/** Two people, who may be one for a while, and what can happen to them. */
async function twoPeople(world: Awaited<ReturnType<typeof setUp>>) {
  const [from, into] = [await world.customer(), await world.customer()]
  const orders: { readonly id: string; readonly of: string }[] = []
  let merged: string | undefined
  const whose = (id: string) => (merged === undefined ? id : into)
  const doings: Record<Step['what'], (step: Step) => Promise<unknown>> = {
    earn({ first, amount }) {
      const order = { id: newId(), of: whose(first ? from : into) }
      orders.push(order)
      return world.order(order.of, order.id, amount)
    },
    spend: ({ first, amount }) => world.use(whose(first ? from : into), Math.ceil(amount / 200)),
    async refund({ amount, days }) {
      const order = orders.at(-1 - (days % 3))
      if (order) await world.refund(whose(order.of), order.id, amount)
    },
    async travel({ days }) {
      world.scope.at = new Date(world.scope.at.getTime() + days * 86_400_000)
    },
    expire: () => world.expire(),
    async merge() {
      merged ??= await world.merge(from, into)
    },
    async undo() {
      if (merged !== undefined) expect((await world.undo(merged)).ok).toBe(true)
      merged = undefined
    }
  }
  return doings
}

test('any interleaving of earning, spending, refunds, running out, merging and its undoing adds up', async () => {
  const what = fc.constantFrom<Step['what']>('earn', 'earn', 'spend', 'refund', 'travel', 'expire', 'merge', 'undo')
  const amount = fc.integer({ min: 100, max: 9_000 })
  const step = fc.record({ what, first: fc.boolean(), amount, days: fc.integer({ min: 1, max: 20 }) })
  const world = await setUp()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (plan) => {
      const doings = await twoPeople(world)
      for (const next of plan) {
        await doings[next.what](next)
        await addsUp(world.sums)
      }
    }),
    { numRuns: 12 }
  )
})
