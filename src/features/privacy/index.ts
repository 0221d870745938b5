import type { Feature } from '../../platform/feature.ts'
import { personalData } from './personal-data.ts'

export { eraseCustomer } from './erase-customer.ts'

/** What is kept about customers, in all rooms: shown to them, and forgotten. */
export const privacyFeature: Feature = { name: 'privacy', personalData }
