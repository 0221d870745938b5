import type { Tx } from '../../platform/db/index.ts'
import { readSetting, type Setting } from '../../platform/settings/index.ts'
import type { Right } from './rules/request.ts'

type Mode = 'auto' | 'staff'

const STAFF = { value: 'staff', label: { ja: '担当者が確認してから', en: 'After staff have looked' } } as const
const AUTO = { value: 'auto', label: { ja: '自動で', en: 'Automatically' } } as const

/** By right: whether a request is carried out at once, or staff decide. */
export const MODES: Readonly<Record<Right, Setting<Mode>>> = {
  disclose: {
    name: 'disclosure',
    words: ['開示'],
    label: { ja: '開示のご依頼', en: 'Requests to see data' },
    hint: {
      ja: 'お客様の情報の控えを、短時間だけ有効なリンクで渡します。',
      en: 'A copy of the data, by a short-lived link.'
    },
    choices: [AUTO, STAFF],
    defaultValue: 'auto'
  },
  correct: {
    name: 'correction',
    words: ['訂正'],
    label: { ja: '訂正のご依頼', en: 'Requests to correct data' },
    hint: {
      ja: '自動にすると、お客様がお名前をその場で直せます。ほかの訂正は「相談」で承ります。',
      en: 'Automatically: customers change their name at once, and contact you about the rest.'
    },
    choices: [AUTO, STAFF],
    defaultValue: 'staff'
  },
  restrict: {
    name: 'restriction',
    words: ['利用停止'],
    label: { ja: '利用停止のご依頼', en: 'Requests to stop using data' },
    hint: {
      ja: 'アンケート、お得情報、分析への利用を止めます。',
      en: 'Stops use for surveys, offers and analysis.'
    },
    choices: [AUTO, STAFF],
    defaultValue: 'auto'
  },
  erase: {
    name: 'erasure',
    words: ['削除'],
    label: { ja: '削除のご依頼', en: 'Requests to erase data' },
    hint: {
      ja: '「担当者が確認してから」では、マネージャーが承認します。どちらも猶予のあとに消します。',
      en: 'After staff have looked: a manager approves. Either way the grace period comes before.'
    },
    choices: [AUTO, STAFF],
    defaultValue: 'auto'
  }
}

/** How long an erasure can still be called back. */
export const GRACE: Setting<'0m' | '24h' | '72h' | '7d'> = {
  name: 'grace',
  words: ['猶予'],
  label: { ja: '削除までの猶予', en: 'Time before data is erased' },
  hint: { ja: 'この間、お客様は削除を取り消せます。', en: 'Meanwhile the customer can call it back.' },
  choices: [
    { value: '0m', label: { ja: 'なし', en: 'None' } },
    { value: '24h', label: { ja: '24時間', en: '24 hours' } },
    { value: '72h', label: { ja: '3日', en: '3 days' } },
    { value: '7d', label: { ja: '7日', en: '7 days' } }
  ],
  defaultValue: '24h'
}

/** Whether requests for this right are carried out without staff. */
export async function isAutomatic(tx: Tx, right: Right): Promise<boolean> {
  return (await readSetting(tx, MODES[right])).value === 'auto'
}

/** How long from now a request for this right is carried out, as a duration. */
export async function delayOf(tx: Tx, right: Right): Promise<string> {
  return right === 'erase' ? (await readSetting(tx, GRACE)).value : '0m'
}
