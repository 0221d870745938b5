import type { Locale } from '../../core/locale.ts'

interface SegmentTexts {
  readonly help: string
  readonly listTitle: string
  readonly none: string
  readonly more: (count: number) => string
  readonly people: (count: number) => string
  readonly notYet: string
  readonly asOf: (at: string) => string
  readonly teams: string
  readonly show: string
  readonly howTo: string
  readonly unknown: (told: string) => string
  readonly managersOnly: string
  readonly fields: {
    readonly people: string
    readonly onLine: string
    readonly reachable: string
    readonly pushes: string
    readonly kept: string
  }
  readonly pushes: (needed: number, left: number | undefined) => string
  readonly tooFew: (missing: number) => string
  readonly kept: (count: number, at: string) => string
  readonly sample: (names: string) => string
  readonly masked: string
  readonly condition: string
  readonly meaning: string
  readonly recount: string
  readonly recounted: (name: string, count: number) => string
  readonly edit: string
  readonly copy: string
  readonly end: string
  readonly endSure: { readonly title: string; readonly text: string; readonly confirm: string; readonly deny: string }
  readonly ended: (name: string) => string
  readonly modal: {
    readonly newTitle: string
    readonly editTitle: string
    readonly submit: string
    readonly close: string
    readonly label: string
    readonly hint: string
  }
  readonly saved: (name: string) => string
  readonly at: (line: number, message: string) => string
  readonly moreFaults: (count: number) => string
  readonly faults: {
    readonly idTaken: (isFiles: boolean) => string
    readonly idChanged: (id: string) => string
    readonly changedMeanwhile: string
    readonly tooLong: string
  }
}

const ja: SegmentTexts = {
  help: 'お客様の集まり（セグメント）の人数と中身。`/matane segment 30日未利用` で1つ、`new` で新しく作ります（マネージャー）',
  listTitle: 'セグメント',
  none: 'まだありません。`flows/segments` に書くか、マネージャーが `/matane segment new` で作れます。',
  more: (count) => `ほかに ${count} 件あります。\`/matane segment 名前\` でご覧ください。`,
  people: (count) => `${count.toLocaleString('ja-JP')}名`,
  notYet: 'まもなく集計します',
  asOf: (at) => `${at} 時点`,
  teams: 'チーム作成',
  show: 'くわしく',
  howTo: '毎晩4時すぎに数え直します。`/matane segment 名前` はその場で数えます。',
  unknown: (told) => `「${told}」というセグメントはありません。\`/matane segment\` で一覧をご覧ください。`,
  managersOnly: 'セグメントを作れるのはマネージャーです。',
  fields: {
    people: '対象',
    onLine: 'LINEで届く',
    reachable: 'うち配信に同意',
    pushes: '1通ずつ送ると',
    kept: '前回の集計'
  },
  pushes: (needed, left) =>
    `${needed.toLocaleString('ja-JP')}通${left === undefined ? '' : ` / 今月の残り ${left.toLocaleString('ja-JP')}通`}`,
  tooFew: (missing) => `⚠️ 今月の配信枠では ${missing.toLocaleString('ja-JP')}通 足りません。`,
  kept: (count, at) => `${count.toLocaleString('ja-JP')}名（${at}）`,
  sample: (names) => `*たとえば*　${names}`,
  masked: 'お名前は一部を伏せています。',
  condition: '条件',
  meaning: '日数は今日を含む営業日です。このメッセージはあなただけに見えています。',
  recount: '数え直す',
  recounted: (name, count) => `「${name}」を数え直しました: ${count.toLocaleString('ja-JP')}名`,
  edit: '編集',
  copy: '複製して作る',
  end: '終了',
  endSure: {
    title: 'このセグメントを終了しますか？',
    text: '一覧から消え、出入りの記録も止まります。お客様の情報はそのまま残ります。',
    confirm: '終了する',
    deny: '戻る'
  },
  ended: (name) => `セグメント「${name}」を終了しました。`,
  modal: {
    newTitle: '新しいセグメント',
    editTitle: 'セグメントの編集',
    submit: '公開する',
    close: '戻る',
    label: '条件（YAML）',
    hint: 'flows/segments のファイルと同じ書き方です。まちがいは行番号つきでお知らせします。'
  },
  saved: (name) => `セグメント「${name}」を公開しました。`,
  at: (line, message) => `${line}行目: ${message}`,
  moreFaults: (count) => `ほかに ${count} か所`,
  faults: {
    idTaken: (isFiles) =>
      isFiles
        ? 'このidはファイルのセグメントが使っています。別のidにしてください。'
        : 'このidのセグメントがすでにあります。別のidにするか、そちらを編集してください。',
    idChanged: (id) => `編集中は id: ${id} のままにしてください。別のものを作るときは「複製して作る」から。`,
    changedMeanwhile: 'ほかの方が先に変更しました。開き直して、最新の内容からやり直してください。',
    tooLong: 'Slackで編集するには長すぎます。flows/segments のファイルにしてください。'
  }
}

