import type { Locale } from '../../core/locale.ts'
import type { Entry } from '../flows/index.ts'

interface DeskTexts {
  readonly help: string
  readonly title: string
  readonly none: string
  readonly unknown: (id: string) => string
  readonly managersOnly: string
  readonly kinds: Readonly<Record<'survey' | 'scenario', string>>
  readonly purposes: Readonly<Record<'service' | 'research' | 'marketing', string>>
  readonly running: string
  readonly paused: string
  readonly pausedBy: (who: string, when: string) => string
  readonly entered: (times: number) => string
  readonly inside: (people: number) => string
  readonly howTo: string
  readonly more: (hidden: number) => string
  readonly show: string
  readonly fields: Readonly<
    Record<'state' | 'trigger' | 'purpose' | 'entered' | 'inside' | 'answered' | 'version', string>
  >
  readonly version: (version: number, when: string) => string
  readonly steps: string
  readonly waiting: (people: number) => string
  readonly gone: (people: number) => string
  readonly end: string
  readonly otherwise: string
  readonly silent: (time: string) => string
  readonly goal: (event: string, within: string) => string
  readonly arms: Readonly<Record<'holdout' | 'all', string>>
  readonly arm: (name: string, counts: { reached: number; entered: number; share: string }) => string
  readonly compared: (name: string, against: string, points: string) => string
  readonly surely: Readonly<Record<'more' | 'less' | 'unclear', string>>
  readonly uneven: string
  readonly meaning: string
  readonly buttons: Readonly<Record<'pause' | 'resume' | 'edit' | 'back', string>>
  readonly pauseSure: { title: string; text: string; confirm: string; deny: string }
  readonly pauseDone: (id: string) => string
  readonly resumeDone: (id: string) => string
  readonly already: (id: string) => string
  readonly form: {
    readonly newTitle: string
    readonly editTitle: string
    readonly submit: string
    readonly close: string
    readonly part: (part: number, of: number) => string
    readonly hint: string
  }
  readonly tooLong: string
  readonly published: (id: string, version: number) => string
  readonly same: (id: string) => string
  readonly at: (line: number, message: string) => string
  readonly moreFaults: (hidden: number) => string
  readonly faults: Readonly<Record<'changed_meanwhile' | 'id_changed' | 'id_taken', string>>
  readonly start: {
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
  readonly back: {
    readonly title: string
    readonly label: string
    readonly placeholder: string
    readonly submit: string
    readonly choice: (version: number, when: string, source: string) => string
    readonly sources: Readonly<Record<'file' | 'slack', string>>
    readonly nothing: string
  }
}

/** What staff read about surveys and scenarios. */
export const TEXTS: Readonly<Record<Locale, DeskTexts>> = {
  ja: {
    help: 'アンケートとシナリオの一覧と成果。`/matane flows <ID>` で詳しく、`new` で作る',
    title: 'アンケートとシナリオ',
    none: 'まだありません。`/matane flows new` で作れます。',
    unknown: (id) => `「${id}」というアンケートやシナリオはありません。\`/matane flows\` で一覧をご覧ください。`,
    managersOnly: 'アンケートとシナリオを変えられるのはマネージャーです。',
    kinds: { survey: 'アンケート', scenario: 'シナリオ' },
    purposes: { service: 'ご利用に必要なお知らせ', research: 'アンケート', marketing: 'お得な情報' },
    running: '稼働中',
    paused: '一時停止中',
    pausedBy: (who, when) => `一時停止中（${who}、${when}）`,
    entered: (times) => `のべ${times}名`,
    inside: (people) => `${people}名`,
    howTo: 'IDを付けて `/matane flows nps` のように送ると、詳しい数字と流れが見られます。',
    more: (hidden) => `ほかに${hidden}件あります。`,
    show: '詳しく',
    fields: {
      state: '状態',
      trigger: '始まる条件',
      purpose: '目的',
      entered: '参加',
      inside: '進行中',
      answered: '回答',
      version: '版'
    },
    version: (version, when) => `第${version}版（${when}）`,
    steps: '流れ',
    waiting: (people) => `⏳ ${people}名`,
    gone: (people) => `以前の版の途中に${people}名`,
    end: '終わり',
    otherwise: 'それ以外',
    silent: (time) => `${time} 返事なし`,
    goal: (event, within) => `目標: ${within} 以内の ${event}`,
    arms: { holdout: '対照群（何も送らない）', all: '送った方' },
    arm: (name, { reached, entered, share }) => `${name}: ${entered}名中 ${reached}名（${share}）`,
    compared: (name, against, points) => `${name} − ${against}: ${points}`,
    surely: { more: '効果あり', less: '逆効果', unclear: 'まだ差とは言えません' },
    uneven: '⚠️ 人数の分かれ方が偏っています。この比較は当てにせず、設定を変えた時期がないかご確認ください。',
    meaning: '差は目標に達した割合の差（ポイント）と95%信頼区間（Newcombe）です。',
    buttons: { pause: '一時停止', resume: '再開', edit: '編集', back: '前の版に戻す' },
    pauseSure: {
      title: '一時停止しますか？',
      text: '新しく始まらなくなり、途中のお客様への送信も再開まで待ちます。お客様への返事は届きます。',
      confirm: '一時停止する',
      deny: 'やめる'
    },
    pauseDone: (id) => `「${id}」を一時停止しました。`,
    resumeDone: (id) => `「${id}」を再開しました。待っていた送信は1時間以内に始まります。`,
    already: (id) => `「${id}」は、ほかの方がすでに切り替えています。`,
    form: {
      newTitle: 'アンケート・シナリオを作る',
      editTitle: '編集する',
      submit: '公開する',
      close: 'やめる',
      part: (part, of) => (of === 1 ? '内容（YAML）' : `内容（YAML） ${part}/${of}`),
      hint: '途中のお客様は始めたときの版のまま進み、新しい方から変わります。'
    },
    tooLong: '長いため、ここでは編集できません。`npm run flows -- publish <ファイル>` をお使いください。',
    published: (id, version) => `「${id}」の第${version}版を公開しました。`,
    same: (id) => `「${id}」は前と同じ内容です。何も変わっていません。`,
    at: (line, message) => `${line}行目: ${message}`,
    moreFaults: (hidden) => `ほかに${hidden}件あります。`,
    faults: {
      changed_meanwhile: '編集中にほかの方が公開しました。閉じて、新しい版から編集し直してください。',
      id_changed: '編集するときは id を変えられません。別のものにするには `/matane flows new` をお使いください。',
      id_taken: 'この id はもう使われています。別の id にしてください。'
    },
    start: {
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
    back: {
      title: '前の版に戻す',
      label: '戻す版',
      placeholder: '版を選ぶ',
      submit: 'この版に戻す',
      choice: (version, when, source) => `第${version}版 ${when}（${source}）`,
      sources: { file: 'ファイル', slack: 'Slack' },
      nothing: '戻せる版はまだありません。'
    }
  },
  en: {
    help: 'surveys and scenarios and what they brought; `/matane flows <id>` tells more, `new` makes one',
    title: 'Surveys and scenarios',
    none: 'There is none yet: make one with `/matane flows new`.',
    unknown: (id) => `There is no survey or scenario “${id}”. See \`/matane flows\`.`,
    managersOnly: 'Only managers change surveys and scenarios.',
    kinds: { survey: 'survey', scenario: 'scenario' },
    purposes: { service: 'what the service needs', research: 'surveys', marketing: 'offers' },
    running: 'running',
    paused: 'paused',
    pausedBy: (who, when) => `paused (${who}, ${when})`,
    entered: (times) => `${times} times`,
    inside: (people) => `${people} people`,
    howTo: 'Add an id, as in `/matane flows nps`, for figures and steps.',
    more: (hidden) => `${hidden} more.`,
    show: 'Details',
    fields: {
      state: 'State',
      trigger: 'Starts with',
      purpose: 'Purpose',
      entered: 'Entered',
      inside: 'Inside now',
      answered: 'Answered',
      version: 'Version'
    },
    version: (version, when) => `${version} (${when})`,
    steps: 'Steps',
    waiting: (people) => `⏳ ${people}`,
    gone: (people) => `${people} are inside older versions`,
    end: 'end',
    otherwise: 'else',
    silent: (time) => `silent for ${time}`,
    goal: (event, within) => `Goal: ${event} within ${within}`,
    arms: { holdout: 'holdout (gets nothing)', all: 'those written to' },
    arm: (name, { reached, entered, share }) => `${name}: ${reached} of ${entered} (${share})`,
    compared: (name, against, points) => `${name} − ${against}: ${points}`,
    surely: { more: 'works', less: 'does harm', unclear: 'no difference to speak of yet' },
    uneven: '⚠️ People are spread unevenly. Do not trust this comparison: was the set-up changed meanwhile?',
    meaning: 'A difference is that of the shares who reached the goal, in points, with its 95% interval (Newcombe).',
    buttons: { pause: 'Pause', resume: 'Resume', edit: 'Edit', back: 'Roll back' },
    pauseSure: {
      title: 'Pause it?',
      text: 'Nobody enters any more, and messages to those inside wait until it goes on. Answers to customers still go out.',
      confirm: 'Pause',
      deny: 'Cancel'
    },
    pauseDone: (id) => `“${id}” is paused.`,
    resumeDone: (id) => `“${id}” goes on. What waited begins within the hour.`,
    already: (id) => `A colleague has switched “${id}” already.`,
    form: {
      newTitle: 'New survey or scenario',
      editTitle: 'Edit',
      submit: 'Publish',
      close: 'Cancel',
      part: (part, of) => (of === 1 ? 'Content (YAML)' : `Content (YAML) ${part}/${of}`),
      hint: 'Customers inside go on in the version they began with; new ones get this one.'
    },
    tooLong: 'It is too long to be edited here: use `npm run flows -- publish <file>`.',
    published: (id, version) => `Version ${version} of “${id}” is published.`,
    same: (id) => `“${id}” says the same as before: nothing changed.`,
    at: (line, message) => `Line ${line}: ${message}`,
    moreFaults: (hidden) => `And ${hidden} more.`,
    faults: {
      changed_meanwhile: 'A colleague published a version meanwhile. Close this and edit the new one.',
      id_changed: 'An edit keeps its id. For another one use `/matane flows new`.',
      id_taken: 'This id is taken: choose another one.'
    },
    start: {
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
      many: (id, people) =>
        `“${id}” starts for ${people} people, within some minutes, as far as they may be written to.`,
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
    },
    back: {
      title: 'Roll back',
      label: 'Version',
      placeholder: 'Choose a version',
      submit: 'Roll back to it',
      choice: (version, when, source) => `${version} ${when} (${source})`,
      sources: { file: 'file', slack: 'Slack' },
      nothing: 'There is no version to roll back to yet.'
    }
  }
}
