import type { Feature } from '../../platform/feature.ts'
import { lineHandlers } from './line.ts'

export { type CustomerPortDeps, customerPort } from './recognise.ts'
export { recordFact } from './record-fact.ts'
export { nameFor } from './rules/name.ts'
export { TAG_MAX_LENGTH, tagName } from './rules/tag.ts'
export { type CustomerSummary, customerSummary, type LineIdentity, lineIdentity } from './store.ts'
export { knownTags, type Tagging, tagCustomer, untagCustomer } from './tag-customer.ts'

/** Who the customers are: their LINE identity, what happened to them, their tags; the first hello. */
export const customersFeature: Feature = { name: 'customers', line: lineHandlers }
