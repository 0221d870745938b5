import type { Feature } from '../../platform/feature.ts'
import { retentionKind } from './definition.ts'
import { jobs } from './jobs.ts'
import { personalData } from './personal-data.ts'
import { routes } from './routes.ts'

export { eraseCustomer } from './erase-customer.ts'
export { type CustomerExport, exportCustomer } from './export-customer.ts'
export { type ExportLink, shareExport } from './share-export.ts'

/** What is kept about customers, in all rooms: shown to them, and forgotten. */
export const privacyFeature: Feature = {
  name: 'privacy',
  routes,
  personalData,
  jobs,
  definitions: [retentionKind]
}
