import { formatYen } from '../../core/money.ts'
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

const yen = (amount: string) => ({
  value: amount,
  label: { ja: formatYen(Number(amount)), en: formatYen(Number(amount)) }
})

/** What coupons may cost in all that cs staff give of their own accord in a month. */
export const GOODWILL_BUDGET: Setting = {
  name: 'goodwill',
  words: ['お詫び', 'お詫び予算', 'クーポン予算'],
  label: { ja: 'CS担当が渡せるクーポンの予算（月）', en: 'Coupons that cs staff may give, a month' },
  hint: {
    ja: 'お客様カードから渡すクーポンの費用の合計です（CS担当全員で）。マネージャーには上限がありません。',
    en: 'What coupons given from customer cards may cost, of all cs staff together. Managers have no limit.'
  },
  choices: ['0', '10000', '30000', '50000', '100000', '300000'].map(yen),
  defaultValue: '30000'
}

/** Until when a use that was recorded at an instant can be undone. */
export async function undoableUntil(tx: Tx, recordedAt: Date): Promise<Date> {
  return addDuration(recordedAt, (await readSetting(tx, UNDO_WITHIN)).value)
}
