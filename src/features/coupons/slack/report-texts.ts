import type { Locale } from '../../../core/locale.ts'

interface ReportTexts {
  readonly help: string
  readonly title: string
  readonly none: string
  readonly more: (count: number) => string
  readonly running: string
  readonly paused: (day: string, by: string) => string
  readonly ended: string
  readonly counts: (granted: number, used: number, rate: string) => string
  readonly rest: (held: number, expired: number, withdrawn: number) => string
  readonly sales: (yen: string) => string
  readonly salesHow: string
  readonly pause: string
  readonly resume: string
  readonly pauseDone: (key: string) => string
  readonly resumeDone: (key: string) => string
  readonly already: (key: string) => string
  readonly create: string
  readonly createTitle: string
  readonly submit: string
  readonly close: string
  readonly created: (key: string) => string
  readonly taken: string
  readonly badNumber: string
  readonly amountMissing: string
  readonly fields: Readonly<Record<CreateField, string>>
  readonly hints: Readonly<Partial<Record<CreateField, string>>>
  readonly gives: Readonly<Record<'text' | 'percent' | 'yen' | 'gift', string>>
}

/** Fields of the form that makes a coupon. */
export const CREATE_FIELDS = [
  ...(['key', 'title_ja', 'title_en', 'note_ja', 'note_en', 'gives', 'amount'] as const),
  ...(['days', 'minimum', 'total', 'per_customer', 'cost', 'budget'] as const)
] as const
export type CreateField = (typeof CREATE_FIELDS)[number]

/** What staff read of all coupons together. */
export const REPORT_TEXTS: Readonly<Record<Locale, ReportTexts>> = {
  ja: {
    help: 'クーポンの一覧（付与・利用・利用率・売上）。マネージャーは作成、一時停止、再開ができます',
    title: '🎟 クーポン',
    none: 'クーポンはまだありません。マネージャーが「新しいクーポン」から、または flows/loyalty/coupons/ のファイルで作れます。',
    more: (count) => `ほかに${count}種類あります。`,
    running: '▶️ 配布中',
    paused: (day, by) => `⏸ 一時停止中（${day} ${by}）`,
    ended: '⏹ 配布していません',
    counts: (granted, used, rate) => `付与 ${granted}枚 ・ 利用 ${used}枚（${rate}）`,
    rest: (held, expired, withdrawn) => `未使用 ${held} ・ 期限切れ ${expired} ・ 取り下げ ${withdrawn}`,
    sales: (yen) => `利用日の売上 ${yen}`,
    salesHow: '利用日の売上: 使ったときに記録したお会計、なければその日のお買い上げの合計です。',
    pause: '一時停止',
    resume: '再開',
    pauseDone: (key) => `「${key}」を一時停止しました。渡されず、使えません。`,
    resumeDone: (key) => `「${key}」を再開しました。`,
    already: (key) => `「${key}」は、すでに切り替えられています。`,
    create: '新しいクーポン',
    createTitle: '新しいクーポン',
    submit: '公開する',
    close: 'やめる',
    created: (key) => `クーポン「${key}」を公開しました。お客様カードやシナリオ（\`do: give\`）から渡せます。`,
    taken: 'この名前のクーポンはもうあります。別の名前にしてください。',
    badNumber: '1以上の整数を入れてください。',
    amountMissing: '何％引き、または何円引きかを入れてください。',
    fields: {
      key: '名前（英小文字・数字・_）',
      title_ja: '内容（日本語）',
      title_en: '内容（英語）',
      note_ja: '条件（日本語）',
      note_en: '条件（英語）',
      gives: '特典',
      amount: '割引（％または円）',
      days: '有効日数',
      minimum: 'お会計の下限（円）',
      total: '全体で使える回数',
      per_customer: 'おひとりの枚数',
      cost: '1回の費用（円）',
      budget: '予算（円）'
    },
    hints: {
      key: '例: summer_cake。あとから変えられません。',
      days: '空欄なら期限なし',
      cost: '円引き以外のときの目安。予算と、CS担当が渡せるかどうかに使います。'
    },
    gives: { text: '内容のとおり', percent: '％引き', yen: '円引き', gift: 'プレゼント' }
  },
  en: {
    help: 'all coupons: given, used, rate, sales. Managers make, pause and resume them',
    title: '🎟 Coupons',
    none: 'There are no coupons yet. Managers make one with “New coupon”, or as a file in flows/loyalty/coupons/.',
    more: (count) => `And ${count} more.`,
    running: '▶️ being given',
    paused: (day, by) => `⏸ paused (${day}, ${by})`,
    ended: '⏹ not given any more',
    counts: (granted, used, rate) => `given ${granted} · used ${used} (${rate})`,
    rest: (held, expired, withdrawn) => `not used ${held} · expired ${expired} · withdrawn ${withdrawn}`,
    sales: (yen) => `sales on the day of use ${yen}`,
    salesHow: 'Sales on the day of use: the bill that was recorded with the use, else all that was bought on that day.',
    pause: 'Pause',
    resume: 'Resume',
    pauseDone: (key) => `“${key}” is paused: it is neither given nor taken.`,
    resumeDone: (key) => `“${key}” goes on.`,
    already: (key) => `Somebody switched “${key}” before.`,
    create: 'New coupon',
    createTitle: 'New coupon',
    submit: 'Publish',
    close: 'Cancel',
    created: (key) => `The coupon “${key}” is published. Give it from a customer’s card or a scenario (\`do: give\`).`,
    taken: 'There is a coupon of this name. Please choose another.',
    badNumber: 'Write a whole number from 1 on.',
    amountMissing: 'Write how many percent or yen it takes off.',
    fields: {
      key: 'Name (small letters, digits, _)',
      title_ja: 'What it gives (Japanese)',
      title_en: 'What it gives (English)',
      note_ja: 'Conditions (Japanese)',
      note_en: 'Conditions (English)',
      gives: 'Kind',
      amount: 'Off (percent or yen)',
      days: 'Days it holds',
      minimum: 'Least bill (yen)',
      total: 'Uses in all',
      per_customer: 'For one customer',
      cost: 'Cost of one use (yen)',
      budget: 'Budget (yen)'
    },
    hints: {
      key: 'Such as summer_cake. It stays.',
      days: 'Empty = for ever',
      cost: 'Where it is not yen off: for the budget, and for whether cs staff may give it.'
    },
    gives: { text: 'As described', percent: 'Percent off', yen: 'Yen off', gift: 'A present' }
  }
}
