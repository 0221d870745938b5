import type { Database } from '../db/index.ts'
import type { Job } from '../feature.ts'
import type { Scope } from '../scope.ts'
import type { LineClient } from './client.ts'
import { quotaMonth } from './quota.ts'

/** This month's pushes: what LINE told last, and what we pushed since. */
export interface QuotaState {
  readonly month: string
  /** Undefined = no limit, or not asked yet. */
  readonly limit: number | undefined
  readonly used: number
  /** LINE refused a push of this month for its limit. */
  readonly exhausted: boolean
  readonly checkedAt: Date | undefined
}

/** The ledger of a month such as "2026-11"; all zeros when nothing is known of it. */
export async function readQuota(db: Database, month: string): Promise<QuotaState> {
  const row = await db.prisma.quotaMonth.findUnique({ where: { month } })
  return {
    month,
    limit: row?.limit ?? undefined,
    used: (row?.used ?? 0) + (row?.pushedSince ?? 0),
    exhausted: row?.exhaustedAt != null,
    checkedAt: row?.checkedAt ?? undefined
  }
}

/** Counts a push that LINE accepted. */
export async function countPush(db: Database, month: string): Promise<void> {
  await db.query(
    `INSERT INTO quota_month (month, pushed_since) VALUES ($1, 1)
     ON CONFLICT (month) DO UPDATE SET pushed_since = quota_month.pushed_since + 1`,
    [month]
  )
}

/** Remembers that LINE takes no more pushes this month. */
export async function markExhausted(db: Database, month: string, at: Date): Promise<void> {
  await db.query(
    `INSERT INTO quota_month (month, exhausted_at) VALUES ($1, $2)
     ON CONFLICT (month) DO UPDATE SET exhausted_at = coalesce(quota_month.exhausted_at, excluded.exhausted_at)`,
    [month, at]
  )
}

/** Asks LINE for limit and consumption. When a limit that was reached has been raised, what was parked goes out. */
export async function refreshQuota(
  scope: Scope,
  client: Pick<LineClient, 'quota' | 'consumption'>
): Promise<QuotaState> {
  const now = scope.now()
  const month = quotaMonth(now)
  const [limit, used] = await Promise.all([client.quota(), client.consumption()])
  const before = await readQuota(scope.db, month)
  const hasRoom = limit === undefined || used < limit
  const told = { limit: limit ?? null, used, pushedSince: 0, checkedAt: now, ...(hasRoom && { exhaustedAt: null }) }
  await scope.db.prisma.quotaMonth.upsert({ where: { month }, create: { month, ...told }, update: told })
  if (before.exhausted && hasRoom) await unparkPushes(scope.db, now)
  return readQuota(scope.db, month)
}

/** Hourly, and to be run once at start. */
export function quotaJob(client: Pick<LineClient, 'quota' | 'consumption'>): Job {
  return {
    name: 'line.quota',
    cron: '7 * * * *',
    run: async ({ scope }) => {
      await refreshQuota(scope, client)
    }
  }
}

/** The queue frees parked rows whose time has come. */
async function unparkPushes(db: Database, now: Date): Promise<void> {
  await db.query(`UPDATE outbox SET run_at = $1 WHERE state = 'parked' AND channel = 'line' AND run_at > $1`, [now])
}
