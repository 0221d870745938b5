import type { Locale } from '../../../core/locale.ts'
import { formatCount } from '../../../core/money.ts'

interface DeskTexts {
  readonly points: (count: number) => string
  readonly ending: (count: number, day: string) => string
  readonly owed: (count: number) => string
  readonly button: string
  readonly title: string
  readonly submit: string
  readonly close: string
  readonly direction: string
  readonly give: string
  readonly take: string
  readonly count: string
  readonly reason: string
  readonly reasonHint: string
  readonly left: (count: number) => string
  readonly given: (count: number, has: number) => string
  readonly taken: (count: number, has: number) => string
  readonly gone: string
  readonly noCount: string
  readonly noReason: string
  readonly changed: (has: number) => string
  readonly too_few: (has: number) => string
  readonly overBudget: (left: number) => string
}

const pointsIn = (count: number) => `${formatCount(count)} ${count === 1 ? 'point' : 'points'}`

/** What staff read about points. */
export const TEXTS: Readonly<Record<Locale, DeskTexts>> = {
  ja: {
    points: (count) => `${formatCount(count)}ポイント`,
    ending: (count, day) => `(うち ${formatCount(count)} は ${day} まで)`,
    owed: (count) => `・返金分の不足 ${formatCount(count)}`,
    button: '💰 ポイント',
    title: 'ポイントを付ける・引く',
    submit: '反映する',
    close: '戻る',
    direction: 'どうしますか',
    give: '付ける',
    take: '差し引く',
    count: 'ポイント数',
    reason: '理由',
    reasonHint: 'あとから確かめるための記録です。お客様には届きません。',
    left: (count) => `今日はあと ${formatCount(count)} ポイントまで動かせます。`,
    given: (count, has) => `${formatCount(count)}ポイントを付けました。残高は${formatCount(has)}ポイントです。`,
    taken: (count, has) => `${formatCount(count)}ポイントを差し引きました。残高は${formatCount(has)}ポイントです。`,
    gone: 'このお客様のポイントが見つかりませんでした。統合されたか、ポイントのサービスが終わった可能性があります。',
    noCount: '1から100,000までの数で入れてください。',
    noReason: '理由を書いてください。',
    changed: (has) =>
      `入力のあいだに、ほかの担当者がこのお客様のポイントを動かしました（いま${formatCount(has)}ポイント）。一度閉じて、もう一度開いてください。`,
    too_few: (has) => `残高は${formatCount(has)}ポイントです。それ以下の数を入れてください。`,
    overBudget: (left) =>
      `今日動かせるのはあと${formatCount(left)}ポイントです。それより多いときは、マネージャーに頼んでください。`
  },
  en: {
    points: pointsIn,
    ending: (count, day) => ` (${formatCount(count)} of them until ${day})`,
    owed: (count) => `, ${formatCount(count)} owed after a refund`,
    button: '💰 Points',
    title: 'Give or take points',
    submit: 'Apply',
    close: 'Back',
    direction: 'What is to be done?',
    give: 'Give',
    take: 'Take',
    count: 'How many',
    reason: 'Why',
    reasonHint: 'Kept so that it can be understood later. The customer does not see it.',
    left: (count) => `You may move ${formatCount(count)} more today.`,
    given: (count, has) => `You gave ${pointsIn(count)}. The balance is ${pointsIn(has)}.`,
    taken: (count, has) => `You took ${pointsIn(count)}. The balance is ${pointsIn(has)}.`,
    gone: 'There are no points of this customer. They may have been merged, or there are no points any more.',
    noCount: 'Enter a number from 1 to 100,000.',
    noReason: 'Please say why.',
    changed: (has) =>
      `A colleague changed this customer’s points meanwhile (now ${pointsIn(has)}). Close this and open it again.`,
    too_few: (has) => `The balance is ${pointsIn(has)}: enter that many or fewer.`,
    overBudget: (left) => `You may move ${pointsIn(left)} more today. For more than that, ask a manager.`
  }
}
