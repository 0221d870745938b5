import { afterEach, describe, expect, test, vi } from 'vitest'
import { testConfig } from '../../../test/support/config.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { testEngine, testScope } from '../../../test/support/queue.ts'
import type { Context, Job } from '../feature.ts'
import { createPerform } from '../perform.ts'
import { runDueJobs, tick } from './jobs.ts'

const db = useDatabase()
const tokyo = (time: string) => new Date(`${time}+09:00`)
afterEach(() => void vi.useRealTimers())

async function silentMinutes(): Promise<number> {
  const [row] = await db().query<{ n: number }>(
    'SELECT extract(epoch FROM now() - alive_at)::float8 / 60 AS n FROM job_run'
  )
  return row?.n ?? Number.POSITIVE_INFINITY
}

function setUp() {
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  const context: Context = { scope, perform, config: testConfig }
  const runs: string[] = []
  const daily: Job = {
    name: 'daily',
    cron: '0 9 * * *',
    run: async (_context, scheduledAt) => void runs.push(scheduledAt.toISOString())
  }
  return { scope, context, runs, daily }
}

describe('jobs', () => {
  test('a job runs in its minute of the configured time zone, and in no other', async () => {
    const { context, runs, daily } = setUp()
    for (const time of ['2026-11-21T08:59:59', '2026-11-21T09:00:31', '2026-11-21T09:01:00'])
      await runDueJobs(context, [daily], tokyo(time))
    expect(runs).toEqual(['2026-11-21T00:00:00.000Z'])
  })

  test('several processes and repeated ticks run it once', async () => {
    const { context, runs, daily } = setUp()
    const at = tokyo('2026-11-21T09:00:00')
    await Promise.all(Array.from({ length: 5 }, () => runDueJobs(context, [daily], at)))
    await runDueJobs(context, [daily], new Date(at.getTime() + 59_000))
    expect(runs).toHaveLength(1)
  })

  test('a time missed while nothing ran is made up for, the latest only', async () => {
    const { context, runs, daily } = setUp()
    await runDueJobs(context, [daily], tokyo('2026-11-21T09:00:00'))
    await runDueJobs(context, [daily], tokyo('2026-11-25T13:37:00'))
    await runDueJobs(context, [daily], tokyo('2026-11-25T13:38:00'))
    expect(runs).toEqual(['2026-11-21T00:00:00.000Z', '2026-11-25T00:00:00.000Z'])
  })

  test('a job that is new waits for its first time', async () => {
    const { context, runs, daily } = setUp()
    await runDueJobs(context, [daily], tokyo('2026-11-21T13:37:00'))
    expect(runs).toEqual([])
  })

  test('a job that fails is noted and logged, and does not keep the next one from running', async () => {
    const { context, scope, runs, daily } = setUp()
    const broken: Job = { name: 'broken', cron: '0 9 * * *', run: () => Promise.reject(new Error('no')) }
    await runDueJobs(context, [broken, daily], tokyo('2026-11-21T09:00:00'))
    expect(runs).toHaveLength(1)
    expect(await db().prisma.jobRun.findMany({ where: { job: 'broken' } })).toMatchObject([
      { error: expect.stringContaining('Error: no'), finishedAt: expect.any(Date) }
    ])
    expect(scope.lines).toMatchObject([{ level: 'error', data: { job: 'broken' } }])
  })

  test('a run that died with its process is taken over, one that goes on is not', async () => {
    const { context, runs, daily } = setUp()
    const at = tokyo('2026-11-21T09:00:00')
    await db().query('INSERT INTO job_run (job, scheduled_at) VALUES ($1, $2)', ['daily', at])
    await runDueJobs(context, [daily], at)
    expect(runs).toEqual([])
    await db().query(`UPDATE job_run SET alive_at = now() - interval '16 minutes'`)
    await runDueJobs(context, [daily], at)
    await runDueJobs(context, [daily], at)
    expect(runs).toHaveLength(1)
  })

  test('a run that takes hours is not taken for lost: its process gives a sign of life each minute', async () => {
    const { context, scope, runs, daily } = setUp()
    const at = tokyo('2026-11-21T09:00:00')
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const long: Job = {
      ...daily,
      async run() {
        runs.push('begun')
        await db().query(`UPDATE job_run SET alive_at = now() - interval '16 minutes'`)
        await vi.advanceTimersByTimeAsync(60_000)
        await expect.poll(silentMinutes).toBeLessThan(1)
        await runDueJobs(context, [daily], at)
      }
    }
    await runDueJobs(context, [long], at)
    expect(scope.lines).toEqual([])
    expect(runs).toEqual(['begun'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a run that ended is not repeated, however long ago, though the clock stands still', async () => {
    const { context, runs, daily } = setUp()
    const at = tokyo('2026-11-21T09:00:00')
    await runDueJobs(context, [daily], at)
    await db().query(`UPDATE job_run SET alive_at = now() - interval '1 day'`)
    await runDueJobs(context, [daily], at)
    expect(runs).toHaveLength(1)
  })

  test('a tick runs the jobs of all features and then what is due in the queue', async () => {
    const { scope, context, runs, daily } = setUp()
    scope.at = tokyo('2026-11-21T09:00:00')
    await tick({ context, features: [{ name: 'a', jobs: [daily] }, { name: 'b' }], engine: testEngine(scope) })
    expect(runs).toHaveLength(1)
  })
})
