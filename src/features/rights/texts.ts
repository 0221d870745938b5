import type { Locale } from '../../core/locale.ts'
import { formatTime } from '../../core/time.ts'
import type { Right } from './rules/request.ts'
import type { RightsRequest } from './store.ts'

interface RightsTexts {
  readonly names: Readonly<Record<Right, string>>
  readonly menu: string
  readonly explain: Readonly<Record<Right, string>>
  readonly confirm: Readonly<Record<Right, string>>
  readonly keep: string
  readonly kept: string
  readonly again: string
  readonly withdraw: string
  readonly expired: string
  readonly foreign: string
  readonly writeNow: string
  readonly writeName: string
  readonly waiting: (name: string, due: string) => string
  readonly scheduledErase: (at: string) => string
  readonly running: string
  readonly wording: string
  readonly passedOn: string
  readonly closed: Readonly<Record<'done' | 'declined' | 'cancelled', (name: string) => string>>
  readonly cancelled: (name: string) => string
  readonly tooLate: (name: string) => string
  readonly declined: (name: string, reason: string) => string
  readonly disclosed: (link: string) => string
  readonly corrected: string
  readonly renamed: (name: string) => string
  readonly restricted: string
  readonly farewell: string
}

/** What customers read about their rights. Buttons have at most 20 characters. */
export const TEXTS: Readonly<Record<Locale, RightsTexts>> = {
  ja: {
    names: { disclose: '開示', correct: '訂正', restrict: '利用停止', erase: '削除' },
    menu: '🔐 プライバシー\nあなたの情報について、次のことができます。\n・開示 … 保存している内容を見る\n・訂正 … まちがいを直す\n・利用停止 … アンケートや分析などに使うのをやめる\n・削除 … すべて消す\nどれも、確認してから進めます。',
    explain: {
      disclose: '保存しているあなたの情報を、まとめてお渡しします。進めますか？',
      correct:
        '保存している情報のまちがいを直します。次のメッセージで、直したいところを書いていただきます。進めますか？',
      restrict:
        'アンケート、お得情報、分析に、あなたの情報を使うのをやめます。スタンプなどはこれまでどおりお使いいただけます。進めますか？',
      erase:
        'お名前、スタンプ、クーポン、回答、やり取りなど、あなたの情報をすべて消します。たまったスタンプとクーポンは使えなくなり、元には戻せません。定期購入などのご契約の解約ではありません。\n削除しますか？'
    },
    confirm: {
      disclose: '開示を依頼する',
      correct: '訂正を依頼する',
      restrict: '利用停止を依頼する',
      erase: '削除を依頼する'
    },
    keep: 'やめておく',
    kept: '承知しました。何も変えていません。',
    again: 'もう一度',
    withdraw: '依頼を取り消す',
    expired: '確認のボタンの有効時間が過ぎました。お手数ですが、もう一度お進みください。何も変えていません。',
    foreign:
      'このボタンは今はお使いいただけません。何も変えていません。ご希望のときは「プライバシー」と送ってください。',
    writeNow: 'どこをどのように直すか、1通のメッセージで送ってください。例：「名前の漢字は、佐藤 華子です」',
    writeName: '新しいお名前だけを、1通のメッセージで送ってください。',
    waiting: (name, due) =>
      `「${name}」のご依頼を承りました。担当者が確認し、${due}までにお返事します。状況は「${name}」と送るといつでもわかります。`,
    scheduledErase: (at) => `削除のご依頼を承りました。${at}に、すべて消します。それまでは取り消せます。`,
    running: '削除の手続きが始まっています。まもなく完了します。',
    passedOn: 'オンラインショップから、あなたの情報についてのご依頼が届きました。',
    wording: '訂正のご依頼の途中です。直したいところを、1通のメッセージで送ってください。',
    closed: {
      done: (name) => `「${name}」のご依頼は完了しています。もう一度ご希望のときは「プライバシー」と送ってください。`,
      declined: (name) => `「${name}」のご依頼には、お返事を差し上げています。ご不明な点は「相談」と送ってください。`,
      cancelled: (name) =>
        `「${name}」のご依頼は取り消されています。ご希望のときは、もう一度「${name}」と送ってください。`
    },
    cancelled: (name) => `「${name}」のご依頼を取り消しました。何も変えていません。`,
    tooLate: (name) => `「${name}」はすでに進んでいるため、取り消せませんでした。`,
    declined: (name, reason) =>
      `「${name}」のご依頼について、担当者からのお返事です。\n今回は見送らせていただきました。理由：${reason}\nご不明な点は「相談」と送ってください。`,
    disclosed: (link) =>
      `保存しているあなたの情報です。リンクは短い時間だけ有効です。ほかの方には送らないでください。\n${link}`,
    corrected: 'ご依頼の訂正をいたしました。お知らせくださり、ありがとうございました。',
    renamed: (name) => `お名前を「${name}」に直しました。ほかに直したいところがあれば「相談」と送ってください。`,
    restricted: 'アンケート、お得情報、分析への利用を停止しました。「設定」から、いつでも変えられます。',
    farewell:
      'これまでご利用いただき、ありがとうございました。まもなく、あなたの情報をすべて消します。このトークの履歴は、お手元のLINEから削除していただけます。またお会いできる日がありましたら、うれしく思います。'
  },
  en: {
    names: {
      disclose: 'see my data',
      correct: 'correct my data',
      restrict: 'stop using my data',
      erase: 'delete my data'
    },
    menu: '🔐 Privacy\nAbout your data you can ask us to:\n• see it: everything we keep\n• correct it\n• stop using it for surveys, offers and analysis\n• delete it: all of it\nWe ask once more before anything happens.',
    explain: {
      disclose: 'We hand you everything we keep about you. Go on?',
      correct: 'We correct what is wrong. In your next message you write what should be changed. Go on?',
      restrict: 'We stop using your data for surveys, offers and analysis. Your stamps stay as they are. Go on?',
      erase:
        'We erase everything about you: name, stamps, coupons, answers, messages. Your stamps and coupons can no longer be used, and nothing can be brought back. This does not cancel a subscription or contract.\nDelete it?'
    },
    confirm: {
      disclose: 'Yes, show me',
      correct: 'Yes, correct it',
      restrict: 'Yes, stop using it',
      erase: 'Yes, delete my data'
    },
    keep: 'No, leave it',
    kept: 'All right. Nothing was changed.',
    again: 'Once more',
    withdraw: 'Withdraw my request',
    expired: 'The time to confirm has passed, and nothing was changed. Please start once more.',
    foreign: 'This button no longer works, and nothing was changed. Send "privacy" to start anew.',
    writeNow: 'Please write in one message what is wrong and how it should read.',
    writeName: 'Please send your new name, and nothing else, in one message.',
    waiting: (name, due) =>
      `We have your request (${name}). Our staff look at it and answer by ${due}. Send "${name}" to see how it stands.`,
    scheduledErase: (at) => `We have your request. Everything is erased at ${at}. Until then you can withdraw it.`,
    running: 'The erasure has begun and will be done in a moment.',
    passedOn: 'The online shop passed on a request about your data.',
    wording: 'Your request is not complete yet. Please write in one message what should be corrected.',
    closed: {
      done: (name) => `This request (${name}) is done. Send "privacy" to make another one.`,
      declined: (name) => `This request (${name}) has been answered. Send "contact" if anything is unclear.`,
      cancelled: (name) => `This request (${name}) was withdrawn. Send "${name}" to start anew.`
    },
    cancelled: (name) => `Your request (${name}) is withdrawn. Nothing was changed.`,
    tooLate: (name) => `This request (${name}) has gone too far to be withdrawn.`,
    declined: (name, reason) =>
      `Our staff's answer to your request (${name}): we cannot do it this time. The reason: ${reason}\nSend "contact" if anything is unclear.`,
    disclosed: (link) =>
      `Everything we keep about you. The link works for a short while; please keep it to yourself.\n${link}`,
    corrected: 'We have corrected it. Thank you for telling us.',
    renamed: (name) => `Your name now reads "${name}". Send "contact" to have anything else corrected.`,
    restricted: 'We stopped using your data for surveys, offers and analysis. You can change this in "settings".',
    farewell:
      'Thank you for the time with us. Everything about you is erased in a moment. You can delete this chat in your LINE app. If we ever meet again, we shall be glad.'
  }
}

/** How a request stands, for the customer. */
export function standing(request: RightsRequest, { locale, timeZone }: { locale: Locale; timeZone: string }): string {
  const texts = TEXTS[locale]
  const name = texts.names[request.right]
  const at = (instant: Date) => formatTime(instant, locale, timeZone)
  switch (request.state) {
    case 'wording':
      return texts.wording
    case 'waiting':
      return texts.waiting(name, at(request.dueAt))
    case 'scheduled':
      return request.runAt ? texts.scheduledErase(at(request.runAt)) : texts.running
    case 'running':
      return texts.running
    default:
      return texts.closed[request.state](name)
  }
}
