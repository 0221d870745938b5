import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { newId } from '../../../core/ids.ts'
import type { Condition } from '../rules/schema.ts'
import { membersSql } from './compile.ts'

const db = useDatabase()
const NOW = new Date('2026-11-21T01:00:00Z')
const moment = { now: NOW, timeZone: 'Asia/Tokyo', allowedByDefault: [], firstTier: undefined }

beforeEach(async () => {
  for (const month of ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'])
    await db().query('SELECT ensure_event_month($1::date)', [`${month}-01`])
})

/** The months of events that the database would look into, or those that it did look into. */
async function monthsOf(who: Condition, how: 'plan' | 'run'): Promise<string[]> {
  const { sql, parameters } = membersSql(who, moment).compile(db().kysely)
  const rows = await db().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (COSTS OFF${how === 'run' ? ', ANALYZE, TIMING OFF, SUMMARY OFF' : ''}) ${sql}`,
    [...parameters]
  )
  const scans = rows.map((row) => row['QUERY PLAN']).filter((line) => !line.includes('never executed'))
  return [...new Set(scans.flatMap((line) => / on event_(\d{4}_\d{2})/.exec(line)?.[1] ?? []))].sort()
}

test.each([
  ['30d', ['2026_10', '2026_11']],
  ['90d', ['2026_08', '2026_09', '2026_10', '2026_11']]
])('what happened in the last %s is looked for in those months alone', async (in_last, months) => {
  expect(await monthsOf({ event: 'visit', in_last }, 'plan')).toEqual(months)
  expect(await monthsOf({ not: { event: 'visit', in_last } }, 'plan')).toEqual(months)
  expect(await monthsOf({ any: [{ tag: 'VIP' }, { event: 'visit', in_last }] }, 'plan')).toEqual(months)
})

test('redemptions are looked for from the first grant in question on', async () => {
  const customerId = newId()
  await db().query('INSERT INTO customer (id, created_at) VALUES ($1, $2)', [customerId, NOW])
  await db().query(
    `INSERT INTO coupon_grant (id, customer_id, coupon, definition_id, serial, cause, granted_at, expires_at)
     VALUES ($1, $2, 'tea', $1, 'S1', 'test', '2026-10-10', '2026-11-25')`,
    [newId(), customerId]
  )
  const months = await monthsOf({ coupon: 'any', state: 'usable', expires_in: '14d' }, 'run')
  expect(months).toContain('2026_10')
  expect(months).not.toContain('2026_08')
})
