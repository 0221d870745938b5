import { addDuration } from '../../core/time.ts'
import type { Tx } from '../../platform/db/index.ts'
import { readSetting, type Setting } from '../../platform/settings/index.ts'

const minutes = (count: number) => ({ ja: `${count}分`, en: `${count} minutes` })

/** How long staff can undo the use of a coupon. */
export const UNDO_WITHIN: Setting<'5m' | '15m' | '30m' | '60m'> = {
  name: 'coupon-undo',
  words: ['クーポン取り消し', 'クーポン取消'],
  label: { ja: 'クーポンの利用を取り消せる時間', en: 'How long the use of a coupon can be undone' },
  hint: {
    ja: '使用済みにしてから、スタッフが理由を書いて元に戻せる時間です。',
    en: 'From when it was recorded; staff undo it with a reason.'
  },
  choices: [
    { value: '5m', label: minutes(5) },
    { value: '15m', label: minutes(15) },
    { value: '30m', label: minutes(30) },
    { value: '60m', label: minutes(60) }
  ],
  defaultValue: '15m'
}

/** Until when a use that was recorded at an instant can be undone. */
export async function undoableUntil(tx: Tx, recordedAt: Date): Promise<Date> {
  return addDuration(recordedAt, (await readSetting(tx, UNDO_WITHIN)).value)
}
