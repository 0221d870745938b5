import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { newId } from '../../core/ids.ts'
import type { Feature } from '../../platform/feature.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Fact, Work } from '../../platform/work.ts'
import { recordFact, recordFacts } from './index.ts'

const db = useDatabase()

function setUp(features: readonly Feature[] = []) {
  const scope = testScope(db())
  const perform = createPerform({ scope, features, onCommit: () => undefined })
  return {
    run: <T>(body: (work: Work) => Promise<T>): Promise<T> => perform(`test:${newId()}`, body),
    recognise: () => db().prisma.customer.create({ data: { createdAt: scope.at } }),
    summary: (id: string) => db().prisma.customerStats.findUnique({ where: { customerId: id } })
  }
}

const visit = (customerId: string, sourceId: string, at = new Date('2026-11-20T03:00:00Z')): Fact => ({
  customerId,
  name: 'visit',
  at,
  source: 'pos',
  sourceId,
  shop: 'kamakura',
  properties: {}
})

describe('recording facts', () => {
  test('a fact is kept and announced once per source and id', async () => {
    const heard: string[] = []
    const { recognise, run } = setUp([
      { name: 'x', on: { visit: async (_work, fact) => void heard.push(fact.sourceId) } }
    ])
    const { id } = await recognise()
    const told = []
    for (const sourceId of ['1', '1', '2']) told.push(await run((work) => recordFact(work, visit(id, sourceId))))
    expect(await run((work) => recordFacts(work, [visit(id, '2'), visit(id, '3')]))).toEqual(['duplicate', 'recorded'])
    expect(told).toEqual([true, false, true])
    expect(heard).toEqual(['1', '2', '3'])
    expect(await db().prisma.event.count()).toBe(3)
  })

  test('the same fact told at once by many is kept once', async () => {
    const { recognise, run, summary } = setUp()
    const { id } = await recognise()
    const told = await Promise.all(Array.from({ length: 20 }, () => run((work) => recordFact(work, visit(id, '1')))))
    expect(told.filter(Boolean)).toHaveLength(1)
    expect(await summary(id)).toMatchObject({ visits: 1 })
  })

  test('visits are counted in any order, from the first to the last', async () => {
    const { recognise, run, summary } = setUp()
    const { id } = await recognise()
    for (const day of [20, 3, 28, 11]) {
      await run((work) => recordFact(work, visit(id, `v${day}`, new Date(Date.UTC(2026, 9, day)))))
    }
    expect(await summary(id)).toMatchObject({
      visits: 4,
      firstVisitAt: new Date('2026-10-03T00:00:00Z'),
      lastVisitAt: new Date('2026-10-28T00:00:00Z')
    })
  })

  test('the newest NPS score stays, even when an older one comes late; other surveys do not count', async () => {
    const { recognise, run } = setUp()
    const { id } = await recognise()
    const answers = [
      ['nps', 9, 10],
      ['nps', 3, 20],
      ['nps', 7, 15],
      ['csat', 1, 25]
    ] as const
    for (const [survey, score, day] of answers) {
      const at = new Date(Date.UTC(2026, 9, day))
      const fact = { ...visit(id, `s${day}`, at), name: 'survey.answered', properties: { survey, score } }
      await run((work) => recordFact(work, fact))
    }
    const stats = await db().prisma.customerStats.findUniqueOrThrow({ where: { customerId: id } })
    expect(stats).toMatchObject({ lastNps: 3, lastNpsAt: new Date('2026-10-20T00:00:00Z'), visits: 0 })
  })

  test('a listener that fails takes the fact back with everything else', async () => {
    const { recognise, run, summary } = setUp([{ name: 'x', on: { visit: () => Promise.reject(new Error('no')) } }])
    const { id } = await recognise()
    await expect(run((work) => recordFact(work, visit(id, '1')))).rejects.toThrow('no')
    expect(await db().prisma.event.count()).toBe(0)
    expect(await summary(id)).toBeNull()
  })
})
