import { lockKey } from '../../platform/db/index.ts'
import { choiceLabel, readSetting, type Setting } from '../../platform/settings/index.ts'
import { mentionOf, tellNotice } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordAudit } from '../audit/index.ts'
import { insertChange, wasChanged } from './store.ts'
import { TEXTS } from './texts.ts'

export interface SettingRequest {
  readonly setting: Setting
  /** One of the setting's choices. */
  readonly value: string
  /** Slack user id of the manager. */
  readonly by: string
  /** Told in the same transaction when the value is another one than before. */
  readonly listeners: readonly ((work: Work) => Promise<void>)[]
}

/**
 * Sets a value for the whole workspace, keeps who did it, and tells the features and the alert channel; false when it
 * was so already. The same cause told twice changes it once.
 */
export async function changeSetting(work: Work, { setting, value, by, listeners }: SettingRequest): Promise<boolean> {
  const { name } = setting
  await lockKey(work.tx, `setting:${name}`)
  if (await wasChanged(work.tx, name, work.cause)) return true
  const before = await readSetting(work.tx, setting)
  if (before.value === value) return false
  const version = before.version + 1
  await insertChange(work.tx, {
    ...{ name, version, value, cause: work.cause },
    ...{ changedBy: by, changedAt: work.now }
  })
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'setting.change',
    subject: { type: 'setting', id: name },
    detail: { before: before.value, value }
  })
  work.log.info('Setting changed', { name, value, by })
  for (const listen of listeners) await listen(work)
  await tellNotice(work, {
    name: `setting:${name}:${version}`,
    text: (locale) => TEXTS[locale].announced(mentionOf(by), setting.label[locale], choiceLabel(setting, value, locale))
  })
  return true
}
