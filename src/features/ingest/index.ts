import type { Feature } from '../../platform/feature.ts'
import { ingestRoutes } from './routes.ts'

export { sourceDoor } from './door.ts'
export { findSource, keyOfHeader } from './find-source.ts'
export { namedBy } from './prepare.ts'

/** Events from shops, apps and sites over HTTP, in Segment's form. */
export const ingestFeature: Feature = {
  name: 'ingest',
  webhooks: (app, { context }) => ingestRoutes(app, context),
  health: async ({ config }) => ({ sources: new Set(config.writeKeys.map(({ source }) => source)).size })
}
