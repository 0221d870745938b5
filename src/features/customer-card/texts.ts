import type { Locale } from '../../core/locale.ts'
import type { Stage } from '../events/index.ts'

interface CardTexts {
  readonly help: string
  readonly usage: string
  readonly none: string
  readonly gone: string
  readonly staleButton: string
  readonly noRecord: string
  readonly inThread: (who: string) => string
  readonly title: string
  readonly listTitle: string
  readonly listIntro: string
  readonly listMore: string
  readonly choose: string
  readonly neverSeen: string
  readonly lastSeen: (day: string) => string
  readonly locale: Readonly<Record<Locale, string>>
  readonly since: (day: string) => string
  readonly line: Readonly<Record<'reachable' | 'none', string>> & { readonly blocked: (since: string) => string }
  readonly labels: Readonly<
    Record<
      'stage' | 'rfm' | 'value' | 'rhythm' | 'visits' | 'nps' | 'contacts' | 'source' | 'tags' | 'open' | 'answers',
      string
    >
  >
  readonly labelIdentities: string
  readonly kinds: Readonly<Record<string, string>>
  readonly stages: Readonly<Record<Stage, string>>
  readonly stageSince: (day: string) => string
  readonly noFigures: string
  readonly notRated: string
  readonly rfm: (recency: number, frequency: number, money: number) => string
  readonly value: (days90: string, days365: string, ever: string) => string
  readonly orders: (count: number) => string
  readonly gap: (mean: string, spread: string | undefined) => string
  readonly noGap: string
  readonly away: (days: number) => string
  readonly overdue: (ratio: string) => string
  readonly visits: (count: number) => string
  readonly points: (score: number) => string
  readonly firstTouch: (what: string) => string
  readonly lastTouch: (what: string) => string
  readonly sent: (count: number, clicked: number) => string
  readonly inquiries: (count: number, negatives: number) => string
  readonly nothing: string
  readonly followUp: (number: number) => string
  readonly due: (at: string) => string
  readonly answered: string
  readonly snoozed: (until: string) => string
  readonly assignee: (who: string) => string
  readonly nobody: string
  readonly flow: (name: string, since: string) => string
  readonly stampCard: (number: number, stamps: number, goal: number) => string
  readonly coupons: (count: number) => string
  readonly couponsEnd: (day: string) => string
  readonly resolved: (count: number) => string
  readonly timeline: string
  readonly noEvents: string
  readonly older: string
  readonly newest: string
  readonly viewed: string
  readonly masked: string
  readonly buttons: Readonly<Record<'tag' | 'followUp', string>>
  readonly save: string
  readonly back: string
  readonly close: string
  readonly tagTitle: string
  readonly followUpTitle: string
  readonly followUpSubmit: string
  readonly note: string
  readonly noteHint: string
  readonly noteMissing: string
  readonly priority: string
  readonly priorities: Readonly<Record<'high' | 'normal', string>>
}

