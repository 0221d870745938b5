import type { Locale, LocaleText } from '../../../core/locale.ts'

interface PageTexts {
  readonly title: string
  readonly intro: string
  readonly open: string
  readonly asOf: (at: string) => string
  readonly complete: string
  readonly save: string
  readonly missingTitle: string
  readonly missing: string
}

export const TEXTS: Readonly<Record<Locale, PageTexts>> = {
  ja: {
    title: 'お預かりしているあなたの情報',
    intro: 'お店がお預かりしている、あなたについてのすべての情報を表示します。ほかの人がいない場所で開いてください。',
    open: '表示する',
    asOf: (at) => `${at} 現在`,
    complete: 'お預かりしている情報のすべてです。訂正や削除をご希望のときは、LINEのトークで「設定」とお送りください。',
    save: 'ファイル(JSON)で保存する',
    missingTitle: 'このページは開けません',
    missing:
      '期限が切れたか、アドレスが正しくありません。LINEのトークで「設定」とお送りになり、もう一度お受け取りください。'
  },
  en: {
    title: 'What we keep about you',
    intro: 'This shows everything that the shop keeps about you. Open it where nobody else looks on.',
    open: 'Show it',
    asOf: (at) => `As of ${at}`,
    complete: 'This is all that is kept. To have it corrected or erased, send “Settings” in our LINE chat.',
    save: 'Save as a file (JSON)',
    missingTitle: 'This page can’t be opened',
    missing: 'Its time is up, or its address is wrong. Send “settings” in our LINE chat to get a new one.'
  }
}

/** What the tables are called, in the order in which they are shown. */
export const TABLES: Readonly<Record<string, LocaleText>> = {
  customer: { ja: 'あなた', en: 'You' },
  identity: { ja: '連携しているアカウント', en: 'Your accounts' },
  customer_attribute: { ja: 'プロフィール', en: 'Profile' },
  consent: { ja: '同意', en: 'Consent' },
  customer_tag: { ja: 'タグ', en: 'Tags' },
  customer_stats: { ja: 'ご利用のまとめ', en: 'Your visits and orders in figures' },
  stamp_card: { ja: 'スタンプカード', en: 'Stamp cards' },
  stamp: { ja: 'スタンプ', en: 'Stamps' },
  coupon_grant: { ja: 'クーポン', en: 'Coupons' },
  survey_response: { ja: 'アンケート', en: 'Surveys' },
  survey_answer: { ja: 'アンケートの回答', en: 'Your answers' },
  inbox: { ja: '最近お送りいただいたメッセージ', en: 'What you wrote lately' },
  hook: { ja: '店舗の他のシステムから届いたもの', en: 'What other systems of the shop sent' },
  outbox: { ja: '最近お送りしたメッセージ', en: 'What we wrote lately' },
  follow_up: { ja: 'スタッフの対応', en: 'What staff looked after' },
  follow_up_reason: { ja: '対応の理由', en: 'Why they did' },
  follow_up_activity: { ja: '対応の内容', en: 'What they did' },
  event: { ja: '行動ログ', en: 'What happened' },
  customer_day: { ja: '日ごとの記録', en: 'Day by day' },
  stage_change: { ja: 'ご利用状況の変化', en: 'How your use changed' },
  flow_run: { ja: 'アンケート・ご案内の進み', en: 'Surveys and guidance under way' },
  tracked_link: { ja: 'お送りしたリンク', en: 'Links we sent' },
  likely_duplicate: { ja: '同じ方かもしれない記録', en: 'Records that may be yours too' },
  timer: { ja: '予定', en: 'Planned' },
  privacy_link: { ja: '開示のリンク', en: 'Links to this page' },
  audit: { ja: 'この情報の取り扱いの記録', en: 'Who dealt with this data' }
}

/** What fields are called; others show under their own names. */
export const FIELDS: Readonly<Record<string, LocaleText>> = {
  name: { ja: '名前', en: 'Name' },
  locale: { ja: '言語', en: 'Language' },
  created_at: { ja: '作成', en: 'Since' },
  at: { ja: '日時', en: 'When' },
  channel: { ja: '種類', en: 'Kind' },
  external: { ja: 'ID', en: 'Id' },
  value: { ja: '値', en: 'Value' },
  tag: { ja: 'タグ', en: 'Tag' },
  added_at: { ja: '追加', en: 'Added' },
  visits: { ja: '来店', en: 'Visits' },
  orders: { ja: '購入', en: 'Orders' },
  amount_yen: { ja: '金額(円)', en: 'Amount (¥)' },
  shop: { ja: '店舗', en: 'Shop' },
  granted_at: { ja: '日時', en: 'When' },
  voided_at: { ja: '取り消し', en: 'Voided' },
  void_reason: { ja: '取り消しの理由', en: 'Why it was voided' },
  started_at: { ja: '開始', en: 'Began' },
  expires_at: { ja: '有効期限', en: 'Ends' },
  completed_at: { ja: '達成', en: 'Completed' },
  serial: { ja: '番号', en: 'Number' },
  coupon: { ja: 'クーポン', en: 'Coupon' },
  survey: { ja: 'アンケート', en: 'Survey' },
  question: { ja: '質問', en: 'Question' },
  number: { ja: '数値', en: 'Number' },
  score: { ja: '点数', en: 'Score' },
  text: { ja: '内容', en: 'Text' },
  words: { ja: '内容', en: 'Words' },
  note: { ja: 'メモ', en: 'Note' },
  detail: { ja: '内容', en: 'Detail' },
  answered_at: { ja: '日時', en: 'When' },
  occurred_at: { ja: '日時', en: 'When' },
  message: { ja: '内容', en: 'Message' },
  messages: { ja: '内容', en: 'Messages' },
  action: { ja: '操作', en: 'What was done' },
  kind: { ja: '種類', en: 'Kind' },
  reason: { ja: '理由', en: 'Reason' },
  day: { ja: '日', en: 'Day' },
  stage: { ja: '状況', en: 'Stage' },
  source: { ja: '出どころ', en: 'Source' },
  target: { ja: 'リンク先', en: 'Leads to' },
  clicked_at: { ja: '開いた日時', en: 'Opened' },
  properties: { ja: '内容', en: 'Details' }
}
