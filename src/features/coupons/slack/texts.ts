import type { Locale } from '../../../core/locale.ts'

interface StaffTexts {
  readonly card: string
  readonly cardHow: string
  readonly calledAgain: string
  readonly erased: string
  readonly coupons: string
  readonly close: string
  readonly back: string
  readonly none: string
  readonly gone: string
  readonly serial: string
  readonly until: (day: string) => string
  readonly from: (day: string) => string
  readonly noEnd: string
  readonly states: { readonly held: string; readonly withdrawn: string; readonly expired: string }
  readonly used: (when: string, shop: string, by: string) => string
  readonly byCode: string
  readonly late: string
  readonly anyShop: string
  readonly use: string
  readonly undo: string
  readonly withdraw: string
  readonly give: string
  readonly useTitle: string
  readonly shop: string
  readonly chooseShop: string
  readonly when: string
  readonly times: { readonly now: string; readonly today: string; readonly yesterday: string }
  readonly amount: string
  readonly amountHint: string
  readonly badAmount: string
  readonly reason: string
  readonly reasonHint: string
  readonly reasonMissing: string
  readonly undoTitle: string
  readonly withdrawTitle: string
  readonly giveTitle: string
  readonly chooseCoupon: string
  readonly noCoupons: string
  readonly send: string
  readonly done: string
  readonly cost: (yen: string) => string
  readonly noCost: string
  readonly refusals: {
    readonly unknown: string
    readonly used: (when: string, shop: string) => string
    readonly expired: (day: string) => string
    readonly not_yet: (day: string) => string
    readonly other_shop: (shops: string) => string
    readonly withdrawn: string
    readonly paused: string
    readonly enough: string
    readonly used_up: string
    readonly not_used: string
    readonly not_held: string
    readonly too_late: (time: string) => string
    readonly no_cost: string
    readonly over_budget: (left: string) => string
    readonly missing: string
    readonly given_enough: string
    readonly given_up: string
  }
}

