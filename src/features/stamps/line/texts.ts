import type { Locale } from '../../../core/locale.ts'

interface StampTexts {
  readonly toGo: (count: number) => string
  readonly complete: string
  readonly thanks: (shop: string) => string
  readonly doubled: (stamps: number) => string
  readonly stamped: (shop: string, stamps: number, count: string) => string
  readonly halfway: string
  readonly present: string
  readonly presented: (count: string) => string
  readonly fromStaff: string
  readonly givenByStaff: (count: string) => string
  readonly full: string
  readonly validUntil: string
  readonly noEnd: string
  readonly shops: string
  readonly comma: string
  readonly scan: string
  readonly howToType: string
  readonly showCard: string
  readonly showCoupons: string
  readonly cardWord: string
  readonly couponWord: string
  readonly expiredCard: string
  readonly nextCard: string
  readonly garbled: string
  readonly unknown_shop: string
  readonly forged: string
  readonly future: string
  readonly expired: string
  readonly used: string
  readonly tooSoon: (when: string) => string
  readonly no_programme: string
  readonly not_here: string
}

/** What stamp cards say to customers. Labels of quick replies have at most 20 characters. */
export const TEXTS: Readonly<Record<Locale, StampTexts>> = {
  ja: {
    toGo: (count) => `あと${count}個で`,
    complete: 'たまりました！',
    thanks: (shop) => `${shop}へのご来店ありがとうございます。`,
    doubled: (stamps) => `今日は${stamps}倍の日です。スタンプを${stamps}個押しました。`,
    stamped: (shop, stamps, count) => `${shop}でスタンプを${stamps}個押しました（${count}）`,
    halfway: 'ここまでのごほうびをお届けします。',
    present: 'スタンプを1個プレゼントします。',
    presented: (count) => `スタンプを1個プレゼントします（${count}）`,
    fromStaff: 'スタッフがスタンプを1個お付けしました。',
    givenByStaff: (count) => `スタッフがスタンプを1個お付けしました（${count}）`,
    full: 'スタンプがすべてたまりました。おめでとうございます！',
    validUntil: '有効期限',
    noEnd: 'なし',
    shops: '使えるお店',
    comma: '・',
    scan: 'QRコードを読み取る',
    howToType: 'レジの画面のQRコードを読み取るか、表示されている文字をこのトークに送ると、スタンプを押せます。',
    showCard: 'カードを見る',
    showCoupons: 'クーポンを見る',
    cardWord: 'スタンプ',
    couponWord: 'クーポン',
    expiredCard: '前のカードは有効期限が過ぎたため、新しいカードになりました。',
    nextCard: '次のカードもご用意しました。またのご来店をお待ちしています。',
    garbled:
      'コードを読み取れませんでした。レジの画面のQRコードをもう一度読み取るか、表示されている文字をそのまま送ってください。',
    unknown_shop: 'このコードのお店が見つかりませんでした。レジの画面のQRコードをもう一度読み取ってください。',
    forged: 'このコードは確認できませんでした。レジの画面に今表示されているQRコードを読み取ってください。',
    future: 'このコードはまだ使えません。少し待ってから、レジの画面のQRコードをもう一度読み取ってください。',
    expired: 'コードの有効時間が過ぎていました。レジの画面に今表示されているQRコードを読み取ってください。',
    used: 'このコードのスタンプは、もう押してあります。次のご来店のときに、新しいコードを読み取ってください。',
    tooSoon: (when) => `今回のご来店のスタンプは、もう押してあります。次のスタンプは${when}から押せます。`,
    no_programme: 'スタンプカードは、ただいまお休みしています。お手数ですが、お店のスタッフにお尋ねください。',
    not_here: 'このお店では、スタンプカードをご利用いただけません。スタンプを押せるお店は、カードに書いてあります。'
  },
  en: {
    toGo: (count) => `${count} more ${count === 1 ? 'stamp' : 'stamps'} to go:`,
    complete: 'Complete!',
    thanks: (shop) => `Thank you for visiting ${shop}.`,
    doubled: (stamps) => `Today every visit counts ${stamps} times: here are ${stamps} stamps.`,
    stamped: (shop, stamps, count) => `${stamps === 1 ? 'One stamp' : `${stamps} stamps`} at ${shop} (${count})`,
    halfway: 'Here is your reward for coming this far.',
    present: 'A stamp for you, as a present.',
    presented: (count) => `A stamp for you, as a present (${count})`,
    fromStaff: 'Our staff gave you a stamp.',
    givenByStaff: (count) => `Our staff gave you a stamp (${count})`,
    full: 'Your card is full. Congratulations!',
    validUntil: 'Valid until',
    noEnd: 'No expiry date',
    shops: 'At',
    comma: ', ',
    scan: 'Scan the QR code',
    howToType: 'To get a stamp, scan the QR code at the counter, or send the code shown below it here.',
    showCard: 'Show my card',
    showCoupons: 'Show my coupons',
    cardWord: 'stamp',
    couponWord: 'coupon',
    expiredCard: 'Your last card ran out, so this is a new one.',
    nextCard: 'Here is your next card. See you again soon.',
    garbled:
      'I could not read that code. Please scan the QR code at the counter again, or send the code exactly as shown.',
    unknown_shop: 'I could not find the shop of this code. Please scan the QR code at the counter again.',
    forged: 'I could not verify this code. Please scan the QR code that the counter shows right now.',
    future: 'This code is not valid yet. Please wait a moment and scan the QR code at the counter again.',
    expired: 'This code has run out. Please scan the QR code that the counter shows right now.',
    used: 'You already have the stamp for this code. On your next visit, please scan a new one.',
    tooSoon: (when) => `You already have the stamp for this visit. The next one is possible from ${when}.`,
    no_programme: 'Our stamp card is taking a break. Please ask our staff.',
    not_here: 'There is no stamp card at this shop. Your card says where you can get stamps.'
  }
}
