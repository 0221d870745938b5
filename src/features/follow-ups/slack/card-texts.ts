import type { Locale } from '../../../core/locale.ts'

interface CardTexts {
  readonly state: Readonly<Record<'high' | 'normal' | 'snoozed' | 'resolved', string>>
  readonly why: string
  readonly stake: string
  readonly due: string
  readonly assignee: string
  readonly nobody: string
  readonly tags: string
  readonly noTags: string
  readonly blocked: string
  readonly messages: string
  readonly withdrawn: string
  readonly more: (count: number) => string
  readonly visits: (count: number) => string
  readonly noVisits: string
  readonly lastVisit: (days: number) => string
  readonly since: (day: string) => string
  readonly overdue: string
  readonly answered: (took: string) => string
  readonly snoozedUntil: (at: string) => string
  readonly points: (score: number) => string
  readonly internal: string
  readonly erased: (number: number) => string
  readonly respondedIn: (took: string) => string
  readonly resolvedIn: (took: string) => string
  readonly outcome: (name: string) => string
  readonly buttons: Readonly<Record<'claim' | 'assign' | 'tag' | 'snooze' | 'resolve' | 'reopen', string>>
  readonly snoozes: Readonly<Record<'3h' | 'tomorrow' | '3d' | '1w', string>>
}

export const CARD_TEXTS: Readonly<Record<Locale, CardTexts>> = {
  ja: {
    state: { high: '🔴 要対応', normal: '🟡 要確認', snoozed: '💤 スヌーズ中', resolved: '✅ 解決' },
    why: 'なぜ今か',
    stake: '守りたいもの',
    due: '初回応答期限',
    assignee: '担当',
    nobody: '未定',
    tags: 'タグ',
    noTags: 'なし',
    blocked: '⚠️ LINEをブロック中(メッセージは届きません)',
    messages: '最近のメッセージ',
    withdrawn: '(お客様が送信を取り消しました)',
    more: (count) => `ほか ${count} 件`,
    visits: (count) => `来店 ${count} 回`,
    noVisits: '来店の記録はまだありません',
    lastVisit: (days) => (days === 0 ? '最終来店 今日' : `最終来店 ${days}日前`),
    since: (day) => `初来店 ${day}`,
    overdue: '⚠️ 期限超過',
    answered: (took) => `応答済み(${took})`,
    snoozedUntil: (at) => `💤 ${at} までスヌーズ中です。新しい理由が届くと解除されます。`,
    points: (score) => `${score}点`,
    internal: 'このスレッドの会話はお客様に届きません',
    erased: (number) =>
      `🗑 #${number} お客様のご依頼により、このお客様の情報を消去しました。このスレッドにお名前などを書いた方は、ご自分の投稿を削除してください。`,
    respondedIn: (took) => `初回応答 ${took}`,
    resolvedIn: (took) => `解決 ${took}`,
    outcome: (name) => `結果: ${name}`,
    buttons: {
      claim: '🙋 担当する',
      assign: '担当者を選ぶ',
      tag: '🏷 タグ',
      snooze: '💤 スヌーズ',
      resolve: '✅ 解決',
      reopen: '再オープン'
    },
    snoozes: { '3h': '3時間', tomorrow: '明日 9:00', '3d': '3日', '1w': '1週間' }
  },
  en: {
    state: { high: '🔴 Needs you', normal: '🟡 To check', snoozed: '💤 Snoozed', resolved: '✅ Resolved' },
    why: 'Why now',
    stake: 'At stake',
    due: 'First answer due',
    assignee: 'Assignee',
    nobody: 'nobody yet',
    tags: 'Tags',
    noTags: 'none',
    blocked: '⚠️ Blocks us on LINE (messages do not arrive)',
    messages: 'Latest messages',
    withdrawn: '(unsent by the customer)',
    more: (count) => `${count} more`,
    visits: (count) => (count === 1 ? '1 visit' : `${count} visits`),
    noVisits: 'No visit on record yet',
    lastVisit: (days) => (days === 0 ? 'last visit today' : `last visit ${days} d ago`),
    since: (day) => `since ${day}`,
    overdue: '⚠️ overdue',
    answered: (took) => `answered (${took})`,
    snoozedUntil: (at) => `💤 Snoozed until ${at}. A new reason wakes it.`,
    points: (score) => `${score}`,
    internal: 'What is said in this thread never reaches the customer',
    erased: (number) =>
      `🗑 #${number} Everything about this customer was erased at their request. If you wrote a name or the like in this thread, please delete your message.`,
    respondedIn: (took) => `first answer ${took}`,
    resolvedIn: (took) => `resolved ${took}`,
    outcome: (name) => `outcome: ${name}`,
    buttons: {
      claim: '🙋 Claim',
      assign: 'Choose an assignee',
      tag: '🏷 Tags',
      snooze: '💤 Snooze',
      resolve: '✅ Resolve',
      reopen: 'Reopen'
    },
    snoozes: { '3h': '3 hours', tomorrow: 'Tomorrow 9:00', '3d': '3 days', '1w': '1 week' }
  }
}
