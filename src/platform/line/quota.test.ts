import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { nextQuotaAt, quotaMonth } from './quota.ts'
import { countPush, markExhausted, readQuota, refreshQuota } from './quota-ledger.ts'

test.each([
  ['2026-11-30T14:59:59Z', '2026-11', '2026-11-30T15:00:00Z'],
  ['2026-11-30T15:00:00Z', '2026-12', '2026-12-31T15:00:00Z'],
  ['2026-12-31T15:00:00Z', '2027-01', '2027-01-31T15:00:00Z'],
  ['2028-02-29T00:00:00Z', '2028-02', '2028-02-29T15:00:00Z']
])('%s belongs to %s, and the next quota begins at midnight in Japan', (at, month, next) => {
  expect(quotaMonth(new Date(at))).toBe(month)
  expect(nextQuotaAt(new Date(at))).toEqual(new Date(next))
})

const db = useDatabase()
const asked = (limit: number | undefined, used: number) => ({ quota: async () => limit, consumption: async () => used })

test('pushes are counted on top of what LINE told last, and LINE’s word replaces the count', async () => {
  const scope = testScope(db())
  await Promise.all(Array.from({ length: 10 }, () => countPush(db(), '2026-11')))
  expect(await readQuota(db(), '2026-11')).toMatchObject({ limit: undefined, used: 10, exhausted: false })
  expect(await refreshQuota(scope, asked(200, 8))).toMatchObject({ limit: 200, used: 8, checkedAt: scope.now() })
  await countPush(db(), '2026-11')
  expect((await readQuota(db(), '2026-11')).used).toBe(9)
  expect((await readQuota(db(), '2026-12')).used).toBe(0)
})

test('a limit stays reached until LINE says that there is room again', async () => {
  const scope = testScope(db())
  await markExhausted(db(), '2026-11', scope.now())
  expect((await refreshQuota(scope, asked(200, 200))).exhausted).toBe(true)
  expect((await refreshQuota(scope, asked(5000, 200))).exhausted).toBe(false)
  await markExhausted(db(), '2026-11', scope.now())
  expect((await refreshQuota(scope, asked(undefined, 200))).exhausted).toBe(false)
})
