import type { Locale } from '../../../core/locale.ts'
import { formatCount, formatYen } from '../../../core/money.ts'
import type { HelpLine } from '../../../platform/line/index.ts'
import type { EntryKind } from '../rules/entry-kind.ts'

interface PointsTexts {
  readonly points: (count: number) => string
  readonly have: (name: string, points: string) => string
  readonly ending: string
  readonly until: (points: string, day: string) => string
  readonly noEnd: string
  readonly owed: (points: string) => string
  readonly recent: string
  readonly kinds: Readonly<Record<EntryKind, string>>
  readonly none: string
  readonly howTo: string
  readonly earn: {
    readonly perYen: (yen: number, points: string) => string
    readonly perOrder: (points: string) => string
    readonly visit: (points: string) => string
    readonly survey: (points: string) => string
  }
  readonly statement: (name: string) => string
  readonly showStatement: string
  readonly older: string
  readonly noOlder: string
  readonly showPoints: string
  readonly word: string
  readonly help: HelpLine
  readonly noProgramme: string
  readonly showCard: string
  readonly cardWord: string
  readonly exchange: (points: string) => string
  readonly exchangeFor: string
  readonly sure: (points: string, coupon: string, left: string) => string
  readonly yes: string
  readonly no: string
  readonly kept: string
  readonly exchanged: (points: string, left: string) => string
  readonly tooFew: (missing: string) => string
  readonly known: string
  readonly changed: string
  readonly present: (points: string, total: string) => string
}

const pointsIn = (count: number) => `${formatCount(count)} ${Math.abs(count) === 1 ? 'point' : 'points'}`

/** What customers read about points. Labels of quick replies have at most 20 characters, of buttons 40. */
export const TEXTS: Readonly<Record<Locale, PointsTexts>> = {
  ja: {
    points: (count) => `${formatCount(count)}ポイント`,
    have: (name, points) => `${name} ${points}`,
    ending: '次に期限を迎える分',
    until: (points, day) => `${points}（${day}まで）`,
    noEnd: '期限なし',
    owed: (points) =>
      `ご返金の分がすでに使われていたため、これから付くポイントのうち${points}はその分に充てさせていただきます。`,
    recent: '最近の履歴',
    kinds: {
      order: 'お買い物',
      visit: 'ご来店',
      survey: 'アンケートのお礼',
      present: 'プレゼント',
      staff: 'お店より',
      exchange: 'クーポンと交換',
      refund: 'ご返金',
      expiry: '有効期限切れ',
      merge: '記録の整理'
    },
    none: 'まだポイントはありません。次のときにたまります。',
    howTo: 'たまり方',
    earn: {
      perYen: (yen, points) => `お買い物${formatYen(yen)}ごとに${points}`,
      perOrder: (points) => `お買い物1回ごとに${points}`,
      visit: (points) => `ご来店1日につき${points}`,
      survey: (points) => `アンケートのご回答で${points}`
    },
    statement: (name) => `${name}の履歴`,
    showStatement: '履歴を見る',
    older: '以前の履歴',
    noOlder: 'これより前の履歴はありません。',
    showPoints: 'ポイントを見る',
    word: 'ポイント',
    help: { word: 'ポイント', does: '残高と履歴を見る' },
    noProgramme: 'ただいまポイントのサービスはおこなっていません。スタンプカードやクーポンをご覧ください。',
    showCard: 'カードを見る',
    cardWord: 'スタンプ',
    exchange: (points) => `${points}と交換する`,
    exchangeFor: 'ポイントと交換',
    sure: (points, coupon, left) =>
      `${points}を「${coupon}」のクーポンと交換します。よろしいですか？\n交換後の残りは${left}です。`,
    yes: '交換する',
    no: 'やめる',
    kept: '交換をやめました。ポイントはそのままです。',
    exchanged: (points, left) => `${points}をクーポンと交換しました。残りは${left}です。`,
    tooFew: (missing) => `あと${missing}たまると交換できます。`,
    known: 'この交換は、もう済んでいます。クーポンは「クーポン」でご覧いただけます。',
    changed: 'この交換は内容が変わりました。お手数ですが、もう一度「ポイント」からお選びください。',
    present: (points, total) => `${points}をプレゼントします。あわせて${total}になりました。`
  },
  en: {
    points: pointsIn,
    have: (name, points) => `${name}: ${points}`,
    ending: 'Running out next',
    until: (points, day) => `${points} (until ${day})`,
    noEnd: 'No expiry date',
    owed: (points) =>
      `A refund took back points that had been used already, so the next ${points} you earn go towards that.`,
    recent: 'Recently',
    kinds: {
      order: 'Purchase',
      visit: 'Visit',
      survey: 'Thank you for answering',
      present: 'A present',
      staff: 'From the shop',
      exchange: 'Exchanged for a coupon',
      refund: 'Refund',
      expiry: 'Ran out',
      merge: 'Records put in order'
    },
    none: 'No points yet. This is how you earn them:',
    howTo: 'How to earn them',
    earn: {
      perYen: (yen, points) => `${points} for every ${formatYen(yen)} you spend`,
      perOrder: (points) => `${points} for each purchase`,
      visit: (points) => `${points} for each day you visit`,
      survey: (points) => `${points} for answering a survey`
    },
    statement: (name) => `${name}: history`,
    showStatement: 'Show the history',
    older: 'Older entries',
    noOlder: 'There is nothing older.',
    showPoints: 'Show my points',
    word: 'points',
    help: { word: 'Points', does: 'see what you have, and your history' },
    noProgramme: 'We have no points right now. Have a look at your stamp card and coupons.',
    showCard: 'Show my card',
    cardWord: 'stamp',
    exchange: (points) => `Exchange ${points}`,
    exchangeFor: 'Exchange points',
    sure: (points, coupon, left) => `Exchange ${points} for the coupon “${coupon}”?\nYou will have ${left} left.`,
    yes: 'Exchange',
    no: 'Not now',
    kept: 'Nothing was exchanged. Your points are as they were.',
    exchanged: (points, left) => `You exchanged ${points} for a coupon and have ${left} left.`,
    tooFew: (missing) => `You can exchange them once you have ${missing} more.`,
    known: 'You made this exchange already. Send “coupons” to see your coupon.',
    changed: 'This exchange has changed. Please choose again from “points”.',
    present: (points, total) => `A present for you: ${points}. That makes ${total} in all.`
  }
}
