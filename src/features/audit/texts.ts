import type { Locale } from '../../core/locale.ts'
import type { Action, ActorKind, DetailKey, SubjectType } from './rules/entry.ts'
import type { ChainFault, FaultKind } from './rules/verify.ts'

interface AuditTexts {
  readonly help: string
  readonly usage: string
  readonly title: string
  readonly none: string
  readonly noSuchFollowUp: (number: number) => string
  readonly staleButton: string
  readonly older: string
  readonly newest: string
  readonly pending: (count: number) => string
  readonly viewed: string
  readonly erased: string
  readonly unreadable: string
  /** `what` is the subject in words; empty for the log itself. */
  readonly actions: Readonly<Record<Action, (what: string) => string>>
  readonly actors: Readonly<Record<Exclude<ActorKind, 'staff'>, (id: string) => string>>
  readonly subjects: Readonly<Record<SubjectType, (id: string) => string>>
  readonly details: Readonly<Record<DetailKey, string>>
  readonly broken: (fault: ChainFault) => string
  readonly head: (head: string) => string
}

const FAULTS: Readonly<Record<Locale, Readonly<Record<FaultKind, string>>>> = {
  ja: {
    missing: 'ここにあるはずの記録が削除されています',
    changed: 'この記録は、書かれた後に変更されています',
    detail: 'この記録の詳細が、別のものに書き換えられています',
    emptied: '消去の手続きの記録がないのに、この記録の詳細が消されています',
    moved: 'この記録はここにあるはずのものではありません(入れ替え、または挿入)',
    cut: 'ここから先の記録が削除されています',
    beyond: 'ここから先は、Mataneがつないだ記録ではありません',
    no_head: 'どこまでつないだかの控えが削除されたか、書き換えられています',
    witness: 'お手元の控えと一致しません。台帳が作り直されています'
  },
  en: {
    missing: 'the entries that belong here were deleted',
    changed: 'this entry was changed after it was written',
    detail: 'the detail of this entry was replaced',
    emptied: 'the detail of this entry was taken away, and no erasure of it is on record',
    moved: 'this entry does not belong here: entries were swapped, or one was put in',
    cut: 'the entries from here on were deleted',
    beyond: 'the entries from here on were not chained by Matane',
    no_head: 'the note of where the chain ends was deleted or replaced',
    witness: 'it is not what the kept head says: the log was made anew'
  }
}

