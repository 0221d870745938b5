import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { byId, current, currentAll, publish } from './index.ts'

const db = useDatabase()
const at = new Date('2026-11-21T01:00:00Z')
const card = (goal: number) => ({
  kind: 'stamp_card',
  key: 'main',
  body: { title: { ja: '券', en: 'Card' }, goal },
  at
})

test('the first publication is version 1 and is what is current', async () => {
  const published = await db().transaction((tx) => publish(tx, card(10)))
  expect(published).toMatchObject({ version: 1, changed: true })
  const found = await db().transaction((tx) => current(tx, 'stamp_card', 'main'))
  expect(found).toEqual({
    id: published.id,
    kind: 'stamp_card',
    key: 'main',
    version: 1,
    body: card(10).body,
    publishedAt: at
  })
})

test('publishing the same again, whatever the order of its keys, makes no new version', async () => {
  const first = await db().transaction((tx) => publish(tx, card(10)))
  const body = { goal: 10, title: { en: 'Card', ja: '券' } }
  const again = await db().transaction((tx) => publish(tx, { ...card(10), body, at: new Date() }))
  expect(again).toEqual({ id: first.id, version: 1, changed: false })
})

test('going back to an older body is a new version, so that what is newest is what is current', async () => {
  const ids: string[] = []
  for (const goal of [10, 8, 10]) ids.push((await db().transaction((tx) => publish(tx, card(goal)))).id)
  expect(new Set(ids).size).toBe(3)
  const found = await db().transaction((tx) => current(tx, 'stamp_card', 'main'))
  expect(found).toMatchObject({ id: ids[2], version: 3, body: { goal: 10 } })
})

test('an older version stays as it was, found by its id', async () => {
  const first = await db().transaction((tx) => publish(tx, card(10)))
  await db().transaction((tx) => publish(tx, card(5)))
  const found = await db().transaction((tx) => byId(tx, first.id))
  expect(found).toMatchObject({ version: 1, body: { goal: 10 } })
  expect(await db().transaction((tx) => byId(tx, '00000000-0000-7000-8000-000000000000'))).toBeUndefined()
})

test('all current definitions of a kind come one each, by key, and none of another kind', async () => {
  await db().transaction(async (tx) => {
    await publish(tx, { kind: 'survey', key: 'nps', body: { v: 1 }, at })
    await publish(tx, { kind: 'survey', key: 'csat', body: { v: 1 }, at })
    await publish(tx, { kind: 'survey', key: 'nps', body: { v: 2 }, at })
    await publish(tx, { kind: 'scenario', key: 'welcome', body: {}, at })
  })
  for (const _ of ['read', 'known']) {
    const all = await db().transaction((tx) => currentAll(tx, 'survey'))
    expect(all.map(({ key, body }) => [key, body])).toEqual([
      ['csat', { v: 1 }],
      ['nps', { v: 2 }]
    ])
  }
})

test('two who publish at the same moment make two versions', async () => {
  const both = await Promise.all([3, 4].map((goal) => db().transaction((tx) => publish(tx, card(goal)))))
  expect(both.map(({ version }) => version).sort()).toEqual([1, 2])
})

test('what is kept in memory is pushed out by newer reads, and missing from no list for that', async () => {
  const rows = (kind: string, from: number, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const key = `k${String(from + index).padStart(3, '0')}`
      return { kind, key, version: 1, hash: key, body: `{"key":"${key}"}`, publishedAt: at }
    })
  const keys = async (kind: string) => (await currentAll(db().prisma, kind)).map(({ key }) => key)
  await db().prisma.definition.createMany({ data: [...rows('old', 0, 1), ...rows('many', 0, 499)] })
  expect(await keys('old')).toEqual(['k000'])
  expect(await keys('many')).toHaveLength(499)
  await db().prisma.definition.createMany({ data: rows('old', 1, 2) })
  expect(await keys('old')).toEqual(['k000', 'k001', 'k002'])
})
