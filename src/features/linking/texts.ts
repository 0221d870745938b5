import type { Locale } from '../../core/locale.ts'
import type { LinkOutcome } from './use-proof.ts'

interface LinkTexts {
  readonly invite: string
  readonly open: string
  readonly receipt: Readonly<Record<LinkOutcome, string>>
  readonly account: Readonly<Record<LinkOutcome, string>>
  readonly failed: string
}

export const TEXTS: Readonly<Record<Locale, LinkTexts>> = {
  ja: {
    invite:
      '会員登録とLINEを連携すると、お買い物の記録がこちらにまとまります。下のボタンからログインしてください（10分以内に完了してください）。',
    open: '連携する',
    receipt: {
      linked: 'レシートのお買い物を、お客様の記録に加えました。ありがとうございます。',
      already: 'このレシートは、すでにお客様の記録に入っています。',
      asked: 'ありがとうございます。レシートの会員情報をスタッフが確認します。少しお待ちください。',
      unknown: 'レシートのコードが見つかりませんでした。「レシート ABCD-1234」のように、印字のとおりにお送りください。',
      expired: '申し訳ありません、このレシートのコードは期限が切れています。店頭でスタッフにお声がけください。',
      used: 'このレシートのコードは、すでに使われています。お心当たりがないときは「相談」とお送りください。'
    },
    account: {
      linked: '会員登録との連携が完了しました。ありがとうございます。',
      already: '会員登録とは、すでに連携済みです。',
      asked: 'ありがとうございます。会員情報をスタッフが確認してから連携します。少しお待ちください。',
      unknown: '連携を完了できませんでした。「連携」と送って、もう一度お試しください。',
      expired: '時間が過ぎたため、連携を完了できませんでした。「連携」と送って、もう一度お試しください。',
      used: '連携を完了できませんでした。「連携」と送って、もう一度お試しください。'
    },
    failed: '連携を完了できませんでした。「連携」と送って、もう一度お試しください。'
  },
  en: {
    invite:
      'Link your membership with LINE, and your purchases come together here. Please log in with the button below, and finish within 10 minutes.',
    open: 'Link account',
    receipt: {
      linked: 'The purchase on your receipt is on your record now. Thank you!',
      already: 'This receipt is on your record already.',
      asked: 'Thank you. Our staff will check the membership on this receipt. Please wait a little.',
      unknown: 'I could not find that receipt code. Please send it as printed: "receipt ABCD-1234".',
      expired: 'Sorry, this receipt code has expired. Please ask our staff at the shop.',
      used: 'This receipt code was used already. If that was not you, please send "contact".'
    },
    account: {
      linked: 'Your membership is linked now. Thank you!',
      already: 'Your membership is linked already.',
      asked: 'Thank you. Our staff will check your membership before it is linked. Please wait a little.',
      unknown: 'Linking did not work. Please send "link" and try again.',
      expired: 'Linking took too long. Please send "link" and try again.',
      used: 'Linking did not work. Please send "link" and try again.'
    },
    failed: 'Linking did not work. Please send "link" and try again.'
  }
}
