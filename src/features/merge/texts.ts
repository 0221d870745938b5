import type { Locale } from '../../core/locale.ts'
import type { MergeReason } from './rules/reasons.ts'

interface MergeTexts {
  readonly help: Readonly<Record<'duplicates' | 'merge', string>>
  readonly title: (count: number) => string
  readonly none: string
  readonly how: string
  readonly reasons: Readonly<Record<MergeReason, string>>
  readonly nameless: string
  readonly since: (day: string) => string
  readonly visits: (count: number) => string
  readonly orders: (count: number, yen: string) => string
  readonly lastSeen: (day: string) => string
  readonly same: string
  readonly apart: string
  readonly sure: Readonly<Record<'title' | 'text' | 'confirm' | 'deny', string>>
  readonly merged: string
  readonly setApart: string
  readonly decided: (who: string) => string
  readonly gone: string
  readonly usage: string
  readonly unknown: (word: string) => string
  readonly samePerson: string
  readonly together: string
  readonly merges: string
  readonly noMerges: string
  readonly cardTitle: string
  readonly cardUndone: string
  readonly by: (who: string, day: string) => string
  readonly why: (reason: string) => string
  readonly undoneBy: (who: string) => string
  readonly stays: (count: number) => string
  readonly undo: string
  readonly sureUndo: Readonly<Record<'title' | 'text' | 'confirm' | 'deny', string>>
  readonly undone: (stays: number) => string
  readonly notUndone: Readonly<Record<'gone' | 'undone' | 'not_newest' | 'forgotten', string>>
  readonly staleButton: string
  readonly digest: (count: number) => string
  readonly matane: string
  readonly customer: string
}

const ja: MergeTexts = {
  help: {
    duplicates: '同じ方かもしれないお客様の一覧。「同じ人」「別の人」を選びます',
    merge: '2人のお客様をまとめる。例: `/matane merge #812 090-1234-5678`。何も付けないと最近の統合の一覧'
  },
  title: (count) => `同じ方かもしれないお客様(${count}組)`,
  none: '同じ方かもしれないお客様はいません。',
  how: 'お名前だけでは決めないでください。迷うときは、そのままで大丈夫です。まとめても、マネージャーが元に戻せます。',
  reasons: {
    same_event: '1つの記録に、両方の連携IDがありました',
    same_contact: '電話番号かメールアドレスが同じです',
    same_browser: '同じブラウザを使っています',
    account_link: 'お客様がLINEで会員登録と連携しました',
    receipt: 'お客様がレシートのコードを送りました',
    staff: '担当者が同じ方と確認しました'
  },
  nameless: 'お名前は未登録',
  since: (day) => `${day} から`,
  visits: (count) => `来店 ${count} 回`,
  orders: (count, yen) => `購入 ${count} 回 ¥${yen}`,
  lastSeen: (day) => `最終 ${day}`,
  same: '🔗 同じ人',
  apart: '別の人',
  sure: {
    title: '1人にまとめますか?',
    text: '履歴・スタンプ・フォローが1人のお客様にまとまります。マネージャーは元に戻せます。',
    confirm: 'まとめる',
    deny: 'やめる'
  },
  merged: '🔗 1人のお客様にまとめました。',
  setApart: '別の人として記録しました。この組はもう表示されません。',
  decided: (who) => `${who} が先に決めていました。変更はしていません。`,
  gone: 'このお客様の記録は、もうありません。`/matane duplicates` で最新の一覧をご覧ください。',
  usage:
    '使い方: `/matane merge #812 090-1234-5678`\nお客様は、フォローの番号(`#812`)、電話番号、メールアドレス、会員番号(`pos:1234`、`ec:1234`、`app:1234`)で指定できます。お名前では指定できません。',
  unknown: (word) => `「${word}」のお客様は見つかりませんでした。番号をご確認ください。`,
  samePerson: 'どちらも同じお客様です。すでに1人にまとまっています。',
  together: 'この2人は同じ方ですか?',
  merges: '最近の統合',
  noMerges: 'まだ統合はありません。',
  cardTitle: '🔗 2人のお客様を1人にまとめました',
  cardUndone: '↩️ お客様の統合を元に戻しました',
  by: (who, day) => `${who} ・ ${day}`,
  why: (reason) => `理由: ${reason}`,
  undoneBy: (who) => `元に戻した人: ${who}`,
  stays: (count) =>
    `統合中に届いた行動ログ ${count} 件は、どちらの方のものか分からないため、残ったお客様に残しました。`,
  undo: '元に戻す',
  sureUndo: {
    title: '元に戻しますか?',
    text: '2人のお客様に分かれます。統合したあとに届いた記録は、残ったお客様に残ります。',
    confirm: '元に戻す',
    deny: 'やめる'
  },
  undone: (stays) =>
    `↩️ 元に戻しました。${stays > 0 ? `統合のあとに届いた行動ログ ${stays} 件は、残ったお客様に残っています。` : ''}`,
  notUndone: {
    gone: 'この統合の記録が見つかりません。',
    undone: 'この統合は、すでに元に戻されています。',
    not_newest:
      'このお客様には、これより新しい統合があります。`/matane merge` で新しいものから順に元に戻してください。',
    forgotten: 'お客様の記録が削除されたため、元に戻せません。'
  },
  staleButton: 'このボタンは古くなったようです。`/matane duplicates` からもう一度お試しください。',
  digest: (count) =>
    `👥 同じ方かもしれないお客様が新しく ${count} 組見つかりました。\`/matane duplicates\` でご確認ください。`,
  matane: 'Matane',
  customer: 'お客様ご本人'
}

