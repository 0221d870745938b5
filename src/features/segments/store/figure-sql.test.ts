import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { NOW, ZONE } from '../../../../test/support/segment-world.ts'
import type { Leaf } from '../rules/schema.ts'
import { membersSql } from './compile.ts'

const db = useDatabase()

/** Customers who spent so much each, and nothing else is known of. */
async function spent(amounts: readonly number[]): Promise<void> {
  await db().query(
    `WITH made AS (
       INSERT INTO customer (id, created_at) SELECT gen_random_uuid(), $2 FROM unnest($1::bigint[]) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () AS place FROM made)
     INSERT INTO customer_stats (customer_id, amount_yen)
     SELECT id, amount FROM numbered JOIN unnest($1::bigint[]) WITH ORDINALITY AS given (amount, place) USING (place)`,
    [amounts, NOW]
  )
}

/** What the members of a leaf spent, the least first. */
async function amountsOf(leaf: Leaf): Promise<number[]> {
  const { rows } = await membersSql(leaf, {
    now: NOW,
    timeZone: ZONE,
    allowedByDefault: [],
    firstTier: undefined
  }).execute(db().kysely)
  const found = await db().query<{ amount: number }>(
    'SELECT amount_yen::int AS amount FROM customer_stats WHERE customer_id = ANY ($1::uuid[]) ORDER BY 1',
    [rows.map(({ id }) => id)]
  )
  return found.map(({ amount }) => amount)
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('a percentage of n customers is that share, rounded up: never nobody, and nobody more at the exact percent', () => {
  for (const [count, percent, people] of [
    [1, 1, 1],
    [99, 1, 1],
    [100, 1, 1],
    [101, 1, 2],
    [9, 10, 1],
    [10, 10, 1],
    [11, 10, 2],
    [20, 5, 1],
    [21, 5, 2],
    [3, 33, 1],
    [2, 50, 1],
    [3, 50, 2],
    [100, 7, 7],
    [100, 55, 55],
    [100, 99, 99],
    [101, 99, 100]
  ] as const)
    test(`${percent} % of ${count} are ${people}`, async () => {
      await spent(upTo(count))
      expect(await amountsOf({ figure: 'amount_yen', top_percent: percent })).toEqual(upTo(count).slice(-people))
      expect(await amountsOf({ figure: 'amount_yen', bottom_percent: percent })).toEqual(upTo(people))
    })
})

test('whoever has the same as the last one within is within too', async () => {
  await spent([100, 100, 200, 300, 400, 500, 600, 700, 800, 800])
  expect(await amountsOf({ figure: 'amount_yen', top_percent: 10 })).toEqual([800, 800])
  expect(await amountsOf({ figure: 'amount_yen', bottom_percent: 10 })).toEqual([100, 100])
})

test('who spent nothing is not ranked, and makes no place for others', async () => {
  await spent([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6])
  expect(await amountsOf({ figure: 'amount_yen', top_percent: 50 })).toEqual([6])
  expect(await amountsOf({ figure: 'amount_yen', bottom_percent: 50 })).toEqual([5])
})

test('where nobody spent anything, nobody is within', async () => {
  await spent([0, 0])
  expect(await amountsOf({ figure: 'amount_yen', top_percent: 99 })).toEqual([])
  expect(await amountsOf({ figure: 'amount_yen', bottom_percent: 99 })).toEqual([])
})
