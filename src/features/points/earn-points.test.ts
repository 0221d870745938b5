import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { daysOn, NOON, PUBLISHED, pointsWorld } from '../../../test/support/points-world.ts'
import { newId } from '../../core/ids.ts'
import { earnPoints } from './earn-points.ts'

const db = useDatabase()

describe('points are earned', () => {
  test('by orders, visits and answers, each with its lot and its end', async () => {
    const earn = [
      { on: 'order.completed', per_yen: 100, points: 1 },
      { on: 'visit', points: 5 },
      { on: 'survey.answered', points: 10 }
    ]
    const { customer, order, fact, ledger, standing } = await pointsWorld(db(), { earn })
    const id = await customer()
    await order(id, 'A1', 1_250)
    await fact(id, 'visit')
    const answered = { source: 'flow', properties: { survey: 'nps', question: 'q1' } }
    await fact(id, 'survey.answered', { ...answered, sourceId: 'run1:q1:0' })
    await fact(id, 'survey.answered', { ...answered, sourceId: 'run1:q2:1' })
    expect(await ledger(id)).toEqual(['order +12', 'visit +5', 'survey +10'])
    const endsAt = new Date('2026-12-22T00:00:00+09:00')
    expect(await standing(id)).toEqual({ points: 27, owed: 0, next: { points: 27, endsAt } })
  })

  test('once, however often and by whomever the same is told', async () => {
    const { customer, order, fact, ledger } = await pointsWorld(db())
    const id = await customer()
    await order(id, 'A1', 500, { sourceId: 'e1' })
    await order(id, 'A1', 500, { sourceId: 'e1' })
    await order(id, 'A1', 900, { sourceId: 'corrected' })
    await fact(id, 'visit')
    await fact(id, 'visit', { source: 'line' })
    expect(await ledger(id)).toEqual(['order +5', 'visit +5'])
  })

  test('by ten orders and two tellings of each at once, once for each', async () => {
    const { customer, order, sums } = await pointsWorld(db())
    const id = await customer()
    const tries = Array.from({ length: 20 }, (_, n) => order(id, `A${n % 10}`, 1_000))
    await Promise.all(tries)
    expect(await sums()).toEqual([{ entries: 100, open: 100, owed: 0, least: 10 }])
  })

  test('by nothing from before the programme, told too late, or worth less than a point', async () => {
    const { customer, order, publish, scope, ledger } = await pointsWorld(db())
    const id = await customer()
    await order(id, 'old', 500, { at: new Date(PUBLISHED.getTime() - 1) })
    await order(id, 'late', 500, { at: new Date(NOON.getTime() - 7 * 86_400_000 - 1) })
    await order(id, 'small', 99)
    expect(await ledger(id)).toEqual([])
    // A later version does not begin it anew.
    await publish({ name: { ja: '新', en: 'New' }, earn: [{ on: 'visit', points: 5 }] }, NOON)
    scope.at = daysOn(1)
    await order(id, 'none', 500)
    expect(await ledger(id)).toEqual([])
  })

  test('within days of what gave them, also when it is told days later', async () => {
    const { customer, order, standing } = await pointsWorld(db())
    const id = await customer()
    await order(id, 'A1', 500, { at: daysOn(-6) })
    expect((await standing(id)).next?.endsAt).toEqual(new Date('2026-12-16T00:00:00+09:00'))
  })

  test('not at all while no points are published, and by nobody who is gone', async () => {
    const { customer, order, perform, standing } = await pointsWorld(db())
    const here = await customer()
    const visit = { name: 'visit', at: NOON, source: 'pos', sourceId: 'v', properties: {} }
    await perform('gone', (work) => earnPoints(work, { ...visit, customerId: newId() }))
    await db().prisma.definition.deleteMany()
    await order(here, 'A1', 500)
    expect(await standing(here)).toEqual({ points: 0, owed: 0, next: undefined })
    expect(await db().prisma.pointsEntry.count()).toBe(0)
  })
})
