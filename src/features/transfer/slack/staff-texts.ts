import type { Locale } from '../../../core/locale.ts'
import type { FormFault, UploadState } from '../rules/upload.ts'
import type { NotDecided } from '../upload/decide-upload.ts'

interface StaffTexts {
  readonly help: string
  readonly title: string
  readonly kind: string
  readonly kindHint: string
  readonly file: string
  readonly fileHint: string
  readonly send: string
  readonly cancel: string
  readonly close: string
  readonly faults: Readonly<Record<FormFault, string>>
  readonly refusals: Readonly<Record<'gone' | 'no_scope' | 'too_large', string>>
  readonly states: Readonly<Record<UploadState, string>>
  readonly head: (kind: string, state: string) => string
  readonly reading: string
  readonly trying: string
  readonly counts: Readonly<
    Record<'rows' | 'fresh' | 'imported' | 'duplicates' | 'failed' | 'skipped' | 'erased', string>
  >
  readonly progress: (done: number, all: number, percent: number) => string
  readonly columns: string
  readonly unused: (names: string) => string
  readonly wrong: (shown: number, all: number) => string
  readonly nothing: string
  readonly question: string
  readonly again: string
  readonly take: (rows: number) => string
  readonly leave: string
  readonly showFaults: string
  readonly faultsTitle: string
  readonly moreFaults: (count: number) => string
  readonly by: (who: string) => string
  readonly decidedBy: (who: string) => string
  readonly refused: (why: NotDecided) => string
}

