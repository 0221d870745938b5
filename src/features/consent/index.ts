import type { Feature } from '../../platform/feature.ts'
import { consentKind } from './definition.ts'
import { FREQUENCY_CAP } from './frequency-cap.ts'
import { lineHandlers } from './line.ts'
import { personalData } from './personal-data.ts'
import { QUIET_HOURS } from './quiet-hours.ts'
import { keepNewestPreference } from './store.ts'

export { changeConsent } from './change-consent.ts'
export { changeFrequency } from './change-frequency.ts'
export { consentKind } from './definition.ts'
export { type Admission, admitMessage, mayTell, mayTellAll, recordWithheld } from './gate.ts'
export { type ConsentGlance, consentGlance } from './glance.ts'
export { importConsents } from './import-consents.ts'
export { allowedByDefault, mayUse, mayUseAll } from './may-use.ts'
export { CHOSEN, type Purpose } from './rules/purpose.ts'

/** What customers agree to, how often they want to hear from us, and the gate that keeps to it. */
export const consentFeature: Feature = {
  name: 'consent',
  line: lineHandlers,
  definitions: [consentKind],
  settings: [QUIET_HOURS, FREQUENCY_CAP],
  personalData,
  merge: { settle: ({ tx }, pair) => keepNewestPreference(tx, pair) }
}
