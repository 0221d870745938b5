import type { Feature } from '../../platform/feature.ts'
import { slack } from './slack/index.ts'

export { findCustomer } from './find-customer.ts'
export { viewCustomer } from './view-customer.ts'

/** Everything that is known of one customer on one card in Slack, for whoever may see it, and what one can do there. */
export const customerCardFeature: Feature = { name: 'customer-card', slack }
