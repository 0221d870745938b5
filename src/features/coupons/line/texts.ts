import type { Locale } from '../../../core/locale.ts'
import type { UseRefusal } from '../why-not.ts'

interface CouponTexts {
  readonly validUntil: string
  readonly noEnd: string
  readonly period: (from: string, until: string) => string
  readonly showCard: string
  readonly cardWord: string
  readonly showCoupons: string
  readonly couponWord: string
  readonly coupon: string
  readonly serial: string
  readonly gives: string
  readonly percent: (percent: number) => string
  readonly yen: (amount: string) => string
  readonly minimum: string
  readonly from: (amount: string) => string
  readonly shops: string
  readonly otherShops: (count: number) => string
  readonly couponGranted: (reward: string) => string
  readonly couponCount: (count: number) => string
  readonly noCoupons: string
  readonly noMore: string
  readonly more: string
  readonly use: string
  readonly asked: (title: string) => string
  readonly atCounter: string
  readonly howToUse: string
  readonly scan: string
  readonly call: string
  readonly stop: string
  readonly stopped: string
  readonly badCode: string
  readonly usedTitle: string
  readonly usedAlt: (title: string, when: string) => string
  readonly thanks: string
  readonly called: string
  readonly stampToo: string
  readonly returned: (title: string) => string
  readonly refusals: Refusals
}

type Plain = Exclude<UseRefusal['kind'], 'used' | 'expired' | 'not_yet' | 'other_shop'>
type Refusals = Readonly<Record<Plain, string>> & {
  readonly used: (when: string, shop: string | undefined) => string
  readonly expired: (day: string) => string
  readonly not_yet: (day: string) => string
  readonly other_shop: (shops: string) => string
}

