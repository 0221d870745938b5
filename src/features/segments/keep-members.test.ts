import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type TestScope, testEngine, testScope } from '../../../test/support/queue.ts'
import { newId } from '../../core/ids.ts'
import type { Feature } from '../../platform/feature.ts'
import { createPerform } from '../../platform/perform.ts'
import { publish, retire } from '../definitions/index.ts'
import { eventsFeature } from '../events/index.ts'
import { segmentKind } from './definition.ts'
import { calculateNow, keepMembers } from './keep-members.ts'
import type { Condition } from './rules/schema.ts'
import { planChanges, replaceMembers, takeChanges } from './store/membership.ts'

const db = useDatabase()
const VIP = { tag: 'VIP' }
let scope: TestScope
/** What was announced: "segment.entered vip <customer>". */
let heard: string[]

beforeEach(() => {
  // Five in the morning in Japan: the night's hour has passed.
  scope = testScope(db(), new Date('2026-11-20T20:00:00Z'))
  heard = []
})

const listening: Feature = {
  name: 'listening',
  on: Object.fromEntries(
    ['segment.entered', 'segment.left'].map((name) => [
      name,
      async (_work, fact) => void heard.push(`${fact.name} ${fact.properties.segment} ${fact.customerId}`)
    ])
  )
}
const perform = () => createPerform({ scope, features: [listening], onCommit: () => undefined })
/** Calculates what is due, and lets the features be told. */
async function keep(): Promise<void> {
  await calculate()
  await drain()
}
const calculate = (isOver = () => false) => keepMembers({ scope, perform: perform(), isOver })
const drain = () => testEngine(scope, { features: [listening], consumers: eventsFeature.inbox ?? [] }).drain()
const write = (who: Condition, id = 'vip') =>
  db().transaction((tx) =>
    publish(tx, { kind: segmentKind.kind, key: id, body: { id, name: { ja: id, en: id }, who }, at: scope.at })
  )
const members = async (segment = 'vip') =>
  (await db().prisma.segmentMember.findMany({ where: { segment } })).map(({ customerId }) => customerId).sort()
const state = (segment = 'vip') => db().prisma.segmentState.findUnique({ where: { segment } })

async function customer(...tags: string[]): Promise<string> {
  const { id } = await db().prisma.customer.create({ data: { createdAt: scope.at } })
  for (const tag of tags) await tagged(id, tag)
  return id
}
const tagged = (customerId: string, tag = 'VIP') =>
  db().prisma.customerTag.create({ data: { customerId, tag, addedBy: 'U1', addedAt: scope.at } })
const untagged = (customerId: string) => db().prisma.customerTag.deleteMany({ where: { customerId } })
const nextNight = () => {
  scope.at = new Date(scope.at.getTime() + 86_400_000)
}

describe('the members of a segment', () => {
  test('of a new one are taken as they are: nobody did anything', async () => {
    const [anna] = [await customer('VIP'), await customer()]
    await write(VIP)
    await keep()
    expect(await members()).toEqual([anna])
    expect(await state()).toMatchObject({ people: 1, calculatedAt: scope.at })
    expect(heard).toEqual([])
    expect(await db().prisma.event.count()).toBe(0)
  })

  test('enter and leave in the night, and it is announced and on record', async () => {
    const [anna, ben, cleo] = [await customer('VIP'), await customer('VIP'), await customer()]
    await write(VIP)
    await keep()
    await untagged(anna)
    await tagged(cleo)
    nextNight()
    await keep()
    expect(await members()).toEqual([ben, cleo].sort())
    expect(heard.sort()).toEqual([`segment.entered vip ${cleo}`, `segment.left vip ${anna}`])
    const events = await db().prisma.event.findMany({ where: { customerId: cleo } })
    expect(events).toMatchObject([{ name: 'segment.entered', source: 'segment', properties: { segment: 'vip' } }])
    expect(await state()).toMatchObject({ people: 2, calculatedAt: scope.at })
  })

  test('are counted once a night, not before four in the morning', async () => {
    await write(VIP)
    await keep()
    await customer('VIP')
    scope.at = new Date('2026-11-21T18:55:00Z')
    await keep()
    expect(await members()).toEqual([])
    scope.at = new Date('2026-11-21T19:00:00Z')
    await keep()
    expect(await members()).toHaveLength(1)
  })

  test('of an edited one change at once, and nobody is told: what it means changed, not they', async () => {
    const [anna, ben] = [await customer('VIP'), await customer('other')]
    await write(VIP)
    await keep()
    await write({ tag: 'other' })
    await keep()
    expect(await members()).toEqual([ben])
    expect(heard).toEqual([])
    expect(anna).toBeDefined()
  })

  test('are forgotten when the segment ends', async () => {
    await customer('VIP')
    await write(VIP)
    await write(VIP, 'other')
    await keep()
    await db().transaction((tx) => retire(tx, segmentKind.kind, { key: 'vip', at: scope.at }))
    await keep()
    expect([await members(), await state(), (await members('other')).length]).toEqual([[], null, 1])
  })

  test('can be counted at any time', async () => {
    await write(VIP)
    await keep()
    const anna = await customer('VIP')
    expect(await calculateNow({ scope, perform: perform(), isOver: () => false }, 'vip')).toBe(true)
    await drain()
    expect(heard).toEqual([`segment.entered vip ${anna}`])
    expect(await calculateNow({ scope, perform: perform(), isOver: () => false }, 'gone')).toBe(false)
  })
})