const ja: AuditTexts = {
  help: '操作記録(誰が何を見て、変えたか)。`@名前`・`customer #812`・`today`・`7d`・`2026-11-21` で絞り込み(マネージャーのみ)',
  usage:
    '読み取れませんでした。使い方: `/matane audit` ですべて、`/matane audit @名前 today` のように組み合わせて絞り込めます。\n使える言葉: `@名前`(その人の操作)、`customer #812`(フォロー #812 のお客様)、`今日`・`昨日`・`7d`・`2026-11-21`',
  title: '操作記録',
  none: 'あてはまる記録はありません。',
  noSuchFollowUp: (number) => `フォロー #${number} についての記録はまだありません。番号をご確認ください。`,
  staleButton: 'このボタンは古くなったようです。`/matane audit` からもう一度お試しください。',
  older: '以前の記録',
  newest: '最新に戻る',
  pending: (count) => `${count} 件はまもなく台帳につながれます`,
  viewed: 'この閲覧も記録されます',
  erased: '詳細は消去済み',
  unreadable: '⚠️ 詳細が書き換えられていて読めません',
  actions: {
    'audit.view': () => '操作記録を見ました',
    'audit.erase': (what) => `${what}についての記録の詳細を消去しました`,
    'customer.link': (what) => `${what}とほかの連携IDを結び付けました`,
    'customer.merge': (what) => `${what}にもう一人のお客様をまとめました`,
    'customer.unmerge': (what) => `${what}からまとめたお客様を元に戻しました`,
    'customer.apart': (what) => `${what}ともう一人を別のお客様としました`,
    'customer.card': (what) => `${what}のカードを見ました`,
    'customer.search': (what) => `検索で${what}を候補に見ました`,
    'customer.tag': (what) => `${what}のタグを変えました`,
    'customer.view': (what) => `${what}のお客様情報を見ました`,
    'data.export': (what) => `${what}を書き出しました`,
    'data.export_end': (what) => `${what}の書き出しが終わりました`,
    'data.export_link': (what) => `${what}を書き出すリンクを作りました`,
    'data.import': (what) => `${what}を取り込みました`,
    'customer.erase': (what) => `${what}の情報を消去しました`,
    'customer.export': (what) => `${what}の情報の開示リンクを作りました`,
    'customer.export_open': (what) => `${what}の情報の開示リンクを開きました`,
    'coupon.give': (what) => `${what}をお客様に渡しました`,
    'coupon.use': (what) => `${what}を使用済みにしました`,
    'coupon.undo': (what) => `${what}の利用を取り消しました`,
    'coupon.withdraw': (what) => `${what}を取り下げました`,
    'coupon.pause': (what) => `${what}を一時停止しました`,
    'coupon.resume': (what) => `${what}を再開しました`,
    'definition.publish': (what) => `${what}を公開しました`,
    'definition.retire': (what) => `${what}を終了しました`,
    'follow_up.open': (what) => `${what}を開きました`,
    'follow_up.claim': (what) => `${what}を担当しました`,
    'follow_up.assign': (what) => `${what}の担当を決めました`,
    'follow_up.snooze': (what) => `${what}をスヌーズしました`,
    'follow_up.resolve': (what) => `${what}を解決しました`,
    'follow_up.reopen': (what) => `${what}を再オープンしました`,
    'follow_up.tag': (what) => `${what}のお客様のタグを変えました`,
    'flow.start': (what) => `${what}を手動で開始しました`,
    'metric.ask': (what) => `${what}を見ました`,
    'flow.pause': (what) => `${what}を一時停止しました`,
    'flow.resume': (what) => `${what}を再開しました`,
    'points.adjust': (what) => `${what}のポイントを付けた、または差し引きました`,
    'segment.view': (what) => `${what}を見ました`,
    'rights.request': (what) => `${what}を申し込みました`,
    'rights.approve': (what) => `${what}を承認しました`,
    'rights.decline': (what) => `${what}を見送りました`,
    'rights.cancel': (what) => `${what}を取り消しました`,
    'rights.done': (what) => `${what}を実行しました`,
    'setting.change': (what) => `${what}を変えました`,
    'staff.role': (what) => `${what}の役割を変えました`,
    'stamp.give': (what) => `${what}にスタンプを1個押しました`,
    'stamp.void': (what) => `${what}のスタンプを1個取り消しました`
  },
  actors: { customer: () => 'お客様', system: (id) => (id === 'slack' ? 'Slackの設定' : 'Matane'), source: (id) => id },
  subjects: {
    audit: () => '',
    coupon: (id) => `クーポン \`${id}\` `,
    customer: (id) => `お客様 \`${id}\` `,
    data: (id) => `データ(${id})`,
    definition: (id) => `定義「${id}」`,
    follow_up: (id) => `フォロー #${id} `,
    metric: (id) => `指標「${id}」`,
    segment: (id) => `セグメント「${id}」`,
    rights_request: (id) => `ご依頼 #${id} `,
    setting: (id) => `設定「${id}」`,
    staff: (mention) => `${mention} さん`
  },
  details: {
    staff: '担当',
    role: '役割',
    before: '変更前',
    value: '変更後',
    until: '期限',
    outcome: '結果',
    added: '追加',
    removed: '削除',
    version: '版',
    from: '開始',
    to: '終了',
    view: '画面',
    filter: '絞り込み',
    rows: '行数',
    imported: '取り込み',
    other: 'もう一人',
    reason: '理由'
  },
  broken: (fault) =>
    `🚨 操作記録の連鎖が壊れています。${fault.position} 番目: ${FAULTS.ja[fault.kind]}。データベースを直接変更した人がいないか確認し、\`npm run db -- audit verify\` で詳しく調べてください。`,
  head: (head) =>
    `🔗 操作記録の控え: \`${head}\`\nこのメッセージを残しておくと、あとから台帳が作り直されていないか \`npm run db -- audit verify ${head}\` で確かめられます。`
}

