import { latestTime } from '../cron.ts'
import type { Database } from '../db/index.ts'
import type { Context, Feature, Job } from '../feature.ts'
import { cleanUpJob } from './clean-up.ts'
import type { Engine } from './engine.ts'
import { faultOf } from './fault.ts'
import { tendTablesJob } from './tend-tables.ts'

/** A run that has given no sign of life for this long died with its process. A sign may be late: the database is shared. */
const LOST_AFTER_MINUTES = 15
const ALIVE_EVERY_MS = 60_000

/** What the clock does each minute. */
export interface Tick {
  readonly context: Context
  readonly features: readonly Feature[]
  readonly engine: Pick<Engine, 'drain'>
}

/** One tick of the clock: the jobs that are due, then everything due in the queue. The same on Node and on Workers. */
export async function tick({ context, features, engine }: Tick): Promise<void> {
  const jobs = [...features.flatMap((feature) => feature.jobs ?? []), cleanUpJob, tendTablesJob]
  await runDueJobs(context, jobs, context.scope.now())
  await engine.drain()
}

/**
 * Runs each job whose time has come by `at` (business time), one after another. Whoever inserts the run's row runs it, so
 * any number of workers may tick. A job that ran before makes up for its latest missed time (a restart at the full hour);
 * a job that fails is logged and noted, and has its next time as usual.
 */
export async function runDueJobs(context: Context, jobs: readonly Job[], at: Date): Promise<void> {
  for (const job of jobs) {
    const scheduledAt = latestTime(job.cron, context.config.timeZone, at)
    if (!scheduledAt) continue
    const exact = at.getTime() - scheduledAt.getTime() < 60_000
    if (await takeRun(context, job, { scheduledAt, exact })) await run(context, job, scheduledAt)
  }
}

async function takeRun(
  { scope }: Context,
  job: Job,
  when: { readonly scheduledAt: Date; readonly exact: boolean }
): Promise<boolean> {
  const rows = await scope.db.query(
    `INSERT INTO job_run (job, scheduled_at)
     SELECT $1, $2::timestamptz WHERE $3 OR EXISTS (SELECT 1 FROM job_run WHERE job = $1 AND scheduled_at < $2)
     ON CONFLICT (job, scheduled_at) DO UPDATE SET started_at = now(), alive_at = now()
       WHERE job_run.finished_at IS NULL AND job_run.alive_at < now() - $4 * interval '1 minute'
     RETURNING job`,
    [job.name, when.scheduledAt, when.exact, LOST_AFTER_MINUTES]
  )
  return rows.length === 1
}

async function run(context: Context, job: Job, scheduledAt: Date): Promise<void> {
  const { db } = context.scope
  const running = job.run(context, scheduledAt).then(() => undefined, faultOf)
  const signs = setInterval(() => void giveSign(db, job, scheduledAt), ALIVE_EVERY_MS)
  const fault = await running.finally(() => clearInterval(signs))
  if (fault !== undefined) context.scope.log.error('A job failed', { job: job.name, scheduledAt, fault })
  await db.query('UPDATE job_run SET finished_at = now(), error = $3 WHERE job = $1 AND scheduled_at = $2', [
    job.name,
    scheduledAt,
    fault ?? null
  ])
}

/** Tells other processes that the run goes on, however long it takes. The next sign makes up for one that fails. */
async function giveSign(db: Database, job: Job, scheduledAt: Date): Promise<void> {
  await db
    .query('UPDATE job_run SET alive_at = now() WHERE job = $1 AND scheduled_at = $2', [job.name, scheduledAt])
    .catch(() => undefined)
}
