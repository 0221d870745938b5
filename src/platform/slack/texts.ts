import type { Locale } from '../../core/locale.ts'
import type { Role } from './handlers.ts'

/** What people call the roles. */
export const ROLE_NAMES = {
  ja: { manager: 'マネージャー', cs: 'CS担当', viewer: '閲覧者' },
  en: { manager: 'manager', cs: 'customer success', viewer: 'viewer' }
} as const satisfies Record<Locale, Record<Role, string>>

/** What the Slack road itself says to staff. */
export interface SlackTexts {
  readonly tryAgain: string
  /** Instead of a form whose work takes longer than Slack waits. */
  readonly working: string
  readonly done: string
  readonly fillInAgain: string
  readonly close: string
  readonly unknownAction: string
  readonly unknownForm: string
  readonly unknownCommand: string
  readonly unknownMention: string
  readonly guest: string
  readonly stranger: string
  readonly sharedChannel: string
  readonly unseenChannel: string
  readonly noRole: string
  roleTooLow(needed: Role): string
  unknownVerb(verb: string): string
  readonly helpTitle: string
  readonly helpInThreads: string
  readonly sharedAlertChannel: string
}

const ja: SlackTexts = {
  tryAgain: 'うまくいきませんでした。お手数ですが、もう一度お試しください。',
  working: '少し時間がかかっています。終わると、この画面でお知らせします。閉じても処理は続きます。',
  done: '✅ 完了しました。この画面は閉じてかまいません。',
  fillInAgain: 'お手数ですが、もう一度開いて入力してください。',
  close: '閉じる',
  unknownAction: 'このボタンは古くなったようです。最新のカードからもう一度お試しください。',
  unknownForm: 'この画面は古くなったようです。閉じて、もう一度開いてください。',
  unknownCommand: 'このコマンドはまだ使えません。`/matane help` で使えるコマンドをご覧ください。',
  unknownMention: 'すみません、わかりませんでした。`@matane ヘルプ` で使える言葉をご案内します。',
  guest: 'ゲストの方は、お客様の情報を守るためMataneをご利用いただけません。正規メンバーの方にお声がけください。',
  stranger: '別のワークスペースの方は、お客様の情報を守るためMataneをご利用いただけません。',
  sharedChannel:
    'このチャンネルは社外と共有されているため、お客様の情報を表示できません。社内のチャンネルでお使いください。',
  unseenChannel:
    'この場所が社外と共有されているか確認できませんでした。`/invite @matane` で招待するか、Mataneが参加しているチャンネルでお使いください。',
  noRole:
    'まだMataneを使う権限がありません。マネージャーに `/matane staff` での追加、またはアラートチャンネルへの招待を頼んでください。',
  roleTooLow: (needed) =>
    `この操作には「${ROLE_NAMES.ja[needed]}」の権限が必要です。マネージャーに \`/matane staff\` での変更を頼んでください。`,
  unknownVerb: (verb) => `「${verb}」は使えないようです。使えるものはこちらです。`,
  helpTitle: '*Mataneでできること*',
  helpInThreads: '• カードのスレッドで `@matane ヘルプ` その場でできることのご案内',
  sharedAlertChannel:
    'このチャンネルは社外と共有されているため、お客様の情報を守ってアラートの投稿を止めています。社内だけのチャンネルを用意し、SLACK_ALERT_CHANNELに設定してください。届いていないアラートは、設定後に投稿されます。'
}

const en: SlackTexts = {
  tryAgain: 'That did not work. Please try again.',
  working: 'This takes a little longer. How it went will be said here; you may close this, the work goes on.',
  done: '✅ Done. You can close this.',
  fillInAgain: 'Please open the form again and fill it in once more.',
  close: 'Close',
  unknownAction: 'This button seems to be out of date. Please try again from the newest card.',
  unknownForm: 'This form seems to be out of date. Please close it and open it again.',
  unknownCommand: 'This command is not available yet. See `/matane help` for what is.',
  unknownMention: 'Sorry, I did not understand. `@matane help` tells the words I know.',
  guest: 'To protect customers, guests cannot use Matane. Please ask a full member.',
  stranger: 'To protect customers, people of other workspaces cannot use Matane.',
  sharedChannel:
    'This channel is shared with another organisation, so customer data is not shown here. Please use an internal channel.',
  unseenChannel:
    'I cannot tell whether this place is shared with outsiders. Please `/invite @matane` here, or use a channel where Matane is a member.',
  noRole:
    'You have no role in Matane yet. Ask a manager to add you with `/matane staff`, or to invite you to the alert channel.',
  roleTooLow: (needed) =>
    `This needs the role "${ROLE_NAMES.en[needed]}". Ask a manager to change it with \`/matane staff\`.`,
  unknownVerb: (verb) => `I do not know "${verb}". This is what I know:`,
  helpTitle: '*What Matane can do*',
  helpInThreads: '• `@matane help` in the thread of a card: what you can do there',
  sharedAlertChannel:
    'This channel is shared with another organisation, so alerts are held back to protect customers. Set SLACK_ALERT_CHANNEL to an internal channel; what is waiting will be posted there.'
}

/** Texts of the Slack road by locale. */
export const TEXTS: Readonly<Record<Locale, SlackTexts>> = { ja, en }