const en: SegmentTexts = {
  help: 'Groups of customers (segments): `/matane segment not-seen-30d` shows one, `new` makes one (managers)',
  listTitle: 'Segments',
  none: 'There are none yet. Write them in `flows/segments`, or a manager makes one with `/matane segment new`.',
  more: (count) => `${count} more: ask for one with \`/matane segment name\`.`,
  people: (count) => `${count.toLocaleString('en-US')} people`,
  notYet: 'counted in a moment',
  asOf: (at) => `as of ${at}`,
  teams: 'by the team',
  show: 'Show',
  howTo: 'Counted each night after 4. `/matane segment name` counts on the spot.',
  unknown: (told) => `There is no segment “${told}”. \`/matane segment\` lists them.`,
  managersOnly: 'Managers make segments.',
  fields: {
    people: 'People',
    onLine: 'On LINE',
    reachable: 'Of them, agreed to offers',
    pushes: 'One message to each',
    kept: 'Counted last'
  },
  pushes: (needed, left) =>
    `${needed.toLocaleString('en-US')} pushes${left === undefined ? '' : ` / ${left.toLocaleString('en-US')} left this month`}`,
  tooFew: (missing) => `⚠️ This month’s quota is ${missing.toLocaleString('en-US')} short.`,
  kept: (count, at) => `${count.toLocaleString('en-US')} (${at})`,
  sample: (names) => `*For example:* ${names}`,
  masked: 'Names are shown in part.',
  condition: 'Condition',
  meaning: 'Days are business days, today included. Only you see this message.',
  recount: 'Count again',
  recounted: (name, count) => `“${name}” counted again: ${count.toLocaleString('en-US')} people`,
  edit: 'Edit',
  copy: 'Copy',
  end: 'End',
  endSure: {
    title: 'End this segment?',
    text: 'It leaves the list, and nobody enters or leaves it any more. Customers stay as they are.',
    confirm: 'End it',
    deny: 'Back'
  },
  ended: (name) => `The segment “${name}” has ended.`,
  modal: {
    newTitle: 'New segment',
    editTitle: 'Edit segment',
    submit: 'Publish',
    close: 'Back',
    label: 'Condition (YAML)',
    hint: 'Written like the files in flows/segments. Faults are told with their line.'
  },
  saved: (name) => `The segment “${name}” is published.`,
  at: (line, message) => `Line ${line}: ${message}`,
  moreFaults: (count) => `and ${count} more`,
  faults: {
    idTaken: (isFiles) =>
      isFiles
        ? 'A segment from a file has this id: choose another.'
        : 'There is a segment of this id already: choose another, or edit that one.',
    idChanged: (id) => `Keep id: ${id} while you edit. To make another one, use “Copy”.`,
    changedMeanwhile: 'A colleague changed it meanwhile. Open it again and start from what is there now.',
    tooLong: 'This one is too long to be edited in Slack: make it a file in flows/segments.'
  }
}

export const TEXTS: Readonly<Record<Locale, SegmentTexts>> = { ja, en }
