import type { Tx } from '../../platform/db/index.ts'
import { readSetting, type Setting } from '../../platform/settings/index.ts'
import type { Cap } from './rules/contact.ts'

const CAPS: Readonly<Record<'1-2' | '1-3' | '2-7', Cap>> = {
  '1-2': { perDay: 1, perWeek: 2 },
  '1-3': { perDay: 1, perWeek: 3 },
  '2-7': { perDay: 2, perWeek: 7 }
}

/** How often customers are written to at most. */
export const FREQUENCY_CAP: Setting<keyof typeof CAPS | 'none'> = {
  name: 'cap',
  words: ['頻度', '頻度上限'],
  label: { ja: 'お客様おひとりに送る上限', en: 'How often a customer is written to at most' },
  hint: {
    ja: 'すべてのアンケートとシナリオを合わせた数です。上限に達した分は、送れるときまで待ちます。お客様の操作への返事と、ご利用に必要なお知らせは数えません。',
    en: 'Of all surveys and scenarios together. What is above it waits until it fits. Answers to what customers do, and what they need to use the service, are not held up.'
  },
  choices: [
    { value: '1-2', label: { ja: '1日1回・週2回まで', en: '1 a day, 2 a week' } },
    { value: '1-3', label: { ja: '1日1回・週3回まで', en: '1 a day, 3 a week' } },
    { value: '2-7', label: { ja: '1日2回・週7回まで', en: '2 a day, 7 a week' } },
    { value: 'none', label: { ja: '上限なし', en: 'No limit' } }
  ],
  defaultValue: '1-3'
}

/** The cap that managers chose; undefined = none. */
export async function frequencyCap(tx: Tx): Promise<Cap | undefined> {
  const { value } = await readSetting(tx, FREQUENCY_CAP)
  return value === 'none' ? undefined : CAPS[value]
}
