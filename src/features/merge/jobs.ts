import type { Context, Feature, Job } from '../../platform/feature.ts'
import { tellNotice } from '../../platform/slack/index.ts'
import { mergeCustomers } from './merge-customers.ts'
import { browserPairs, countPairs } from './store/duplicates.ts'
import { TEXTS } from './texts.ts'

/** A job holds up the clock's other work: more are merged the next time. */
const MERGES_AT_ONCE = 20
const DAY_MS = 86_400_000

/** What the clock starts in this room. */
export function jobs(rooms: readonly Feature[]): readonly Job[] {
  return [
    { name: 'merge.browsers', cron: '*/5 * * * *', run: (context) => mergeBrowsers(context, rooms) },
    { name: 'merge.digest', cron: '0 10 * * *', run: tellNew }
  ]
}

/** What somebody did before anybody knew who they were becomes theirs, once their browser has gone over to them. */
async function mergeBrowsers({ scope, perform }: Context, rooms: readonly Feature[]): Promise<void> {
  for (const { from, into } of await browserPairs(scope.db.prisma, MERGES_AT_ONCE)) {
    const by = { kind: 'system', id: 'matane' } as const
    await perform(`merge:browser:${from}`, (work) =>
      mergeCustomers(work, rooms, { from, into, reason: 'same_browser', by })
    )
  }
}

/** Once a day, how many new pairs wait for somebody. */
async function tellNew({ scope, perform }: Context, scheduledAt: Date): Promise<void> {
  const count = await countPairs(scope.db.prisma, new Date(scheduledAt.getTime() - DAY_MS))
  if (count === 0) return
  const name = `duplicates:${scheduledAt.toISOString()}`
  await perform(`notice:${name}`, (work) => tellNotice(work, { name, text: (locale) => TEXTS[locale].digest(count) }))
}
