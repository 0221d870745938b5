import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { visitor } from '../../../test/support/visits.ts'
import { customerFigures, rebuildStats, type TimelinePlace, timelinePage } from './index.ts'

const db = useDatabase()
const days = (count: number) => Array.from({ length: count }, (_, n) => `2026-0${1 + (n % 9)}-1${n % 10}T01:00:00Z`)

test('pages of a timeline hold each event once, the newest first, also of events at the same moment', async () => {
  const id = await visitor(db(), { visits: [...days(7), ...days(7), ...days(7)] })
  await visitor(db(), { visits: days(3) })
  const seen = []
  for (let below: TimelinePlace | undefined; ; ) {
    const page = await timelinePage(db().prisma, id, { below, limit: 4 })
    seen.push(...page)
    below = page.at(-1)
    if (page.length < 4) break
  }
  expect(seen).toHaveLength(21)
  expect(new Set(seen.map((event) => event.id)).size).toBe(21)
  const times = seen.map(({ at }) => at.getTime())
  expect(times).toEqual([...times].sort((one, other) => other - one))
})

test('figures are told as people read them: days as days, amounts as numbers; nobody has none', async () => {
  const id = await visitor(db(), { visits: ['2026-09-01T01:00:00Z', '2026-10-01T01:00:00Z'] })
  await db().prisma.event.create({
    data: {
      ...{
        customerId: id,
        name: 'order.completed',
        at: new Date('2026-11-20T16:00:00Z'),
        source: 'test',
        sourceId: 'o'
      },
      properties: { order_id: '1', amount: 4_820 }
    }
  })
  const now = new Date('2026-11-21T03:00:00Z')
  await db().transaction((tx) => rebuildStats({ tx, cipher: db().cipher, now, timeZone: 'Asia/Tokyo' }, [id]))
  expect(await customerFigures(db().prisma, id)).toMatchObject({
    ...{ visits: 2, lastDay: '2026-11-21', activeDays: 3, gapMeanDays: 40.5, scores: undefined, nps: undefined },
    value: { yen90d: 4_820, yen365d: 4_820, yenEver: 4_820, orders: 1 }
  })
  expect(await customerFigures(db().prisma, crypto.randomUUID())).toBeUndefined()
})