const ja: CardTexts = {
  help: 'お客様カード。`/matane customer 佐藤花子` のように、お名前・電話・メール・会員番号・`#812`・クーポン番号・IDの末尾4文字で探せます',
  usage:
    '探し方: `/matane customer 佐藤花子`(お名前は全部)。電話番号、メール、会員番号、`#812`(フォロー番号)、クーポン番号、IDの末尾4文字でも探せます。',
  none: '見つかりませんでした。お名前は姓と名の両方を入れてください。電話番号、メール、会員番号、`#812` でも探せます。',
  gone: 'このお客様の記録は見つかりませんでした。統合されたか、削除された可能性があります。',
  staleButton: 'このボタンは古くなったようです。`/matane customer` からもう一度お試しください。',
  noRecord: 'フォローのカードのスレッドで話しかけてください。そのほかの場所では `/matane customer お名前` で探せます。',
  inThread: (who) => `${who} のカードはこちらから開けます。`,
  title: 'お客様カード',
  listTitle: 'お客様を選ぶ',
  listIntro: '何人か見つかりました。どの方ですか？',
  listMore: 'ほかにもいらっしゃいます。電話番号や会員番号で探すと絞り込めます。',
  choose: '開く',
  neverSeen: 'ご利用の記録はまだありません',
  lastSeen: (day) => `最終利用 ${day}`,
  locale: { ja: '日本語', en: '英語' },
  since: (day) => `${day} から`,
  line: {
    reachable: '✅ LINEで届きます',
    none: 'LINEはつながっていません',
    blocked: (since) => `⚠️ LINEをブロック中(${since} から)`
  },
  labels: {
    stage: '段階',
    rfm: 'RFM(5が最高)',
    value: 'ご利用額',
    rhythm: '来店リズム',
    visits: '来店',
    nps: 'NPS',
    contacts: 'やりとり',
    source: 'きっかけ',
    tags: 'タグ',
    open: '進行中',
    answers: '最近の回答'
  },
  labelIdentities: '連絡先・会員番号',
  kinds: { email: 'メール', phone: '電話', pos: '会員番号', ec: 'ECのID', app: 'アプリのID', anonymous: 'ブラウザ' },
  stages: {
    new: '🌱 新規',
    onboarding: '🌿 定着中',
    active: '☀️ 利用中',
    loyal: '💎 常連',
    slipping: '🍂 離れ気味',
    dormant: '💤 休眠',
    lost: '🕳 離脱',
    returned: '🎉 復帰'
  },
  stageSince: (day) => `${day} から`,
  noFigures: '来店・購入の記録はまだありません',
  notRated: 'まだ評価がありません',
  rfm: (recency, frequency, money) => `R${recency} ・ F${frequency} ・ M${money}`,
  value: (days90, days365, ever) => `90日 ${days90} ・ 365日 ${days365} ・ 累計 ${ever}`,
  orders: (count) => `(購入 ${count} 件)`,
  gap: (mean, spread) => `平均 ${mean} 日${spread === undefined ? '' : ` ± ${spread}`}おき`,
  noGap: '間隔はまだわかりません',
  away: (days) => (days === 0 ? '今日ご利用' : `前回から ${days} 日`),
  overdue: (ratio) => `(いつもの ${ratio} 倍)`,
  visits: (count) => `${count} 回`,
  points: (score) => `${score}点`,
  firstTouch: (what) => `最初 ${what}`,
  lastTouch: (what) => `最近 ${what}`,
  sent: (count, clicked) => `送信 ${count} ・ クリック ${clicked}`,
  inquiries: (count, negatives) => `問い合わせ ${count}${negatives > 0 ? ` ・ ご不満 ${negatives}` : ''}`,
  nothing: 'なし',
  followUp: (number) => `フォロー #${number}`,
  due: (at) => `初回応答期限 ${at}`,
  answered: '応答済み',
  snoozed: (until) => `💤 ${until} まで`,
  assignee: (who) => `担当 ${who}`,
  nobody: '担当 未定',
  flow: (name, since) => `アンケート・シナリオ「${name}」(${since} から)`,
  stampCard: (number, stamps, goal) => `スタンプカード ${number}枚目 ${stamps} / ${goal}`,
  coupons: (count) => `使えるクーポン ${count} 枚`,
  couponsEnd: (day) => `(最短 ${day} まで)`,
  resolved: (count) => `これまでのフォロー ${count} 件`,
  timeline: 'これまでのこと',
  noEvents: '記録はまだありません。',
  older: '以前の記録',
  newest: '最新に戻る',
  viewed: 'このカードを見たことは記録されます',
  masked: '閲覧者には、お名前の一部・連絡先・お客様の言葉は表示されません',
  buttons: { tag: '🏷 タグ', followUp: '🙋 フォローを開く' },
  save: '保存する',
  back: '戻る',
  close: '閉じる',
  tagTitle: 'お客様のタグ',
  followUpTitle: 'フォローを開く',
  followUpSubmit: '開く',
  note: '気づいたこと',
  noteHint: 'なぜフォローが必要か。アラートのカードに載り、お客様には届きません。',
  noteMissing: '気づいたことを書いてください。',
  priority: '急ぎ具合',
  priorities: { high: '🔴 要対応(24時間以内)', normal: '🟡 要確認(3日以内)' }
}

