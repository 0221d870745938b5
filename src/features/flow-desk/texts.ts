import type { Locale } from '../../core/locale.ts'

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
    already: (id) => `「${id}」は、ほかの方がすでに切り替えています。`
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
    already: (id) => `A colleague has switched “${id}” already.`
  }
}
