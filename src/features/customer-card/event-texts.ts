import type { LocaleText } from '../../core/locale.ts'
import type { KnownEvent } from '../events/index.ts'

interface EventText extends LocaleText {
  readonly icon: string
}

/** What the events of the catalogue are called on the timeline. */
export const EVENT_TEXTS: Readonly<Record<KnownEvent, EventText>> = {
  visit: { icon: '🚶', ja: '来店', en: 'Visit' },
  'order.completed': { icon: '🛍', ja: '購入', en: 'Order' },
  'order.refunded': { icon: '↩️', ja: '返金', en: 'Refund' },
  'session.started': { icon: '📱', ja: 'アプリ・サイトの利用', en: 'Used the app or site' },
  'page.viewed': { icon: '🌐', ja: 'ページを閲覧', en: 'Viewed a page' },
  'product.viewed': { icon: '👀', ja: '商品を閲覧', en: 'Viewed a product' },
  'cart.updated': { icon: '🛒', ja: 'カートを変更', en: 'Changed the cart' },
  'cart.abandoned': { icon: '🛒', ja: 'カートに入れたまま', en: 'Left the cart' },
  'feature.used': { icon: '✨', ja: '機能を利用', en: 'Used a feature' },
  'inquiry.opened': { icon: '💬', ja: 'お問い合わせ', en: 'Inquiry' },
  'inquiry.resolved': { icon: '✅', ja: 'お問い合わせが解決', en: 'Inquiry resolved' },
  'feedback.given': { icon: '🗣', ja: 'ご意見', en: 'Feedback' },
  'subscription.started': { icon: '▶️', ja: '定期利用を開始', en: 'Subscription started' },
  'subscription.updated': { icon: '🔧', ja: '定期利用を変更', en: 'Subscription changed' },
  'subscription.cancelled': { icon: '⏹', ja: '定期利用を解約', en: 'Subscription cancelled' },
  'subscription.paid': { icon: '💳', ja: '定期利用のお支払い', en: 'Subscription paid' },
  'subscription.payment_failed': { icon: '⚠️', ja: 'お支払いが失敗', en: 'Payment failed' },
  'message.sent': { icon: '✉️', ja: 'メッセージを送信', en: 'Message sent' },
  'message.delivered': { icon: '✉️', ja: 'メッセージが到着', en: 'Message delivered' },
  'message.opened': { icon: '👀', ja: 'メッセージを開封', en: 'Message opened' },
  'message.clicked': { icon: '👆', ja: 'メッセージのリンクをクリック', en: 'Link in a message clicked' },
  'message.failed': { icon: '⚠️', ja: 'メッセージが届かず', en: 'Message failed' },
  'survey.started': { icon: '📋', ja: 'アンケートを開始', en: 'Survey started' },
  'survey.answered': { icon: '📋', ja: 'アンケートに回答', en: 'Answered a survey' },
  'survey.completed': { icon: '📋', ja: 'アンケートを完了', en: 'Survey completed' },
  'stamp.granted': { icon: '💮', ja: 'スタンプ', en: 'Stamp' },
  'stamp.voided': { icon: '💮', ja: 'スタンプを取り消し', en: 'Stamp voided' },
  'stamp_card.completed': { icon: '🎊', ja: 'スタンプカードが満了', en: 'Stamp card full' },
  'coupon.granted': { icon: '🎟', ja: 'クーポンを進呈', en: 'Coupon given' },
  'coupon.redeemed': { icon: '🎟', ja: 'クーポンを利用', en: 'Coupon used' },
  'coupon.returned': { icon: '🎟', ja: 'クーポンの利用を取り消し', en: 'Coupon use undone' },
  'coupon.expired': { icon: '🎟', ja: 'クーポンが期限切れ', en: 'Coupon expired' },
  'points.spent': { icon: '💰', ja: 'ポイントを利用', en: 'Points spent' },
  'message.withheld': { icon: '🤫', ja: 'メッセージを控えました', en: 'Message held back' },
  'consent.changed': { icon: '📝', ja: '同意を変更', en: 'Consent changed' },
  'rights.requested': { icon: '🔐', ja: '個人情報のご依頼', en: 'Privacy request' },
  'preference.changed': { icon: '🎚', ja: 'お知らせの設定を変更', en: 'Preferences changed' },
  'segment.entered': { icon: '➡️', ja: 'セグメントに入りました', en: 'Entered a segment' },
  'segment.left': { icon: '⬅️', ja: 'セグメントを出ました', en: 'Left a segment' },
  'tier.changed': { icon: '🏅', ja: '会員ランクが変わりました', en: 'Tier changed' },
  'line.followed': { icon: '💚', ja: 'LINEの友だち追加', en: 'Followed on LINE' },
  'line.unfollowed': { icon: '🚫', ja: 'LINEをブロック', en: 'Blocked on LINE' },
  'line.linked': { icon: '🔗', ja: 'LINEと連携', en: 'Linked with LINE' },
  'ref.opened': { icon: '🔗', ja: '紹介リンクを利用', en: 'Used a referral link' },
  'attribution.touched': { icon: '🧭', ja: 'きっかけに接触', en: 'Came through a source' },
  'follow_up.opened': { icon: '🙋', ja: 'フォローを開始', en: 'Follow-up opened' },
  'follow_up.resolved': { icon: '✅', ja: 'フォローを解決', en: 'Follow-up resolved' }
}