const en: MergeTexts = {
  help: {
    duplicates: 'Customers who may be one person: say whether they are the same or not',
    merge: 'Make two customers one: `/matane merge #812 090-1234-5678`. Alone it lists the latest merges'
  },
  title: (count) => `Customers who may be one person (${count === 1 ? '1 pair' : `${count} pairs`})`,
  none: 'There are no customers who may be one person.',
  how: 'Please do not go by names alone. When in doubt, leave it: nothing is lost. Managers can undo a merge.',
  reasons: {
    same_event: 'one record named both of them',
    same_contact: 'they share a phone number or address',
    same_browser: 'they share a browser',
    account_link: 'the customer linked their account on LINE',
    receipt: 'the customer sent the code of a receipt',
    staff: 'staff know that they are one person'
  },
  nameless: 'no name on record',
  since: (day) => `since ${day}`,
  visits: (count) => (count === 1 ? '1 visit' : `${count} visits`),
  orders: (count, yen) => `${count === 1 ? '1 order' : `${count} orders`} ¥${yen}`,
  lastSeen: (day) => `last ${day}`,
  same: '🔗 Same person',
  apart: 'Two people',
  sure: {
    title: 'Make them one?',
    text: 'Their histories, stamps and follow-ups become those of one customer. Managers can undo it.',
    confirm: 'Make them one',
    deny: 'Not now'
  },
  merged: '🔗 They are one customer now.',
  setApart: 'Noted: two people. This pair will not be shown again.',
  decided: (who) => `${who} decided first. Nothing was changed.`,
  gone: 'This customer’s record is no longer there. `/matane duplicates` shows the list as it is now.',
  usage:
    'Use: `/matane merge #812 090-1234-5678`\nName each customer by a follow-up (`#812`), a phone number, an e-mail address or a member number (`pos:1234`, `ec:1234`, `app:1234`). Names of people do not work.',
  unknown: (word) => `There is no customer for “${word}”. Please check the number.`,
  samePerson: 'Both are the same customer already.',
  together: 'Are these two the same person?',
  merges: 'Latest merges',
  noMerges: 'There are no merges yet.',
  cardTitle: '🔗 Two customers became one',
  cardUndone: '↩️ A merge of customers was undone',
  by: (who, day) => `${who} · ${day}`,
  why: (reason) => `Why: ${reason}`,
  undoneBy: (who) => `Undone by ${who}`,
  stays: (count) =>
    `${count === 1 ? '1 event' : `${count} events`} came in between. Nobody can tell whose, so they stay with the customer who stayed.`,
  undo: 'Undo',
  sureUndo: {
    title: 'Undo this merge?',
    text: 'They become two customers again. What came since stays with the one who stayed.',
    confirm: 'Undo',
    deny: 'Leave it'
  },
  undone: (stays) =>
    `↩️ Undone.${stays > 0 ? ` ${stays === 1 ? '1 event that came' : `${stays} events that came`} since stay with the customer who stayed.` : ''}`,
  notUndone: {
    gone: 'There is no such merge on record.',
    undone: 'This merge was undone already.',
    not_newest: 'There is a newer merge of this customer. Undo the newest first: `/matane merge` lists them.',
    forgotten: 'This customer’s data was erased, so it cannot be undone.'
  },
  staleButton: 'This button seems to be out of date. Please try again from `/matane duplicates`.',
  digest: (count) =>
    `👥 ${count === 1 ? 'One new pair' : `${count} new pairs`} of customers may be one person. \`/matane duplicates\` shows them.`,
  matane: 'Matane',
  customer: 'the customer'
}

export const TEXTS: Readonly<Record<Locale, MergeTexts>> = { ja, en }
