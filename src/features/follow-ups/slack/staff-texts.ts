import type { Locale } from '../../../core/locale.ts'
import { mentionOf } from '../../../platform/slack/index.ts'
import type { NotChanged } from '../change-follow-up.ts'
import type { NotStaff } from './assignment.ts'

interface StaffTexts {
  readonly refused: (why: NotChanged | NotStaff) => string
  readonly noRecord: string
  readonly nobodyNamed: string
  readonly snoozeUnreadable: string
  readonly snoozeTooFar: string
  readonly tagsUnchanged: string
  readonly noOutcome: string
  readonly help: string
  readonly unreadable: string
  readonly resolveTitle: (number: number) => string
  readonly resolveSubmit: string
  readonly tagTitle: (number: number) => string
  readonly tagSubmit: string
  readonly cancel: string
  readonly outcome: string
  readonly note: string
  readonly noteHint: string
}

/** What one staff member reads, in their own language. */
export const STAFF_TEXTS: Readonly<Record<Locale, StaffTexts>> = {
  ja: {
    refused: (why) => {
      switch (why.kind) {
        case 'taken':
          return `すでに ${mentionOf(why.by)} さんが担当しています。引き継ぐ場合は「担当者を選ぶ」でご自分を選んでください。`
        case 'resolved':
          return `この件は${why.by ? ` ${mentionOf(why.by)} さんが` : ''}すでに解決しています。続ける場合は「再オープン」を押してください。`
        case 'still_open':
          return 'この件はまだ解決していません。そのまま対応を続けられます。'
        case 'yours':
          return 'すでにあなたが担当です。このまま対応をお願いします。'
        case 'unchanged':
          return 'すでにその状態です。変更はありません。'
        case 'past':
          return 'その日時は過ぎています。これからの日時を選んでください。'
        case 'gone':
          return 'この件は見つかりませんでした。カードが古い可能性があります。'
        case 'other_open':
          return `このお客様には #${why.number} が開いています。そちらで対応をお願いします。`
        case 'not_staff':
          return `${mentionOf(why.who)} さんは担当になれません。マネージャーが \`/matane staff @名前 cs\` で役割を付けると選べます。`
      }
    },
    noRecord: 'フォローのカードのスレッドで話しかけてください。例: `@matane 担当`',
    nobodyNamed:
      'どなたかを読み取れませんでした。`@` に続けて名前を打つと出る候補から選んでください。例: `@matane 担当 @名前`',
    snoozeUnreadable: 'いつまでかを読み取れませんでした。例: `@matane スヌーズ 3d`、`3時間`、`明日`、`明日 10:30`',
    snoozeTooFar: 'スヌーズは90日までです。もっと短い期間を選んでください。',
    tagsUnchanged: 'タグはすでにその状態です。変更はありません。',
    noOutcome: '結果を選んでください。',
    help: [
      'このスレッドでできること:',
      '• `担当` 自分が担当する / `担当 @名前` 担当者を決める',
      '• `解決 引き留め メモ` 解決する(結果: 引き留め・様子見・離脱・誤検知)',
      '• `タグ VIP 予約` 付ける / `タグ -予約` 外す',
      '• `スヌーズ 3d` あとで(`3時間`、`明日 10:30`、`1週間`)',
      '• `再オープン` もう一度開く',
      '• 「お客様」と書くと、お客様カードを開けます'
    ].join('\n'),
    unreadable: '読み取れませんでした。',
    resolveTitle: (number) => `対応を解決 #${number}`,
    resolveSubmit: '解決する',
    tagTitle: (number) => `タグ #${number}`,
    tagSubmit: '保存する',
    cancel: '戻る',
    outcome: '結果',
    note: 'メモ',
    noteHint: '何をして、どうなったか。お客様には届きません。'
  },
  en: {
    refused: (why) => {
      switch (why.kind) {
        case 'taken':
          return `${mentionOf(why.by)} already has this. To take over, choose yourself as the assignee.`
        case 'resolved':
          return `This has already been resolved${why.by ? ` by ${mentionOf(why.by)}` : ''}. Press "Reopen" to go on.`
        case 'still_open':
          return 'This is still open. You can go on with it.'
        case 'yours':
          return 'This is already yours. Please go on with it.'
        case 'unchanged':
          return 'It is so already. Nothing was changed.'
        case 'past':
          return 'That time is over. Please choose one to come.'
        case 'gone':
          return 'This could not be found. The card may be an old one.'
        case 'other_open':
          return `This customer has #${why.number} open. Please go on there.`
        case 'not_staff':
          return `${mentionOf(why.who)} cannot take follow-ups. A manager can change that with \`/matane staff @name cs\`.`
      }
    },
    noRecord: 'Talk to me in the thread of a follow-up card. For example: `@matane claim`',
    nobodyNamed:
      'I could not tell who. Type `@` and the name, and choose from what Slack suggests. For example: `@matane assign @name`',
    snoozeUnreadable:
      'I could not read until when. For example: `@matane snooze 3d`, `3h`, `tomorrow`, `tomorrow 10:30`',
    snoozeTooFar: 'A snooze lasts 90 days at most. Please choose a shorter one.',
    tagsUnchanged: 'The tags are so already. Nothing was changed.',
    noOutcome: 'Please choose an outcome.',
    help: [
      'What you can do in this thread:',
      '• `claim` take it / `assign @name` give it to someone',
      '• `resolve retained a note` resolve it (retained, watch, lost, false_alarm)',
      '• `tag VIP booking` add / `tag -booking` remove',
      '• `snooze 3d` later (`3h`, `tomorrow 10:30`, `1w`)',
      '• `reopen` open it again',
      '• say “customer” to open the customer’s card'
    ].join('\n'),
    unreadable: 'I could not read that.',
    resolveTitle: (number) => `Resolve #${number}`,
    resolveSubmit: 'Resolve',
    tagTitle: (number) => `Tags #${number}`,
    tagSubmit: 'Save',
    cancel: 'Back',
    outcome: 'Outcome',
    note: 'Note',
    noteHint: 'What you did and what came of it. The customer never sees it.'
  }
}
