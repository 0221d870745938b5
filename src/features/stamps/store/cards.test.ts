import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { publishLoyalty } from '../../../../test/support/loyalty.ts'
import {
  completeCard,
  hasStampFor,
  insertCard,
  insertStamp,
  lastStampsAt,
  latestCards,
  type NewStamp
} from './cards.ts'
import { currentProgrammes } from './programmes.ts'

const db = useDatabase()
const at = new Date('2026-11-21T03:00:00Z')
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
let anna: string

beforeEach(async () => {
  await publishLoyalty(db())
  anna = (await db().prisma.customer.create({ data: { createdAt: at } })).id
})

async function begin(number = 1, customerId = anna) {
  const [programme] = await currentProgrammes(db().prisma)
  if (!programme) throw new Error('No programme')
  return insertCard(db().prisma, customerId, { ...programme, number, startedAt: at, expiresAt: undefined })
}
const stamp = (cardId: string, more: Partial<NewStamp> = {}) =>
  insertStamp(db().prisma, {
    ...{
      customerId: anna,
      cardId,
      programme: 'main',
      way: 'counter',
      givenBy: null,
      position: 1,
      shop: 'kamakura',
      cause: 'line:A',
      code: 'kamakura.1.2',
      grantedAt: at
    },
    ...more
  })
test('the newest card comes with its stamps in order and the terms it began with', async () => {
  const card = await begin()
  await stamp(card.id, { position: 2, cause: 'line:B', code: 'b' })
  await stamp(card.id)
  await publishLoyalty(db(), { goal: 20 })
  const latest = (await latestCards(db().prisma, anna, later(0))).get('main')
  expect(latest).toMatchObject({ id: card.id, number: 1, completedAt: undefined, definition: { goal: 10 } })
  expect(latest?.stamps.map(({ position }) => position)).toEqual([1, 2])
  expect((await currentProgrammes(db().prisma)).map(({ definition }) => definition.goal)).toEqual([20])
  await completeCard(db().prisma, card.id, later(1))
  await begin(2)
  expect((await latestCards(db().prisma, anna, later(0))).get('main')).toMatchObject({
    number: 2,
    stamps: [],
    definition: { goal: 20 }
  })
})

test.each<[string, Partial<NewStamp>]>([
  ['code', { position: 2, cause: 'line:B' }],
  ['cause', { position: 2, code: 'another' }],
  ['place', { cause: 'line:B', code: 'another' }]
])('two stamps of one customer never share a %s', async (_, second) => {
  const card = await begin()
  await stamp(card.id)
  await expect(stamp(card.id, second)).rejects.toThrow()
  expect(await db().prisma.stamp.count()).toBe(1)
})

test('two cards of one number cannot begin', async () => {
  await begin()
  await expect(begin()).rejects.toThrow()
})

test('a stamp is known by its code and by its cause, to its own customer', async () => {
  const eve = (await db().prisma.customer.create({ data: { createdAt: at } })).id
  await stamp((await begin()).id)
  const has = (customerId: string, code: string, cause: string) => hasStampFor(db().prisma, customerId, { code, cause })
  expect(await has(anna, 'kamakura.1.2', 'line:Z')).toBe(true)
  expect(await has(anna, 'other', 'line:A')).toBe(true)
  expect(await has(anna, 'other', 'line:Z')).toBe(false)
  expect(await has(eve, 'kamakura.1.2', 'line:A')).toBe(false)
})

test('the newest stamp counts, on whichever card it is', async () => {
  expect((await lastStampsAt(db().prisma, anna)).size).toBe(0)
  const [first, second] = [await begin(1), await begin(2)]
  await stamp(second.id, { grantedAt: later(5) })
  await stamp(first.id, { grantedAt: later(2), cause: 'line:B', code: 'b' })
  expect(await lastStampsAt(db().prisma, anna)).toEqual(new Map([['main', later(5)]]))
})
