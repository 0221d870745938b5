import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { textsOf } from '../../../test/support/flow-world.ts'
import { greeting, type TriggerWorld, triggerWorld } from '../../../test/support/trigger-world.ts'

const db = useDatabase()
let world: TriggerWorld
let anna: string

beforeEach(async () => {
  world = triggerWorld(db())
  anna = await world.person('U-anna')
})

const timers = () => db().prisma.timer.count()
const ABSENT = greeting('no: visit, for: 30d')
const born = (customerId: string, coarse: string) =>
  db().prisma.customerAttribute.create({
    data: { customerId, name: 'birthday', coarse, valueSealed: 'sealed', toldAt: world.scope.at, toldBy: 'test' }
  })

describe('something that has not happened', () => {
  test('leads in once it is long enough ago, and again only after it has happened again', async () => {
    await world.publish(ABSENT)
    await world.visited(anna)
    expect(await world.live('29d')).toEqual([])
    expect(await world.live('1d')).toEqual(['おかえり'])
    expect(await world.live('60d')).toEqual([])
    await world.visited(anna)
    expect(await world.live('30d')).toEqual(['おかえり'])
    expect(await db().prisma.flowRun.findMany({ orderBy: { startedAt: 'asc' } })).toMatchObject([
      { cause: 'absence:2026-11-21' },
      { cause: expect.stringMatching(/^absence:2027/) }
    ])
  })

  test('floods nobody: who had been away before it was published is not led in', async () => {
    await world.visited(anna, 40)
    await world.visited(anna, 29)
    const emma = await world.person('U-emma')
    await world.visited(emma, 31)
    await world.publish(ABSENT)
    expect(await world.live('2h')).toEqual([])
    expect(await world.live('1d')).toEqual(['おかえり'])
    expect(await db().prisma.flowRun.findMany()).toMatchObject([{ customerId: anna }])
  })

  test('does not count for who came a minute before they would have been led in', async () => {
    await world.publish(ABSENT)
    await world.visited(anna)
    await world.pass('30d')
    await world.look()
    expect(await timers()).toBe(1)
    await world.visited(anna)
    expect(await world.pass('1m')).toEqual([])
    expect(await db().prisma.flowRun.count()).toBe(0)
  })

  test('is held until the morning, and dropped should they come before', async () => {
    await world.publish(ABSENT)
    const emma = await world.person('U-emma')
    world.to('2026-11-21T22:00:00+09:00')
    await world.visited(anna)
    await world.visited(emma)
    expect(await world.live('30d')).toEqual([])
    expect(await timers()).toBe(2)
    expect(await world.pass('9h')).toEqual([])
    await world.visited(emma)
    expect(textsOf(await world.pass('2h'))).toEqual(['おかえり'])
    expect(await db().prisma.flowRun.findMany()).toMatchObject([{ customerId: anna, cause: 'absence:2026-11-21' }])
  })

  test('is not a visit of long ago that is told late', async () => {
    await world.publish(ABSENT)
    await world.look()
    await world.visited(anna, 45)
    await world.visited(anna, 400)
    expect(await world.live('30d')).toEqual([])
  })

  test('nobody is led in whom LINE does not reach, or who was never there', async () => {
    await world.publish(ABSENT)
    await world.person('U-never')
    const { id } = await db().prisma.customer.create({ data: { createdAt: world.scope.at } })
    await world.visited(id)
    await world.visited(anna)
    world.turns.realNow = new Date('2026-11-21T01:01:00Z')
    await world.turns.unfollow('U-anna')
    expect(await world.live('30d')).toEqual([])
    expect(await timers()).toBe(0)
  })
})

