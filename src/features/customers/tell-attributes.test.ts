import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { recognised } from '../../../test/support/recognised.ts'
import { newId } from '../../core/ids.ts'
import { createPerform } from '../../platform/perform.ts'
import {
  type AttributesTold,
  customerAttributes,
  customerPort,
  customerSummary,
  tellAttributes,
  toldAttribute
} from './index.ts'

const db = useDatabase()

function setUp() {
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  const port = customerPort({ scope, fetchProfile: async () => ({ displayName: 'はな', language: 'ja' }) })
  return {
    tell: (...told: AttributesTold[]) => perform(`test:${newId()}`, (work) => tellAttributes(work, told)),
    customer: async () => (await db().prisma.customer.create({ data: { createdAt: scope.at } })).id,
    onLine: async (userId: string) => {
      const profile = await port.lookUp(userId)
      return perform(`test:${newId()}`, (work) => recognised(port.recognise(work, userId, profile ? { profile } : {})))
    },
    known: async (id: string) => Object.fromEntries(await customerAttributes(db().prisma, db().cipher, id)),
    nameOf: async (id: string) => (await customerSummary(db().prisma, db().cipher, id))?.name
  }
}

/** What message `by` says at a second of the day. */
function told(customerId: string, second: number, traits: Record<string, unknown>, by = `shop:${second}`) {
  const attributes = Object.entries(traits).map(([name, value]) => {
    const result = toldAttribute(name, value, { timeZone: 'Asia/Tokyo', today: '2026-11-21' })
    if (!result.ok) throw new Error(result.message)
    return result.value
  })
  return { customerId, at: new Date(Date.UTC(2026, 10, 20, 0, 0, second)), by, attributes }
}

test('what is told is known, found by what is coarse, and nowhere readable', async () => {
  const { tell, customer, known, nameOf } = setUp()
  const id = await customer()
  await tell(
    told(id, 1, { name: '佐藤 花子', birthday: '1990-05-12', gender: '女性', prefecture: 'Tokyo', seat: '窓側' })
  )
  expect(await known(id)).toEqual({
    name: '佐藤 花子',
    birthday: '1990-05-12',
    gender: 'female',
    prefecture: '東京都',
    seat: '窓側'
  })
  expect(await nameOf(id)).toBe('佐藤 花子')
  const rows = await db().query('SELECT name, coarse FROM customer_attribute ORDER BY name')
  expect(rows).toEqual([
    { name: 'birthday', coarse: '05-12' },
    { name: 'gender', coarse: 'female' },
    { name: 'name', coarse: null },
    { name: 'prefecture', coarse: '東京都' },
    { name: 'seat', coarse: null }
  ])
  const stored = JSON.stringify([
    await db().query('SELECT * FROM customer_attribute'),
    await db().query('SELECT * FROM customer')
  ])
  for (const secret of ['花子', '1990', '窓側']) expect(stored).not.toContain(secret)
})

test('the newest word counts, and one that is taken back is gone', async () => {
  const { tell, customer, known, nameOf } = setUp()
  const id = await customer()
  await tell(told(id, 5, { name: 'new', seat: 'window' }))
  await tell(told(id, 3, { name: 'old', seat: 'bar', plan: 'gold' }))
  expect(await known(id)).toEqual({ name: 'new', seat: 'window', plan: 'gold' })
  await tell(told(id, 6, { name: null, seat: null }))
  await tell(told(id, 5, { seat: 'late' }, 'shop:z'))
  expect(await known(id)).toEqual({ plan: 'gold' })
  expect(await nameOf(id)).toBeUndefined()
})

test('whatever the order and the batches in which words come, the same is known in the end', async () => {
  const { tell, customer, known } = setUp()
  const word = fc.record({
    second: fc.nat(3),
    by: fc.constantFrom('a:1', 'a:2', 'あ:1', 'B:1', '_:1'),
    value: fc.nat(9)
  })
  const words = fc.uniqueArray(word, { selector: ({ second, by }) => `${second} ${by}`, minLength: 2, maxLength: 6 })
  const orders = words.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))
  )
  await fc.assert(
    fc.asyncProperty(orders, fc.boolean(), async ([one, other], together) => {
      const [first, second] = [await customer(), await customer()]
      for (const { second: at, by, value } of one) await tell(told(first, at, { x: value }, by))
      const rest = other.map(({ second: at, by, value }) => told(second, at, { x: value }, by))
      if (together) await tell(...rest)
      else for (const each of rest) await tell(each)
      expect(await known(second)).toEqual(await known(first))
    }),
    { numRuns: 40 }
  )
})

test('somebody whom LINE names keeps that name, and what else is told is known', async () => {
  const { tell, onLine, known, nameOf } = setUp()
  const { id } = await onLine('Uhana')
  await tell(told(id, 1, { name: '佐藤 花子' }))
  expect(await nameOf(id)).toBe('はな')
  expect(await known(id)).toEqual({ name: '佐藤 花子' })
})

test('batches at the same time, with the same people in any order, never wait for each other in a circle', async () => {
  const { customer } = setUp()
  const ids = await Promise.all(Array.from({ length: 12 }, customer))
  const said = ids.map((id, index) => told(id, index, { name: `n${index}`, seat: 'window' }))
  const batches = Array.from({ length: 6 }, (_, n) => (n % 2 ? [...said].reverse() : said))
  // Without the retry of a unit of work, which would hide that two waited for each other.
  const tellOnce = (batch: AttributesTold[]) =>
    db().transaction((tx) => tellAttributes({ tx, cipher: db().cipher }, batch))
  await Promise.all(batches.map(tellOnce))
  expect(await db().prisma.customerAttribute.count()).toBe(24)
})

test('nothing told is nothing done', async () => {
  const { tell, customer } = setUp()
  await tell()
  await tell(told(await customer(), 1, {}))
  expect(await db().prisma.customerAttribute.count()).toBe(0)
})
