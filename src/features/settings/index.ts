import type { Feature } from '../../platform/feature.ts'
import { LANGUAGE } from '../../platform/settings/index.ts'
import { slackHandlers } from './slack.ts'

/** What managers choose for the whole workspace. `others` = the features whose settings are offered and who hear of changes. */
export function settingsFeature(others: readonly Feature[]): Feature {
  const settings = [LANGUAGE, ...others.flatMap((feature) => feature.settings ?? [])]
  const onSetting = others.flatMap(({ onSetting: heard }) => (heard ? [heard] : []))
  return { name: 'settings', slack: slackHandlers({ settings, onSetting }) }
}
