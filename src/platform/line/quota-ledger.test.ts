import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { countPush, markExhausted, quotaJob, readQuota, refreshQuota } from './quota-ledger.ts'

const db = useDatabase()
const NOVEMBER = '2026-11'
const line = (limit: number | undefined, used: number) => ({ quota: async () => limit, consumption: async () => used })
const scopeAt = (at: string) => {
  const scope = testScope(db())
  scope.at = new Date(at)
  return scope
}
const inNovember = () => scopeAt('2026-11-21T03:00:00Z')

test('of a month nobody asked about, nothing is known and nothing is used up', async () => {
  expect(await readQuota(db(), NOVEMBER)).toEqual({
    month: NOVEMBER,
    limit: undefined,
    used: 0,
    exhausted: false,
    checkedAt: undefined
  })
})

test('40 pushes at once are 40, on top of what LINE told last; asking LINE again counts none twice', async () => {
  await refreshQuota(inNovember(), line(200, 7))
  await Promise.all(Array.from({ length: 40 }, () => countPush(db(), NOVEMBER)))
  expect(await readQuota(db(), NOVEMBER)).toMatchObject({ limit: 200, used: 47 })
  expect(await refreshQuota(inNovember(), line(200, 47))).toMatchObject({ used: 47 })
})

test('pushes count in their own month, and months begin in Japan', async () => {
  await countPush(db(), NOVEMBER)
  const scope = scopeAt('2026-11-30T15:00:00Z')
  expect(await refreshQuota(scope, line(200, 0))).toMatchObject({ month: '2026-12', used: 0, checkedAt: scope.at })
  expect(await readQuota(db(), NOVEMBER)).toMatchObject({ used: 1 })
})

test('a plan without a limit is told apart from one of zero', async () => {
  expect(await refreshQuota(inNovember(), line(undefined, 3))).toMatchObject({ limit: undefined, used: 3 })
  expect(await refreshQuota(inNovember(), line(0, 3))).toMatchObject({ limit: 0 })
})

test('a month stays used up until LINE has room again; marked twice, it keeps when that began', async () => {
  const [first, second] = [new Date('2026-11-20T00:00:00Z'), new Date('2026-11-21T00:00:00Z')]
  await markExhausted(db(), NOVEMBER, first)
  await markExhausted(db(), NOVEMBER, second)
  expect((await db().prisma.quotaMonth.findFirstOrThrow()).exhaustedAt).toEqual(first)
  expect(await refreshQuota(inNovember(), line(200, 200))).toMatchObject({ exhausted: true })
  expect(await refreshQuota(inNovember(), line(5000, 200))).toMatchObject({ exhausted: false })
})

test('LINE being away leaves what is known', async () => {
  await refreshQuota(inNovember(), line(200, 9))
  const away = {
    ...line(200, 0),
    consumption: async () => {
      throw new Error('LINE is down')
    }
  }
  await expect(refreshQuota(inNovember(), away)).rejects.toThrow('LINE is down')
  expect(await readQuota(db(), NOVEMBER)).toMatchObject({ used: 9, limit: 200 })
})

test('it is asked for every hour, not on the hour', () => {
  expect(quotaJob(line(1, 0))).toMatchObject({ name: 'line.quota', cron: '7 * * * *' })
})
