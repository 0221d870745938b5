import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { findCuts, saveScores } from './quintiles.ts'

const db = useDatabase()
const FIRST = '00000000-0000-0000-0000-000000000000'
const idOf = (number: number) => `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`

async function fill(amounts: readonly number[]): Promise<void> {
  await db().query('DELETE FROM customer')
  const ids = amounts.map((_, number) => idOf(number))
  await db().query('INSERT INTO customer (id, created_at) SELECT id, now() FROM unnest($1::uuid[]) AS given (id)', [
    ids
  ])
  await db().query(
    `INSERT INTO customer_stats (customer_id, active_days_365d, amount_365d_yen, last_day)
     SELECT id, 1 + amount % 7, amount, date '2026-01-01' + amount % 11 FROM unnest($1::uuid[], $2::int[]) AS given (id, amount)`,
    [ids, amounts]
  )
}

async function rate(): Promise<number> {
  const cuts = await findCuts(db())
  let pages = 0
  for (let after: string | undefined = FIRST; after !== undefined; pages += 1)
    after = await saveScores(db(), cuts, after)
  return pages
}

const scores = () =>
  db().query<{ r: number; f: number; m: number; day: number; days: number; yen: number }>(
    `SELECT recency_score AS r, frequency_score AS f, money_score AS m, last_day - date '2026-01-01' AS day,
       active_days_365d AS days, amount_365d_yen::int AS yen FROM customer_stats ORDER BY customer_id`
  )

test('whatever the figures, a quintile is 1 + ⌊5 × those with less ÷ all⌋', async () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(amounts, async (given) => {
      await fill(given)
      await rate()
      const rows = await scores()
      const expected = (of: (row: (typeof rows)[number]) => number) =>
        rows.map((row) => 1 + Math.floor((5 * rows.filter((other) => of(other) < of(row)).length) / rows.length))
      expect(rows.map(({ r }) => r)).toEqual(expected(({ day }) => day))
      expect(rows.map(({ f }) => f)).toEqual(expected(({ days }) => days))
      expect(rows.map(({ m }) => m)).toEqual(expected(({ yen }) => yen))
    }),
    { numRuns: 25 }
  )
})

test('customers are rated some at a time, all of them, and only those whose score changes', async () => {
  await fill(Array.from({ length: 4_500 }, (_, number) => number))
  expect(await rate()).toBe(4)
  expect((await scores()).filter(({ m }) => m === 5)).toHaveLength(900)
  expect(await rate()).toBe(1)
})

test('nobody to rate, nothing to do', async () => {
  await fill([])
  expect(await findCuts(db())).toEqual({ recency: [], frequency: [], money: [] })
  expect(await rate()).toBe(1)
})