const en: AuditTexts = {
  help: 'Who saw and changed what. Narrow it down by `@name`, `customer #812`, `today`, `7d`, `2026-11-21` (managers)',
  usage:
    'I could not read that. Use: `/matane audit` shows everything, `/matane audit @name today` narrows it down.\nWords: `@name` (what they did), `customer #812` (the customer of follow-up #812), `today`, `yesterday`, `7d`, `2026-11-21`',
  title: 'Audit log',
  none: 'There are no such entries.',
  noSuchFollowUp: (number) => `Nothing is on record about follow-up #${number} yet. Please check the number.`,
  staleButton: 'This button seems to be out of date. Please try again from `/matane audit`.',
  older: 'Older',
  newest: 'Back to the newest',
  pending: (count) => `${count} will be chained in a moment`,
  viewed: 'That you looked is on record too',
  erased: 'detail erased',
  unreadable: '⚠️ the detail was replaced and cannot be read',
  actions: {
    'audit.view': () => 'looked at the audit log',
    'audit.erase': (what) => `erased the details on record about ${what}`,
    'customer.link': (what) => `linked ${what} with an identity elsewhere`,
    'customer.merge': (what) => `merged another customer into ${what}`,
    'customer.unmerge': (what) => `undid a merge into ${what}`,
    'customer.apart': (what) => `said that ${what} and another one are two people`,
    'customer.card': (what) => `saw the card of ${what}`,
    'customer.search': (what) => `saw ${what} among the results of a search`,
    'customer.tag': (what) => `changed the tags of ${what}`,
    'customer.view': (what) => `saw the data of the customer of ${what}`,
    'data.export': (what) => `exported ${what}`,
    'data.export_end': (what) => `came to the end of exporting ${what}`,
    'data.export_link': (what) => `made a link to export ${what}`,
    'data.import': (what) => `imported ${what}`,
    'customer.erase': (what) => `erased all data of ${what}`,
    'customer.export': (what) => `made a link to the data of ${what}`,
    'customer.export_open': (what) => `opened the link to the data of ${what}`,
    'coupon.give': (what) => `gave ${what} to a customer`,
    'coupon.use': (what) => `marked ${what} as used`,
    'coupon.undo': (what) => `undid the use of ${what}`,
    'coupon.withdraw': (what) => `withdrew ${what}`,
    'coupon.pause': (what) => `paused ${what}`,
    'coupon.resume': (what) => `resumed ${what}`,
    'definition.publish': (what) => `published ${what}`,
    'definition.retire': (what) => `retired ${what}`,
    'follow_up.open': (what) => `opened ${what}`,
    'follow_up.claim': (what) => `claimed ${what}`,
    'follow_up.assign': (what) => `assigned ${what}`,
    'follow_up.snooze': (what) => `snoozed ${what}`,
    'follow_up.resolve': (what) => `resolved ${what}`,
    'follow_up.reopen': (what) => `reopened ${what}`,
    'follow_up.tag': (what) => `changed the tags of the customer of ${what}`,
    'flow.start': (what) => `started ${what} by hand`,
    'metric.ask': (what) => `saw ${what}`,
    'flow.pause': (what) => `paused ${what}`,
    'flow.resume': (what) => `resumed ${what}`,
    'points.adjust': (what) => `gave or took points of ${what}`,
    'segment.view': (what) => `saw ${what}`,
    'rights.request': (what) => `made ${what}`,
    'rights.approve': (what) => `approved ${what}`,
    'rights.decline': (what) => `declined ${what}`,
    'rights.cancel': (what) => `withdrew ${what}`,
    'rights.done': (what) => `carried out ${what}`,
    'setting.change': (what) => `changed ${what}`,
    'staff.role': (what) => `changed the role of ${what}`,
    'stamp.give': (what) => `gave ${what} a stamp`,
    'stamp.void': (what) => `voided a stamp of ${what}`
  },
  actors: { customer: () => 'A customer', system: (id) => (id === 'slack' ? 'Slack' : 'Matane'), source: (id) => id },
  subjects: {
    audit: () => '',
    coupon: (id) => `coupon \`${id}\``,
    customer: (id) => `customer \`${id}\``,
    data: (id) => `data (${id})`,
    definition: (id) => `the definition “${id}”`,
    follow_up: (id) => `follow-up #${id}`,
    metric: (id) => `the metric “${id}”`,
    segment: (id) => `the segment “${id}”`,
    rights_request: (id) => `privacy request #${id}`,
    setting: (id) => `the setting “${id}”`,
    staff: (mention) => mention
  },
  details: {
    staff: 'to',
    role: 'role',
    before: 'before',
    value: 'after',
    until: 'until',
    outcome: 'outcome',
    added: 'added',
    removed: 'removed',
    version: 'version',
    from: 'from',
    to: 'to',
    view: 'view',
    filter: 'filter',
    rows: 'rows',
    imported: 'imported',
    other: 'the other',
    reason: 'reason'
  },
  broken: (fault) =>
    `🚨 The chain of the audit log is broken. At ${fault.position}: ${FAULTS.en[fault.kind]}. Find out who changed the database directly, and look closer with \`npm run db -- audit verify\`.`,
  head: (head) =>
    `🔗 Head of the audit log: \`${head}\`\nKeep this message: \`npm run db -- audit verify ${head}\` tells later whether the log was made anew.`
}

export const TEXTS: Readonly<Record<Locale, AuditTexts>> = { ja, en }

/** What a fault means, in English: for commands and the log. */
export function faultMeaning(kind: FaultKind): string {
  return FAULTS.en[kind]
}
