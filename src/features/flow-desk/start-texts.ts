import type { Locale } from '../../core/locale.ts'
import type { Entry } from '../flows/index.ts'

interface StartTexts {
  readonly button: string
  readonly forCustomer: string
  readonly title: string
  readonly submit: string
  readonly placeholder: string
  readonly segment: string
  readonly segmentHint: string
  readonly noSegments: string
  readonly flow: string
  readonly flowHint: string
  readonly gone: string
  readonly many: (id: string, people: number) => string
  readonly outcome: Readonly<Record<Entry, (id: string) => string>>
}

/** What staff read when they start one by hand. */
export const START_TEXTS: Readonly<Record<Locale, StartTexts>> = {
  ja: {
    button: 'セグメントに始める',
    forCustomer: '📨 シナリオを始める',
    title: '手動で始める',
    submit: '始める',
    placeholder: '選ぶ',
    segment: '始める相手（セグメント）',
    segmentHint: '最後に集計したときの方々です。同意、頻度の上限、送らない時間、対照群はいつもどおり守られます。',
    noSegments: 'セグメントがまだありません。`/matane segment new` で作れます。',
    flow: '始めるアンケート・シナリオ',
    flowHint: '同意、頻度の上限、送らない時間はいつもどおり守られます。',
    gone: 'いまはもうありません。閉じて、やり直してください。',
    many: (id, people) => `「${id}」を${people}名に始めます。数分のうちに、お送りできる方から順に始まります。`,
    outcome: {
      entered: (id) => `「${id}」を始めました。`,
      known: (id) => `「${id}」は、この操作ですでに始まっています。`,
      inside: (id) => `お客様はいま「${id}」の途中です。`,
      too_soon: (id) => `「${id}」は前回から間もないため、始めませんでした。`,
      busy: (id) => `お客様への別の質問がご回答待ちのため、「${id}」は始めませんでした。`,
      unreachable: (id) => `お客様にLINEでお送りできないため、「${id}」は始めませんでした。`,
      held: (id) => `いまはお送りできない時間か頻度の上限のため、「${id}」は送れるときに始めます。`,
      withheld: (id) => `お客様の同意やご希望により、「${id}」は始めませんでした。`,
      paused: (id) => `「${id}」は一時停止中です。`,
      held_out: (id) => `お客様は「${id}」の対照群（何も送らない）です。`
    }
  },
  en: {
    button: 'Start for a segment',
    forCustomer: '📨 Start a scenario',
    title: 'Start by hand',
    submit: 'Start',
    placeholder: 'Choose',
    segment: 'For whom (segment)',
    segmentHint: 'Those of its last count. Consent, how often, quiet hours and the holdout hold as ever.',
    noSegments: 'There is no segment yet: make one with `/matane segment new`.',
    flow: 'Survey or scenario',
    flowHint: 'Consent, how often, and quiet hours hold as ever.',
    gone: 'It is gone. Close this and begin again.',
    many: (id, people) => `“${id}” starts for ${people} people, within some minutes, as far as they may be written to.`,
    outcome: {
      entered: (id) => `“${id}” has started.`,
      known: (id) => `This has started “${id}” already.`,
      inside: (id) => `The customer is inside “${id}” now.`,
      too_soon: (id) => `“${id}” was not started: the last time was too lately.`,
      busy: (id) => `“${id}” was not started: another question waits for the customer’s answer.`,
      unreachable: (id) => `“${id}” was not started: LINE does not reach the customer.`,
      held: (id) => `“${id}” starts once the customer may be written to (quiet hours, or how often).`,
      withheld: (id) => `“${id}” was not started: the customer does not want it.`,
      paused: (id) => `“${id}” is paused.`,
      held_out: (id) => `The customer belongs to the holdout of “${id}”, who get nothing.`
    }
  }
}
