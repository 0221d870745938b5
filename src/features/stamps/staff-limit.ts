import type { Tx } from '../../platform/db/index.ts'
import { readSetting, type Setting } from '../../platform/settings/index.ts'

/** How many stamps each member of staff may give by hand on a business day. */
export const STAFF_LIMIT: Setting<'0' | '5' | '10' | '30'> = {
  name: 'stamps',
  words: ['スタンプ', 'stamp'],
  label: { ja: '担当者が手で押せるスタンプ', en: 'Stamps that staff give by hand' },
  hint: {
    ja: '担当者おひとりが1日に押せる数です。押した人と理由は記録されます。レジのコードで押すスタンプは数えません。',
    en: 'How many each of them may give a day. Who gave one and why is kept. Stamps by a counter’s code do not count.'
  },
  choices: [
    { value: '0', label: { ja: '押せない', en: 'None' } },
    { value: '5', label: { ja: '1日5個まで', en: '5 a day' } },
    { value: '10', label: { ja: '1日10個まで', en: '10 a day' } },
    { value: '30', label: { ja: '1日30個まで', en: '30 a day' } }
  ],
  defaultValue: '10'
}

/** The limit that managers chose. */
export async function staffLimit(tx: Tx): Promise<number> {
  return Number((await readSetting(tx, STAFF_LIMIT)).value)
}
