import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { daysOn, NOON, pointsWorld } from '../../../test/support/points-world.ts'
import { takeBackPoints } from './take-back-points.ts'

const db = useDatabase()

describe('a refund takes back', () => {
  test('what its order gave, in parts as it is refunded, once each', async () => {
    const { customer, order, refund, ledger, standing } = await pointsWorld(db())
    const id = await customer()
    await order(id, 'A1', 1_000)
    await order(id, 'A2', 700)
    await refund(id, 'A1', 550, { sourceId: 'r1' })
    await refund(id, 'A1', 550, { sourceId: 'r1' })
    expect(await ledger(id)).toEqual(['order +10', 'order +7', 'refund -5'])
    await refund(id, 'A1', 450, { sourceId: 'r2' })
    await refund(id, 'A1', 450, { sourceId: 'r3' })
    expect((await standing(id)).points).toBe(7)
  })

  test('what was spent before as owed, which later points pay first', async () => {
    const { customer, order, refund, use, standing, sums } = await pointsWorld(db())
    const id = await customer()
    await order(id, 'A1', 10_000)
    await use(id, 80)
    await refund(id, 'A1', 10_000)
    expect(await standing(id)).toEqual({ points: 0, owed: 80, next: undefined })
    expect(await sums()).toEqual([{ entries: -80, open: 0, owed: 80, least: 0 }])
    await order(id, 'A2', 5_000)
    expect(await standing(id)).toMatchObject({ points: 0, owed: 30 })
    await order(id, 'A3', 5_000)
    expect(await standing(id)).toMatchObject({ points: 20, owed: 0 })
    expect(await sums()).toEqual([{ entries: 20, open: 20, owed: 0, least: 0 }])
  })

  test('also when it is told before its order', async () => {
    const { customer, order, refund, ledger } = await pointsWorld(db())
    const id = await customer()
    await refund(id, 'A1', 400)
    expect(await ledger(id)).toEqual(['refund +0'])
    await order(id, 'A1', 1_000)
    expect(await ledger(id)).toEqual(['refund +0', 'order +10', 'refund -4'])
    await refund(id, 'A1', 600)
    expect((await ledger(id)).at(-1)).toBe('refund -6')
  })

  test('once, though the room hears of it twice', async () => {
    const { customer, order, perform, ledger } = await pointsWorld(db())
    const customerId = await customer()
    await order(customerId, 'A1', 1_000)
    const told = { customerId, name: 'order.refunded', at: NOON, source: 'pos', sourceId: 'r1' }
    const fact = { ...told, properties: { order_id: 'A1', amount: 300 } }
    for (const cause of ['first', 'second']) await perform(cause, (work) => takeBackPoints(work, fact))
    expect(await ledger(customerId)).toEqual(['order +10', 'refund -3'])
  })

  test('nothing that ran out unspent before', async () => {
    const { customer, order, refund, scope, standing, ledger, publish } = await pointsWorld(db())
    const id = await customer()
    await publish({
      name: { ja: '短', en: 'Short' },
      earn: [{ on: 'order.completed', per_yen: 100, points: 1 }],
      expires: '1d'
    })
    await order(id, 'A1', 1_000)
    scope.at = daysOn(3)
    await refund(id, 'A1', 1_000)
    expect(await standing(id)).toEqual({ points: 0, owed: 0, next: undefined })
    expect(await ledger(id)).toEqual(['order +10', 'expiry -10', 'refund +0'])
  })

  test('nothing of an order that gave none, of another customer’s, or told too late', async () => {
    const { customer, order, refund, scope, standing } = await pointsWorld(db())
    const [id, other] = [await customer(), await customer()]
    await order(id, 'A1', 1_000)
    await refund(other, 'A1', 1_000)
    await refund(id, 'A2', 1_000)
    scope.at = daysOn(8)
    await refund(id, 'A1', 1_000, { at: daysOn(0) })
    expect((await standing(id)).points).toBe(10)
  })
})