/** What staff read about coupons: cards in the language of the team, the rest in each person's own. */
export const STAFF_TEXTS: Readonly<Record<Locale, StaffTexts>> = {
  ja: {
    card: '🎟 クーポンの確認をお願いします',
    cardHow:
      'お客様の画面の番号と同じか確かめて、「使用済みにする」を押してください。お客様の画面も使用済みに変わります。',
    calledAgain: '🎟 お客様がもう一度、クーポンの確認を待っています。',
    erased: 'このお客様の情報は消去されました。',
    coupons: '🎟 クーポン',
    close: '閉じる',
    back: '戻る',
    none: 'お使いいただけるクーポンも、使用済みのクーポンもありません。',
    gone: 'このクーポンは見つかりませんでした。お客様カードを開き直してください。',
    serial: '番号',
    until: (day) => `${day}まで`,
    from: (day) => `${day}から`,
    noEnd: '期限なし',
    states: { held: '未使用', withdrawn: '取り下げ済み', expired: '期限切れ' },
    used: (when, shop, by) => `✅ 使用済み ${when} ・ ${shop} ・ ${by}`,
    byCode: 'レジのコードで確認',
    late: '（あとから記録）',
    anyShop: 'お店の指定なし',
    use: '使用済みにする',
    undo: '利用を取り消す',
    withdraw: '取り下げる',
    give: 'クーポンを渡す',
    useTitle: '使用済みにする',
    shop: 'お店',
    chooseShop: 'お店を選ぶ',
    when: 'いつ使いましたか',
    times: { now: 'いま', today: '今日（あとから記録）', yesterday: '昨日（あとから記録）' },
    amount: 'お会計（円）',
    amountHint: 'わかるときだけ。クーポンでの売上として集計します。',
    badAmount: '円の金額を数字で入れてください。例: 1200',
    reason: '理由',
    reasonHint: '操作記録に残ります。',
    reasonMissing: '理由を書いてください。',
    undoTitle: '利用を取り消す',
    withdrawTitle: 'クーポンを取り下げる',
    giveTitle: 'クーポンを渡す',
    chooseCoupon: 'クーポンを選ぶ',
    noCoupons: '渡せるクーポンがまだありません。`/matane coupons` から作れます（マネージャー）。',
    send: '送信',
    done: '記録する',
    cost: (yen) => `費用 ${yen}`,
    noCost: '費用の設定なし',
    refusals: {
      unknown: 'このクーポンは見つかりませんでした。番号をご確認ください。',
      used: (when, shop) => `${when}に${shop}で使用済みです。`,
      expired: (day) => `有効期限は${day}まででした。`,
      not_yet: (day) => `${day}から使えるクーポンです。`,
      other_shop: (shops) => `このお店では使えません。使えるお店: ${shops}`,
      withdrawn: 'このクーポンは取り下げられています。',
      paused: 'このクーポンは一時停止中です。マネージャーが `/matane coupons` で再開できます。',
      enough: 'このお客様は、使える回数に達しています。',
      used_up: '回数または予算の上限に達したため、もう使えません。',
      not_used: 'このクーポンは使用済みではありません。',
      not_held: 'このクーポンは、もう使われたか取り下げられています。',
      too_late: (time) => `取り消せるのは${time}まででした。必要なときは、新しいクーポンをお渡しください。`,
      no_cost: '費用が決まっていないクーポンは、マネージャーだけが渡せます。',
      over_budget: (left) => `今月の予算を超えます（残り ${left}）。マネージャーにご相談ください。`,
      missing: 'このクーポンは、いまは公開されていません。',
      given_enough: 'このお客様には、おひとり分の上限まで渡してあります。',
      given_up: '渡せる枚数の上限に達したか、期間が終わっています。'
    }
  },
  en: {
    card: '🎟 A coupon waits to be confirmed',
    cardHow: 'Compare the number with the customer’s screen, then press “Mark as used”. Their screen changes as well.',
    calledAgain: '🎟 The customer is waiting for the coupon to be confirmed.',
    erased: 'This customer’s data was erased.',
    coupons: '🎟 Coupons',
    close: 'Close',
    back: 'Back',
    none: 'There are no coupons to use, and none that was used.',
    gone: 'I could not find this coupon. Please open the customer’s card again.',
    serial: 'Number',
    until: (day) => `until ${day}`,
    from: (day) => `from ${day}`,
    noEnd: 'no expiry date',
    states: { held: 'not used', withdrawn: 'withdrawn', expired: 'expired' },
    used: (when, shop, by) => `✅ Used ${when} · ${shop} · ${by}`,
    byCode: 'by the counter’s code',
    late: ' (recorded later)',
    anyShop: 'no shop named',
    use: 'Mark as used',
    undo: 'Undo the use',
    withdraw: 'Withdraw',
    give: 'Give a coupon',
    useTitle: 'Mark as used',
    shop: 'Shop',
    chooseShop: 'Choose the shop',
    when: 'When was it used?',
    times: { now: 'Now', today: 'Today (recorded later)', yesterday: 'Yesterday (recorded later)' },
    amount: 'Bill (yen)',
    amountHint: 'If you know it. It counts as sales with this coupon.',
    badAmount: 'Write the amount in yen as a number, such as 1200.',
    reason: 'Reason',
    reasonHint: 'It is kept in the audit log.',
    reasonMissing: 'Please write why.',
    undoTitle: 'Undo the use',
    withdrawTitle: 'Withdraw the coupon',
    giveTitle: 'Give a coupon',
    chooseCoupon: 'Choose a coupon',
    noCoupons: 'There is no coupon to give yet. Managers make one with `/matane coupons`.',
    send: 'Send',
    done: 'Record',
    cost: (yen) => `costs ${yen}`,
    noCost: 'no cost set',
    refusals: {
      unknown: 'I could not find this coupon. Please check the number.',
      used: (when, shop) => `It was used on ${when} at ${shop}.`,
      expired: (day) => `It was valid until ${day}.`,
      not_yet: (day) => `It can be used from ${day} on.`,
      other_shop: (shops) => `This shop does not take it. These do: ${shops}`,
      withdrawn: 'This coupon was withdrawn.',
      paused: 'This coupon is paused. A manager can resume it with `/matane coupons`.',
      enough: 'This customer has used it as often as one may.',
      used_up: 'Its limit or budget is used up.',
      not_used: 'This coupon is not used.',
      not_held: 'This coupon was used or withdrawn before.',
      too_late: (time) => `It could be undone until ${time}. If need be, give a new coupon.`,
      no_cost: 'Only managers give coupons that have no cost set.',
      over_budget: (left) => `This is beyond the month’s budget (${left} left). Please ask a manager.`,
      missing: 'This coupon is not published at the moment.',
      given_enough: 'This customer was given as many as one may have.',
      given_up: 'All of them were given, or its days are over.'
    }
  }
}
