import type { Feature } from '../../platform/feature.ts'
import { REMIND, RUN } from './announce.ts'
import { lineHandlers, rightsWith } from './line.ts'
import { onRemind, onRun } from './on-timer.ts'
import { personalData } from './personal-data.ts'
import type { PrivacyPort } from './port.ts'
import { GRACE, MODES } from './settings.ts'
import { slackHandlers } from './slack/index.ts'

export { passOnRequest } from './pass-on-request.ts'
export type { PrivacyPort } from './port.ts'

/** What customers may ask about their own data, in the chat: see it, correct it, stop its use, erase it. */
export function rightsFeature(port?: PrivacyPort): Feature {
  return {
    name: 'rights',
    line: lineHandlers(port),
    slack: slackHandlers(port),
    personalData,
    timers: { [RUN]: onRun(port), [REMIND]: onRemind },
    settings: [...rightsWith(port).map((right) => MODES[right]), ...(port ? [GRACE] : [])]
  }
}
