import type { Context, Job } from '../../platform/feature.ts'
import { tellNotice } from '../../platform/slack/index.ts'
import { chainPending } from './chain-pending.ts'
import { headText } from './rules/chain.ts'
import { readBounds } from './store/chain.ts'
import { faultMeaning, TEXTS } from './texts.ts'
import { verifyAudit } from './verify-audit.ts'

/** Chains what was written, verifies the whole chain each night, and each Monday leaves its head in Slack as a witness. */
export const jobs: readonly Job[] = [
  {
    name: 'audit.chain',
    cron: '*/5 * * * *',
    run: async ({ scope }) => void (await chainPending(scope.db))
  },
  { name: 'audit.verify', cron: '41 3 * * *', run: verify },
  { name: 'audit.head', cron: '0 9 * * 1', run: postHead }
]

async function verify({ scope, perform }: Context): Promise<void> {
  const found = await verifyAudit(scope.db, { now: scope.now() })
  if (found.ok) return scope.log.info('audit: the chain is whole', { head: headText(found.value.head) })
  const { kind, position } = found
  scope.log.error(`audit: the chain is broken: ${faultMeaning(kind)}`, { position })
  const name = `audit.broken:${kind}:${position}`
  await perform(name, (work) => tellNotice(work, { name, text: (locale) => TEXTS[locale].broken(found) }))
}

/** Slack keeps it out of reach of whoever could change the database. */
async function postHead({ scope, perform }: Context): Promise<void> {
  const { noted } = await readBounds(scope.db)
  if (!noted) return
  const name = `audit.head:${noted.position}`
  await perform(name, (work) => tellNotice(work, { name, text: (locale) => TEXTS[locale].head(headText(noted)) }))
}
