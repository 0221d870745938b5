import type { Locale } from '../../../core/locale.ts'

interface CouponTexts {
  readonly validUntil: string
  readonly noEnd: string
  readonly showCard: string
  readonly cardWord: string
  readonly coupon: string
  readonly serial: string
  readonly couponGranted: (reward: string) => string
  readonly couponCount: (count: number) => string
  readonly noCoupons: string
}

/** What coupons say to customers. Labels of quick replies have at most 20 characters. */
export const TEXTS: Readonly<Record<Locale, CouponTexts>> = {
  ja: {
    validUntil: '有効期限',
    noEnd: 'なし',
    showCard: 'カードを見る',
    cardWord: 'スタンプ',
    coupon: 'クーポン',
    serial: 'クーポン番号',
    couponGranted: (reward) => `クーポンをお届けします：${reward}`,
    couponCount: (count) => `お使いいただけるクーポンが${count}枚あります`,
    noCoupons: 'いまお使いいただけるクーポンはありません。スタンプカードがたまると、ここに届きます。'
  },
  en: {
    validUntil: 'Valid until',
    noEnd: 'No expiry date',
    showCard: 'Show my card',
    cardWord: 'stamp',
    coupon: 'Coupon',
    serial: 'Coupon number',
    couponGranted: (reward) => `A coupon for you: ${reward}`,
    couponCount: (count) => `You have ${count} ${count === 1 ? 'coupon' : 'coupons'} to use`,
    noCoupons: 'You have no coupons right now. Fill your stamp card and one arrives here.'
  }
}