describe('somebody overdue by their own rhythm', () => {
  const OVERDUE = greeting('overdue: 1.5, at_least: 14d')

  test('is led in on the day on which they are, once', async () => {
    await world.publish(OVERDUE)
    for (const ago of [40, 20, 0]) await world.visited(anna, ago)
    expect(await world.live('29d')).toEqual([])
    expect(await world.live('1d')).toEqual(['おかえり'])
    expect(await world.live('90d')).toEqual([])
  })

  test.each([
    ['two days are no rhythm', [20, 0], 60, []],
    ['who comes daily is not overdue before at_least', [2, 1, 0], 13, []],
    ['and then they are', [2, 1, 0], 14, ['おかえり']]
  ])('%s', async (_, ago, wait, told) => {
    await world.publish(OVERDUE)
    for (const daysAgo of ago) await world.visited(anna, daysAgo)
    expect(await world.live(`${wait}d`)).toEqual(told)
  })

  test('is overdue at_most so late, however seldom they come', async () => {
    await world.publish(greeting('overdue: 2, at_most: 60d'))
    for (const ago of [300, 150, 0]) await world.visited(anna, ago)
    expect(await world.live('59d')).toEqual([])
    expect(await world.live('1d')).toEqual(['おかえり'])
  })

  test('is not, once they have come', async () => {
    await world.publish(OVERDUE)
    for (const ago of [40, 20, 0]) await world.visited(anna, ago)
    await world.pass('30d')
    await world.look()
    await world.visited(anna)
    expect(await world.pass('1m')).toEqual([])
  })
})

describe('a date', () => {
  test('leads in so many days before, at its hour, once a year', async () => {
    await born(anna, '11-28')
    await world.publish(greeting('date: birthday, before: 3d, at: "15:30"'))
    world.to('2026-11-25T15:29:00+09:00')
    expect(await world.live('0m')).toEqual([])
    expect(await world.live('1m')).toEqual(['おかえり'])
    await db().prisma.customerAttribute.updateMany({ data: { coarse: '11-30' } })
    expect(await world.live('5d')).toEqual([])
    world.to('2027-11-27T15:30:00+09:00')
    expect(await world.live('0m')).toEqual(['おかえり'])
  })

  test('29 February is kept on the 28th in a year without one', async () => {
    await born(anna, '02-29')
    await world.publish(greeting('date: birthday'))
    world.to('2027-02-27T12:00:00+09:00')
    expect(await world.live('0m')).toEqual([])
    expect(await world.live('22h')).toEqual(['おかえり'])
    world.to('2028-02-28T12:00:00+09:00')
    expect(await world.live('0m')).toEqual([])
    expect(await world.live('1d')).toEqual(['おかえり'])
  })

  test('the first visit comes round each year, not on the day itself', async () => {
    await world.publish(greeting('date: first_visit_anniversary, after: 1d'))
    await world.visited(anna, 364)
    await world.visited(anna)
    expect(await world.live('1d')).toEqual([])
    expect(await world.live('1d')).toEqual(['おかえり'])
  })

  test('that passed while the server was down for two days is made up for, one of last week is not', async () => {
    await born(anna, '11-23')
    await world.publish(greeting('date: birthday'))
    await world.look()
    world.to('2026-11-25T09:30:00+09:00')
    expect(await world.live('0m')).toEqual(['おかえり'])
    const emma = await world.person('U-emma')
    await born(emma, '11-30')
    world.to('2026-12-07T12:00:00+09:00')
    expect(await world.live('0m')).toEqual([])
  })
})

describe('a schedule', () => {
  const member = (customerId: string) =>
    db().prisma.segmentMember.create({ data: { segment: 'vip', customerId, enteredAt: world.scope.at } })
  const MONTHLY = greeting('schedule: "0 10 1 * *", segment: vip')

  test('leads in everybody who is in the segment at that moment, once for each', async () => {
    const emma = await world.person('U-emma')
    await world.person('U-other')
    await world.publish(MONTHLY)
    await member(anna)
    world.to('2026-12-01T09:59:00+09:00')
    expect(await world.live('0m')).toEqual([])
    await member(emma)
    expect(await world.live('1m')).toEqual(['おかえり', 'おかえり'])
    expect(await world.live('5h')).toEqual([])
    world.to('2027-01-01T10:00:00+09:00')
    expect(await world.live('0m')).toHaveLength(2)
  })

  test('of times that were missed only the last is made up for, and none of last week', async () => {
    await member(anna)
    await world.publish(greeting('schedule: "0 10 * * *", segment: vip'))
    world.to('2026-11-24T08:00:00+09:00')
    expect(await world.live('0m')).toEqual([])
    expect(textsOf(await world.pass('2h'))).toEqual(['おかえり'])
    await world.publish(MONTHLY)
    world.to('2026-12-08T12:00:00+09:00')
    expect(await world.live('0m')).toEqual([])
  })
})