const en: CardTexts = {
  help: 'A customer’s card. Find them by full name, phone, e-mail, member number, `#812`, coupon serial or the last 4 characters of their id: `/matane customer Emma Wilson`',
  usage:
    'Use: `/matane customer Emma Wilson` (the full name). A phone number, an e-mail, a member number, `#812` (a follow-up), a coupon’s serial or the last 4 characters of an id work as well.',
  none: 'Nobody was found. Names must be given in full. You can also try a phone number, an e-mail, a member number or `#812`.',
  gone: 'There is no record of this customer. It may have been merged or erased.',
  staleButton: 'This button seems to be out of date. Please start again with `/matane customer`.',
  noRecord: 'Talk to me in the thread of a follow-up card. Elsewhere, `/matane customer <name>` finds customers.',
  inThread: (who) => `Here you can open the card of ${who}.`,
  title: 'Customer card',
  listTitle: 'Choose a customer',
  listIntro: 'Several were found. Who is it?',
  listMore: 'There are more. A phone or member number finds them exactly.',
  choose: 'Open',
  neverSeen: 'nothing on record yet',
  lastSeen: (day) => `last seen ${day}`,
  locale: { ja: 'Japanese', en: 'English' },
  since: (day) => `since ${day}`,
  line: {
    reachable: '✅ Reachable on LINE',
    none: 'Not connected on LINE',
    blocked: (since) => `⚠️ Blocks us on LINE (since ${since})`
  },
  labels: {
    stage: 'Stage',
    rfm: 'RFM (5 is best)',
    value: 'Value',
    rhythm: 'Rhythm',
    visits: 'Visits',
    nps: 'NPS',
    contacts: 'Contacts',
    source: 'Came through',
    tags: 'Tags',
    open: 'Under way',
    answers: 'Latest answers'
  },
  labelIdentities: 'Contacts and member numbers',
  kinds: { email: 'E-mail', phone: 'Phone', pos: 'Member no', ec: 'Shop id', app: 'App id', anonymous: 'Browser' },
  stages: {
    new: '🌱 New',
    onboarding: '🌿 Settling in',
    active: '☀️ Active',
    loyal: '💎 Loyal',
    slipping: '🍂 Slipping',
    dormant: '💤 Dormant',
    lost: '🕳 Lost',
    returned: '🎉 Returned'
  },
  stageSince: (day) => `since ${day}`,
  noFigures: 'No visit or order on record yet',
  notRated: 'not rated yet',
  rfm: (recency, frequency, money) => `R${recency} · F${frequency} · M${money}`,
  value: (days90, days365, ever) => `90 d ${days90} · 365 d ${days365} · ever ${ever}`,
  orders: (count) => ` (${count === 1 ? '1 order' : `${count} orders`})`,
  gap: (mean, spread) => `every ${mean}${spread === undefined ? '' : ` ± ${spread}`} days`,
  noGap: 'no rhythm known yet',
  away: (days) => (days === 0 ? 'here today' : `${days} days since the last time`),
  overdue: (ratio) => ` (${ratio} × the usual)`,
  visits: (count) => (count === 1 ? '1 visit' : `${count} visits`),
  points: (score) => `${score}`,
  firstTouch: (what) => `first ${what}`,
  lastTouch: (what) => `last ${what}`,
  sent: (count, clicked) => `${count} sent · ${clicked} clicked`,
  inquiries: (count, negatives) =>
    `${count === 1 ? '1 inquiry' : `${count} inquiries`}${negatives > 0 ? ` · ${negatives} negative` : ''}`,
  nothing: 'none',
  followUp: (number) => `Follow-up #${number}`,
  due: (at) => `first answer due ${at}`,
  answered: 'answered',
  snoozed: (until) => `💤 until ${until}`,
  assignee: (who) => `assignee ${who}`,
  nobody: 'no assignee yet',
  flow: (name, since) => `Survey or scenario “${name}” (since ${since})`,
  stampCard: (number, stamps, goal) => `Stamp card no. ${number}: ${stamps} / ${goal}`,
  coupons: (count) => (count === 1 ? '1 coupon to use' : `${count} coupons to use`),
  couponsEnd: (day) => ` (the first until ${day})`,
  resolved: (count) => (count === 1 ? '1 earlier follow-up' : `${count} earlier follow-ups`),
  timeline: 'What happened',
  noEvents: 'Nothing on record yet.',
  older: 'Older',
  newest: 'Back to the newest',
  viewed: 'That you saw this card is on record',
  masked: 'Viewers see no full names, contacts or words of customers',
  buttons: { tag: '🏷 Tags', followUp: '🙋 Open a follow-up' },
  save: 'Save',
  back: 'Back',
  close: 'Close',
  tagTitle: 'Tags',
  followUpTitle: 'Open a follow-up',
  followUpSubmit: 'Open',
  note: 'What you noticed',
  noteHint: 'Why somebody should look after them. Stands on the alert card; the customer never sees it.',
  noteMissing: 'Please write what you noticed.',
  priority: 'How urgent',
  priorities: { high: '🔴 Needs us (within 24 hours)', normal: '🟡 To check (within 3 days)' }
}

/** What staff read on a customer's card and around it, in their own language. */
export const TEXTS: Readonly<Record<Locale, CardTexts>> = { ja, en }