describe('many who come at once', () => {
  async function crowd(size: number): Promise<void> {
    await write(VIP)
    await calculate()
    const people = Array.from({ length: size }, () => ({ id: newId(), createdAt: scope.at }))
    await db().prisma.customer.createMany({ data: people })
    const tags = people.map(({ id }) => ({ customerId: id, tag: 'VIP', addedBy: 'U1', addedAt: scope.at }))
    await db().prisma.customerTag.createMany({ data: tags })
    nextNight()
  }
  const recorded = (name: string) => db().prisma.event.count({ where: { name } })
  /** Time for one batch. */
  function briefly() {
    let asked = 0
    return () => {
      asked += 1
      return asked > 2
    }
  }

  test('enter in batches, each once, and the rest another time when there is no time left', async () => {
    await crowd(1_100)
    await calculate(briefly())
    expect([await recorded('segment.entered'), (await members()).length]).toEqual([500, 500])
    await calculate()
    expect([await recorded('segment.entered'), (await members()).length]).toEqual([1_100, 1_100])
  })

  test('who waited and changed back meanwhile are not planned over', async () => {
    await crowd(600)
    await calculate(briefly())
    await db().prisma.customerTag.deleteMany()
    nextNight()
    await calculate()
    expect(await members()).toEqual([])
    expect([await recorded('segment.entered'), await recorded('segment.left')]).toEqual([600, 600])
  })
})

test('who is a member already, or no customer any more, is not moved', async () => {
  const anna = await customer('VIP')
  await write(VIP)
  await keep()
  await db().prisma.segmentChange.createMany({
    data: [
      { segment: 'vip', customerId: anna, enters: true },
      { segment: 'vip', customerId: newId(), enters: true },
      { segment: 'vip', customerId: newId(), enters: false }
    ]
  })
  const moved = await db().transaction((tx) => takeChanges(tx, 'vip', { at: scope.at, limit: 10 }))
  expect(moved).toEqual({ taken: 3, entered: [], left: [] })
})

test('a plan made for an older version of a segment changes no state', async () => {
  await write(VIP)
  await keep()
  const moment = {
    now: new Date('2030-01-01T00:00:00Z'),
    timeZone: 'Asia/Tokyo',
    allowedByDefault: [],
    firstTier: undefined
  }
  await planChanges(db(), { segment: 'vip', definitionId: newId(), who: VIP, moment })
  expect((await state())?.calculatedAt).toEqual(scope.at)
})

describe('the many members of an edited segment', () => {
  const moment = {
    now: new Date('2026-11-20T20:00:00Z'),
    timeZone: 'Asia/Tokyo',
    allowedByDefault: [],
    firstTier: undefined
  }
  const calculation = (who: Condition) => ({ segment: 'vip', definitionId: newId(), who, moment })
  async function crowd(size: number, ...tags: string[]): Promise<string[]> {
    const ids: string[] = []
    while (ids.length < size) ids.push(await customer(...tags))
    return ids
  }

  test('are made anew part by part: who was one stays as they came, nobody twice, nobody left behind', async () => {
    const left = await crowd(3, 'old')
    const both = await crowd(2, 'old', 'VIP')
    const came = await crowd(9, 'VIP')
    await replaceMembers(db(), calculation({ tag: 'old' }))
    expect(await members()).toEqual([...left, ...both].sort())
    const later = { ...calculation(VIP), moment: { ...moment, now: new Date('2026-11-21T20:00:00Z') } }
    await replaceMembers(db(), later, 2)
    expect(await members()).toEqual([...came, ...both].sort())
    expect(await state()).toMatchObject({
      people: 11,
      definitionId: later.definitionId,
      calculatedAt: later.moment.now
    })
    const entered = await db().prisma.segmentMember.findMany({ where: { enteredAt: moment.now } })
    expect(entered.map(({ customerId }) => customerId).sort()).toEqual(both.sort())
  })

  test('are written in statements of which each is for a part of them', async () => {
    await crowd(9, 'VIP')
    await replaceMembers(db(), calculation(VIP), 3)
    const [written] = await db().query<{ statements: number }>(
      'SELECT count(DISTINCT xmin::text)::int AS statements FROM segment_member'
    )
    expect(written?.statements).toBeGreaterThan(1)
    expect(await members()).toHaveLength(9)
  })
})