/** What staff read about files that are brought in: cards in the language of the team, the rest in each person's own. */
export const STAFF_TEXTS: Readonly<Record<Locale, StaffTexts>> = {
  ja: {
    help: 'CSVファイルの取り込み (顧客・来店・注文)',
    title: 'CSVを取り込む',
    kind: '何のファイルですか',
    kindHint:
      '会員番号・電話番号・メールアドレスのどれかの列が要ります。来店には日付、注文には日付と金額の列も要ります。',
    file: 'CSVファイル',
    fileHint: 'Excelで保存したもの (Shift_JIS・UTF-8) もそのまま使えます。20MBまで。取り込む前に内容を確認できます。',
    send: '内容を確認',
    cancel: 'やめる',
    close: '閉じる',
    faults: {
      none: 'ファイルを選んでください。',
      empty: 'ファイルに何も入っていません。別のファイルを選んでください。',
      too_large: '20MBを超えています。分けて取り込むか、サーバーで npm run import をお使いください。',
      spreadsheet: '表計算のファイルはそのままでは取り込めません。「CSV UTF-8」の形式で保存したものを選んでください。',
      no_csv: 'CSVファイル (.csv .tsv .txt) を選んでください。'
    },
    refusals: {
      gone: 'ファイルが見つかりませんでした。削除された可能性があります。もう一度 /matane import からお試しください。',
      no_scope:
        'ファイルを読む権限がありません。Slackアプリの権限に files:read を加えて入れ直してから、もう一度お試しください。',
      too_large: '20MBを超えています。分けて取り込むか、サーバーで npm run import をお使いください。'
    },
    states: {
      reading: '⏳ 読み取り中',
      trying: '⏳ 確認中',
      ready: '🟡 確認待ち',
      importing: '⏳ 取り込み中',
      done: '✅ 取り込み完了',
      cancelled: '↩️ 取りやめ',
      refused: '⚠️ 取り込めません'
    },
    head: (kind, state) => `📥 CSV取り込み (${kind}) ${state}`,
    reading: 'ファイルを読んでいます。少しお待ちください。',
    trying: '取り込むとどうなるかを確かめています。まだ何も変わりません。',
    counts: {
      rows: '行',
      fresh: '新しく取り込む',
      imported: '取り込んだ',
      duplicates: '登録済み',
      failed: '取り込めない行',
      skipped: '対象外',
      erased: '削除済みのお客様'
    },
    progress: (done, all, percent) =>
      `${done.toLocaleString('ja-JP')} / ${all.toLocaleString('ja-JP')} 行 (${percent}%)`,
    columns: '列の読み方',
    unused: (names) => `使わない列: ${names}`,
    wrong: (shown, all) => `取り込めない行 (${all.toLocaleString('ja-JP')}行のうち${shown}行)`,
    nothing: '取り込める行がありません。ファイルを直して、もう一度お試しください。',
    question: 'この内容で取り込みますか。過去の来店や注文でお客様にメッセージが届くことはありません。',
    again: '直したファイルをもう一度取り込めます。取り込み済みの行が重なることはありません。',
    take: (rows) => `${rows.toLocaleString('ja-JP')}行を取り込む`,
    leave: 'やめる',
    showFaults: '取り込めない行を見る',
    faultsTitle: '取り込めない行',
    moreFaults: (count) => `ほかに${count.toLocaleString('ja-JP')}行あります。直してからもう一度お試しください。`,
    by: (who) => `${who} さんが持ち込みました`,
    decidedBy: (who) => `${who} さんが決めました`,
    refused: (why) =>
      why.kind === 'gone'
        ? 'このファイルはもうありません。もう一度 /matane import からお試しください。'
        : `このファイルはすでに「${STAFF_TEXTS.ja.states[why.state]}」です。変更はありません。`
  },
  en: {
    help: 'import a CSV file (customers, visits, orders)',
    title: 'Import a CSV file',
    kind: 'What is in the file?',
    kindHint:
      'It needs a column with member numbers, phone numbers or e-mail addresses; visits a date as well, orders a date and an amount.',
    file: 'CSV file',
    fileHint:
      'As Excel saves it (Shift_JIS or UTF-8) is fine. At most 20 MB. You see what it says before it is imported.',
    send: 'Check it',
    cancel: 'Cancel',
    close: 'Close',
    faults: {
      none: 'Choose a file.',
      empty: 'There is nothing in the file. Choose another one.',
      too_large: 'It is larger than 20 MB. Import it in parts, or with npm run import at the server.',
      spreadsheet: 'Spreadsheets cannot be imported as they are. Save it as “CSV UTF-8”, and choose that file.',
      no_csv: 'Choose a CSV file (.csv .tsv .txt).'
    },
    refusals: {
      gone: 'The file was not found: it may have been deleted. Please try again with /matane import.',
      no_scope:
        'The app may not read files. Add files:read to its scopes in Slack, install it again, and try once more.',
      too_large: 'It is larger than 20 MB. Import it in parts, or with npm run import at the server.'
    },
    states: {
      reading: '⏳ Reading',
      trying: '⏳ Checking',
      ready: '🟡 Needs your word',
      importing: '⏳ Importing',
      done: '✅ Imported',
      cancelled: '↩️ Not imported',
      refused: '⚠️ Cannot be imported'
    },
    head: (kind, state) => `📥 CSV import (${kind}) ${state}`,
    reading: 'The file is being read. One moment, please.',
    trying: 'Finding out what importing it would do. Nothing changes yet.',
    counts: {
      rows: 'Rows',
      fresh: 'New',
      imported: 'Imported',
      duplicates: 'Known already',
      failed: 'Cannot be taken',
      skipped: 'Left out',
      erased: 'Of erased customers'
    },
    progress: (done, all, percent) =>
      `${done.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} rows (${percent}%)`,
    columns: 'Columns',
    unused: (names) => `Not used: ${names}`,
    wrong: (shown, all) => `Rows that cannot be taken (${shown} of ${all.toLocaleString('en-US')})`,
    nothing: 'There is no row that can be taken. Please correct the file, and try again.',
    question: 'Import it like this? What happened in the past sends no messages to customers.',
    again: 'You can import the corrected file again: rows that were imported count once.',
    take: (rows) => `Import ${rows.toLocaleString('en-US')} rows`,
    leave: 'Do not import',
    showFaults: 'See rows that cannot be taken',
    faultsTitle: 'Rows not taken',
    moreFaults: (count) => `And ${count.toLocaleString('en-US')} more. Correct these, then try again.`,
    by: (who) => `Brought by ${who}`,
    decidedBy: (who) => `Decided by ${who}`,
    refused: (why) =>
      why.kind === 'gone'
        ? 'This file is gone. Please try again with /matane import.'
        : `This file is “${STAFF_TEXTS.en.states[why.state]}” already, so nothing was changed.`
  }
}
