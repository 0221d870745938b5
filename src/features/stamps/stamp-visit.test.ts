import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { daysLater, NOON, stampCounter } from '../../../test/support/stamp-counter.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Fact } from '../../platform/work.ts'
import { stampVisit } from './stamp-visit.ts'

const db = useDatabase()
const MINUTE_MS = 60_000
let counter: Awaited<ReturnType<typeof stampCounter>>
let anna: string
let tickets = 0

beforeEach(async () => {
  counter = await stampCounter(db(), { from_visits: true })
  anna = await counter.customer()
})

/** A till tells of a visit; `now` is when we hear of it. */
async function tell(more: Partial<Fact> = {}, now = more.at ?? NOON) {
  tickets += 1
  const fact = { customerId: anna, name: 'visit', at: NOON, source: 'pos', sourceId: String(tickets), properties: {} }
  const perform = createPerform({ scope: testScope(db(), now), features: [], onCommit: () => undefined })
  await perform(`fact:${tickets}`, (work) => stampVisit(work, { ...fact, ...more }))
}
const stamps = () => db().prisma.stamp.count()

describe('a visit that a till tells of', () => {
  test('brings a stamp, dated as the visit was, with its shop, and nothing is sent for it', async () => {
    const at = new Date(NOON.getTime() - 10 * MINUTE_MS)
    await tell({ at, shop: 'kamakura' }, NOON)
    expect(await db().prisma.stamp.findMany()).toMatchObject([
      { way: 'pos', shop: 'kamakura', grantedAt: at, code: null }
    ])
    expect(await db().prisma.event.findMany()).toMatchObject([{ name: 'stamp.granted', at, shop: 'kamakura' }])
    expect(await db().prisma.outbox.count()).toBe(0)
  })

  test('brings it once, however often it is told, also at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => tell({ sourceId: 'receipt-1' })))
    await tell({ sourceId: 'receipt-1', at: daysLater(3) })
    expect(await stamps()).toBe(1)
  })

  test('is one stamp with the code of the same visit, whichever comes first', async () => {
    const ken = await counter.customer()
    await counter.stamp(anna)
    await tell({ at: new Date(NOON.getTime() + 5 * MINUTE_MS) })
    await tell({ customerId: ken })
    expect((await counter.stamp(ken, { at: new Date(NOON.getTime() + 5 * MINUTE_MS) })).kind).toBe('too_soon')
    expect(await stamps()).toBe(2)
  })

  test('that is told on the next day still belongs to its own', async () => {
    await counter.stamp(anna, { at: new Date('2026-11-21T23:50:00+09:00') })
    await tell({ at: new Date('2026-11-21T23:55:00+09:00') }, new Date('2026-11-22T00:10:00+09:00'))
    expect(await stamps()).toBe(1)
  })

  test('counts as many times as its own day says', async () => {
    await counter.publish({ from_visits: true, double_days: [{ weekdays: ['sat'], times: 2 }] })
    await tell({}, daysLater(1))
    expect(await stamps()).toBe(2)
  })
})

describe('a visit brings nothing', () => {
  test('where the programme does not say so', async () => {
    await counter.publish({})
    await tell()
    expect(await stamps()).toBe(0)
  })

  test('when it is told after 7 days, or was before the programme', async () => {
    await tell({}, new Date(daysLater(7).getTime() + 1))
    await tell({ at: new Date('2025-12-31T23:59:59Z') }, new Date('2026-01-01T00:00:00Z'))
    expect(await stamps()).toBe(0)
    await tell({}, daysLater(7))
    expect(await stamps()).toBe(1)
  })

  test('at a shop that does not take part, or an unknown one where not all do', async () => {
    await counter.publish({ from_visits: true, shops: ['kamakura'] })
    await tell({ shop: 'kichijoji' })
    await tell()
    expect(await stamps()).toBe(0)
    await tell({ shop: 'kamakura' })
    expect(await stamps()).toBe(1)
  })

  test('when our own counter tells of it', async () => {
    await tell({ source: 'line' })
    expect(await stamps()).toBe(0)
  })

  test('before its time: one that a till’s clock puts into the future counts now, and holds up nobody', async () => {
    await tell({ at: daysLater(3) }, NOON)
    expect(await db().prisma.stamp.findMany()).toMatchObject([{ grantedAt: NOON }])
    expect((await counter.stamp(anna, { at: daysLater(1) })).kind).toBe('given')
  })
})
