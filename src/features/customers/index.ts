import type { Feature } from '../../platform/feature.ts'
import { lineHandlers } from './line.ts'

export { customerPort } from './recognise.ts'
export { recordFact } from './record-fact.ts'
export { nameFor } from './rules/name.ts'
export { tagName } from './rules/tag.ts'
export { emptyAnswerFact, resetLatestNps } from './store/withdrawn.ts'
export { type CustomerSummary, customerSummary, lineIdentity } from './store.ts'
export { knownTags, tagCustomer, untagCustomer } from './tag-customer.ts'

/** Who the customers are: their LINE identity, what happened to them, their tags; the first hello. */
export const customersFeature: Feature = { name: 'customers', line: lineHandlers }
