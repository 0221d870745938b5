import type { Feature } from '../../platform/feature.ts'
import { health } from './health.ts'
import { jobs } from './jobs.ts'
import { personalData } from './personal-data.ts'
import { slack } from './slack.ts'

export { eraseAuditDetails } from './personal-data.ts'
export { type Auditing, recordAudit } from './record-audit.ts'
export { type Head, headText, parseHead } from './rules/chain.ts'
export type { AuditEntry } from './rules/entry.ts'
export { faultMeaning } from './texts.ts'
export { verifyAudit } from './verify-audit.ts'

/** A log of who saw, changed and sent what, chained so that tampering shows. */
export const auditFeature: Feature = { name: 'audit', slack, jobs, health, personalData }
