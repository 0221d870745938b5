import type { Feature, Job } from '../../platform/feature.ts'
import { type LinkingOptions, lineHandlers } from './line.ts'
import { personalData } from './personal-data.ts'
import { type LinkDeps, pageRoutes, vouchRoutes } from './routes.ts'
import { dropProofs } from './store.ts'

/** Who sends a code once more is told that it has run out, for so long. */
const KEPT_MS = 7 * 86_400_000

const dropOld: Job = {
  name: 'linking.drop_old',
  cron: '23 4 * * *',
  async run({ scope, perform }, scheduledAt) {
    const before = new Date(scheduledAt.getTime() - KEPT_MS)
    const dropped = await perform(`linking:${scheduledAt.toISOString()}`, ({ tx }) => dropProofs(tx, before))
    if (dropped > 0) scope.log.info('Dropped codes and nonces that had run out', { dropped })
  }
}

export { isLinkingText } from './line.ts'

/** Customers on LINE become known elsewhere by what only they can have: a login at the shop, the code of a receipt. */
export function linkingFeature(options: LinkingOptions & LinkDeps): Feature {
  return {
    name: 'linking',
    line: lineHandlers(options),
    jobs: [dropOld],
    personalData,
    routes: (app) => pageRoutes(app, options),
    webhooks: (app, { context }) => vouchRoutes(app, context)
  }
}
