import type { Context, Job } from '../../platform/feature.ts'
import { currentRetention } from './definition.ts'
import { eraseAgain } from './erase-again.ts'
import { limitOf, type Retention } from './rules/retention.ts'

/** A job holds up the clock's other work: what is left is forgotten the next time. */
const SLICE_MS = 20_000

/** What the clock starts in this room: what has outlived its time is forgotten, and who comes back with a backup. */
export const jobs: readonly Job[] = [
  {
    name: 'privacy.forget_old',
    cron: '*/10 3-4 * * *',
    async run(context) {
      const endMs = performance.now() + SLICE_MS
      const forgotten = await forgetOld(context, () => performance.now() > endMs)
      if (Object.keys(forgotten).length > 0) context.scope.log.info('Forgot what was kept long enough', forgotten)
    }
  },
  {
    name: 'privacy.erase_again',
    cron: '* * * * *',
    async run(context) {
      const endMs = performance.now() + SLICE_MS
      const customers = await eraseAgain(context, () => performance.now() > endMs)
      if (customers > 0) context.scope.log.info('Erased again who had been erased since the backup', { customers })
    }
  }
]

/** Forgets, in small transactions, what is older than flows/privacy/retention.yaml allows; how much of each kind. */
export async function forgetOld(context: Context, isOver: () => boolean): Promise<Record<string, number>> {
  const { scope } = context
  const retention = await currentRetention(scope.db.prisma)
  const forgotten: Record<string, number> = {}
  for (const kind of kindsOf(retention)) {
    const before = limitOf(retention[kind], scope.now())
    while (before && !isOver()) {
      const count = await forgetSome(context, kind, before)
      if (count === 0) break
      forgotten[kind] = (forgotten[kind] ?? 0) + count
    }
  }
  return forgotten
}

function kindsOf(retention: Retention): (keyof Retention)[] {
  return Object.keys(retention) as (keyof Retention)[]
}

function forgetSome({ perform }: Context, kind: keyof Retention, before: Date): Promise<number> {
  return perform(`privacy:forget:${kind}`, async (work) => {
    let count = 0
    for (const { purge } of work.personalData) count += (await purge?.[kind]?.(work, before)) ?? 0
    return count
  })
}
