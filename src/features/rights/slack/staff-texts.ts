import type { Locale } from '../../../core/locale.ts'
import type { NotChanged } from '../change-request.ts'
import type { Right, State } from '../rules/request.ts'

interface StaffTexts {
  readonly names: Readonly<Record<Right, string>>
  readonly states: Readonly<Record<State, string>>
  readonly what: Readonly<Record<Right, string>>
  readonly nobody: string
  readonly due: string
  readonly requested: string
  readonly runs: string
  readonly words: string
  readonly reason: string
  readonly by: string
  readonly approve: Readonly<Record<Right, string>>
  readonly decline: string
  readonly managersOnly: string
  readonly told: string
  readonly notReached: string
  readonly source: string
  readonly handOver: (link: string) => string
  readonly remind: (number: number, due: string) => string
  readonly overdue: (number: number) => string
  readonly refused: (why: NotChanged) => string
  readonly declineTitle: string
  readonly declineLabel: string
  readonly declineHint: string
  readonly declineEmpty: string
  readonly correctTitle: string
  readonly correctLabel: string
  readonly correctHint: string
  readonly send: string
  readonly done: string
  readonly cancel: string
}

/** What staff read about requests: cards in the language of the team, the rest in each person's own. */
export const STAFF_TEXTS: Readonly<Record<Locale, StaffTexts>> = {
  ja: {
    names: { disclose: '開示', correct: '訂正', restrict: '利用停止', erase: '削除' },
    states: {
      wording: '記入中',
      waiting: '🟡 確認待ち',
      scheduled: '⏳ 実行待ち',
      running: '⏳ 実行中',
      done: '✅ 完了',
      declined: '🚫 見送り',
      cancelled: '↩️ 取り消し'
    },
    what: {
      disclose: '承認すると、保存している情報を受け取るリンクがお客様に届きます。',
      correct: 'お客様の情報を直してから、完了にしてください。お名前は、完了の画面で直せます。',
      restrict: '承認すると、アンケート、お得情報、分析への利用が止まります。',
      erase: '承認すると、猶予のあとにお客様の情報がすべて消えます。元には戻せません。'
    },
    nobody: '（削除済みのお客様）',
    due: '回答期限',
    requested: '受付',
    runs: '実行予定',
    words: '訂正の内容',
    reason: '見送りの理由',
    by: '判断',
    approve: { disclose: '承認して渡す', correct: '訂正を完了にする', restrict: '承認して止める', erase: '承認する' },
    decline: '見送る',
    managersOnly: '削除を判断できるのはマネージャーだけです。',
    told: '判断の結果は、LINEでお客様に届きます',
    notReached: 'LINEでは届かないお客様です。結果は、ほかの方法でご本人にお伝えください',
    source: '届いた先',
    handOver: (link) =>
      `このお客様にはLINEで届きません。次のリンクを、ご本人だけにお渡しください（3日間有効、表示は記録されます）。\n${link}`,
    remind: (number, due) => `⏰ ご依頼 #${number}: 回答期限は ${due} です。カードのボタンで判断をお願いします。`,
    overdue: (number) => `⏰ ご依頼 #${number}: 回答期限です。すぐに判断をお願いします。`,
    refused: (why) => {
      if (why.kind === 'gone') return 'このご依頼は見つかりませんでした。カードが古い可能性があります。'
      if (why.kind === 'managers_only') return STAFF_TEXTS.ja.managersOnly
      return `このご依頼はすでに「${STAFF_TEXTS.ja.states[why.state]}」です。変更はありません。`
    },
    declineTitle: 'ご依頼を見送る',
    declineLabel: 'お客様に伝える理由',
    declineHint: 'このままLINEでお客様に届きます。法令で保存が必要なときなど、わかりやすく書いてください。',
    declineEmpty: 'お客様に伝える理由を書いてください。',
    correctTitle: '訂正を完了にする',
    correctLabel: '正しいお名前',
    correctHint: 'お名前の訂正のときだけ書いてください。お客様には、完了したことが届きます。',
    send: '見送る',
    done: '完了',
    cancel: '戻る'
  },
  en: {
    names: { disclose: 'Show data', correct: 'Correct data', restrict: 'Stop using data', erase: 'Erase data' },
    states: {
      wording: 'Being written',
      waiting: '🟡 Needs a decision',
      scheduled: '⏳ Scheduled',
      running: '⏳ Under way',
      done: '✅ Done',
      declined: '🚫 Declined',
      cancelled: '↩️ Withdrawn'
    },
    what: {
      disclose: 'Once approved, the customer gets a link to everything we keep.',
      correct: 'Correct the data first, then mark this as done. A name is corrected in the form.',
      restrict: 'Once approved, the data is no longer used for surveys, offers and analysis.',
      erase: 'Once approved, everything about the customer is erased after the grace period, for good.'
    },
    nobody: '(an erased customer)',
    due: 'Answer due',
    requested: 'Received',
    runs: 'Will be done',
    words: 'What to correct',
    reason: 'Why declined',
    by: 'Decided by',
    approve: {
      disclose: 'Approve and hand over',
      correct: 'Mark as corrected',
      restrict: 'Approve and stop',
      erase: 'Approve'
    },
    decline: 'Decline',
    managersOnly: 'Only managers decide about erasures.',
    told: 'The customer is told on LINE what you decide',
    notReached: 'LINE does not reach this customer: please tell them in another way',
    source: 'Passed on by',
    handOver: (link) =>
      `LINE does not reach this customer. Please give this link to them alone (it opens for three days, and each look is on record):\n${link}`,
    remind: (number, due) =>
      `⏰ Request #${number}: the answer is due ${due}. Please decide with the buttons of the card.`,
    overdue: (number) => `⏰ Request #${number}: the answer is due now. Please decide at once.`,
    refused: (why) => {
      if (why.kind === 'gone') return 'This request was not found. The card may be out of date.'
      if (why.kind === 'managers_only') return STAFF_TEXTS.en.managersOnly
      return `This request is “${STAFF_TEXTS.en.states[why.state]}” already, so nothing was changed.`
    },
    declineTitle: 'Decline the request',
    declineLabel: 'The reason, for the customer',
    declineHint: 'The customer reads it on LINE as it is: say plainly why, such as records the law has us keep.',
    declineEmpty: 'Please write the reason for the customer.',
    correctTitle: 'Mark as corrected',
    correctLabel: 'The right name',
    correctHint: 'Only if it is the name that was wrong. The customer is told that it is done.',
    send: 'Decline',
    done: 'Done',
    cancel: 'Back'
  }
}