/** What coupons say to customers. Labels of quick replies have at most 20 characters. */
export const TEXTS: Readonly<Record<Locale, CouponTexts>> = {
  ja: {
    validUntil: '有効期限',
    noEnd: 'なし',
    period: (from, until) => `${from}〜${until}`,
    showCard: 'カードを見る',
    cardWord: 'スタンプ',
    showCoupons: 'クーポンを見る',
    couponWord: 'クーポン',
    coupon: 'クーポン',
    serial: 'クーポン番号',
    gives: '特典',
    percent: (percent) => `${percent}%引き`,
    yen: (amount) => `${amount}引き`,
    minimum: 'お会計',
    from: (amount) => `${amount}以上`,
    shops: '使えるお店',
    otherShops: (count) => `ほか${count}店`,
    couponGranted: (reward) => `クーポンをお届けします：${reward}`,
    couponCount: (count) => `お使いいただけるクーポンが${count}枚あります`,
    noCoupons: 'いまお使いいただけるクーポンはありません。スタンプカードがたまると、ここに届きます。',
    noMore: 'クーポンは以上です。',
    more: '続きを見る',
    use: '使う',
    asked: (title) => `クーポンを使う：${title}`,
    atCounter: 'いま、レジにいらっしゃいますか？',
    howToUse:
      'お会計のときに、この画面をスタッフにお見せください。レジの画面のQRコードを読み取って送信すると、使用済みになります。一度使うと、もう一度は使えません。',
    scan: 'QRコードを読み取る',
    call: 'スタッフに確認を頼む',
    stop: 'あとで使う',
    stopped: '承知しました。クーポンはそのまま、期限までお使いいただけます。',
    badCode:
      'コードを確認できませんでした。クーポンはまだ使われていません。レジの画面に今表示されているQRコードを読み取ってください。',
    usedTitle: '使用済み',
    usedAlt: (title, when) => `クーポンを使いました：${title}（${when}）`,
    called: 'スタッフに確認をお願いしました。この画面のままお待ちください。確認が済むと、使用済みの画面が届きます。',
    thanks: 'ご利用ありがとうございます。この画面をスタッフにお見せください。',
    stampToo: 'スタンプも押す',
    returned: (title) => `ご利用を取り消し、クーポン「${title}」をお戻ししました。またお使いいただけます。`,
    refusals: {
      unknown: 'このクーポンは、お客様のクーポンの中に見つかりませんでした。お持ちのクーポンをご確認ください。',
      used: (when, shop) =>
        `このクーポンは、${when}に${shop ? `${shop}で` : ''}お使いいただきました。ありがとうございます。`,
      withdrawn: 'このクーポンは、お使いいただけなくなりました。お手数ですが、お店のスタッフにお尋ねください。',
      expired: (day) => `このクーポンの有効期限は${day}まででした。お持ちのほかのクーポンをご確認ください。`,
      not_yet: (day) => `このクーポンは${day}からお使いいただけます。もう少しお待ちください。`,
      other_shop: (shops) => `このクーポンは、こちらのお店ではお使いいただけません。使えるお店：${shops}`,
      paused: 'このクーポンは、ただいま一時的にお使いいただけません。お手数ですが、お店のスタッフにお尋ねください。',
      enough: 'このクーポンは、おひとり様のご利用回数に達しました。お持ちのほかのクーポンをご確認ください。',
      used_up: '申し訳ありません。このクーポンは予定数に達したため、ご利用を終了しました。'
    }
  },
  en: {
    validUntil: 'Valid until',
    noEnd: 'No expiry date',
    period: (from, until) => `${from} – ${until}`,
    showCard: 'Show my card',
    cardWord: 'stamp',
    showCoupons: 'Show my coupons',
    couponWord: 'coupon',
    coupon: 'Coupon',
    serial: 'Coupon number',
    gives: 'You get',
    percent: (percent) => `${percent}% off`,
    yen: (amount) => `${amount} off`,
    minimum: 'Bill',
    from: (amount) => `${amount} or more`,
    shops: 'Shops',
    otherShops: (count) => ` and ${count} more`,
    couponGranted: (reward) => `A coupon for you: ${reward}`,
    couponCount: (count) => `You have ${count} ${count === 1 ? 'coupon' : 'coupons'} to use`,
    noCoupons: 'You have no coupons right now. Fill your stamp card and one arrives here.',
    noMore: 'That was the last of your coupons.',
    more: 'Show more',
    use: 'Use',
    asked: (title) => `Use this coupon: ${title}`,
    atCounter: 'Are you at the counter now?',
    howToUse:
      'Show this screen to our staff when you pay. Scan the QR code at the counter and send it, and the coupon is used. It can be used once only.',
    scan: 'Scan the QR code',
    call: 'Ask our staff',
    stop: 'Use it later',
    stopped: 'All right. The coupon stays yours until it ends.',
    badCode:
      'I could not verify this code, so your coupon is not used yet. Please scan the QR code that the counter shows right now.',
    usedTitle: 'Used',
    usedAlt: (title, when) => `Coupon used: ${title} (${when})`,
    called: 'I have asked our staff. Please wait a moment: you will see it here once the coupon is used.',
    thanks: 'Thank you. Please show this screen to our staff.',
    stampToo: 'Get a stamp, too',
    returned: (title) => `The use was undone, and the coupon “${title}” is yours again.`,
    refusals: {
      unknown: 'I could not find this coupon among yours. Please look at the coupons you have.',
      used: (when, shop) => `This coupon was used on ${when}${shop ? ` at ${shop}` : ''}. Thank you.`,
      withdrawn: 'This coupon can no longer be used. Please ask our staff.',
      expired: (day) => `This coupon was valid until ${day}. Please look at the other coupons you have.`,
      not_yet: (day) => `This coupon can be used from ${day} on. Please wait a little longer.`,
      other_shop: (shops) => `This coupon cannot be used at this shop. It can be used at: ${shops}`,
      paused: 'This coupon cannot be used for the moment. Please ask our staff.',
      enough: 'You have used this coupon as often as one customer may. Please look at the other coupons you have.',
      used_up: 'We are sorry: this coupon was so popular that none of it is left.'
    }
  }
}
