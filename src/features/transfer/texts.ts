import type { Locale } from '../../core/locale.ts'
import type { FileFault, How } from './choose-layout.ts'
import type { Kind } from './rules/fields.ts'
import type { RowFault, RowProblem } from './rules/row/problem.ts'

interface TransferTexts {
  readonly kinds: Readonly<Record<Kind, string>>
  /** What is wrong with a row, and what to do. */
  readonly problems: Readonly<Record<RowProblem, string>>
  readonly line: (line: number) => string
  readonly who: string
  readonly empty: string
  readonly spreadsheet: string
  readonly lineChat: string
  readonly missing: (names: string) => string
  readonly unclear: (fields: string, header: string) => string
  readonly how: Readonly<Record<How, string>>
}

const ja: TransferTexts = {
  kinds: { customers: '顧客', visits: '来店', orders: '注文' },
  problems: {
    encoding: '読めない文字があります。「CSV UTF-8」で保存し直してください',
    quotes: '引用符(")が閉じていません。" は "" と書きます',
    no_customer: 'だれの行かわかりません。会員番号・電話番号・メールアドレスのどれかを入れてください',
    bad_identity: '番号・電話番号・メールアドレスとして読めません',
    bad_matane_id: 'Mataneが書き出したIDではありません。そのままにしてください',
    no_date: '日付がありません',
    bad_date: '日付として読めません。2026/1/5 や 2026-01-05 10:20 のように書いてください',
    date_order: '月と日のどちらが先かわかりません。年から書くか、対応表に date_order: mdy か dmy を書いてください',
    too_early: '1990年より前の日付です',
    too_late: '未来の日付です',
    no_amount: '金額がありません',
    bad_amount: '金額(円)として読めません。1200 や ¥1,200 のように書いてください',
    too_large: '金額が大きすぎます。列が合っているか確かめてください',
    bad_order_id: '番号が長すぎます(100文字まで)',
    bad_shop: '店舗名が長すぎます(100文字まで)',
    bad_tag: 'タグにできません(30文字まで)',
    bad_attribute:
      '読めない値です。誕生日は 1990-05-12、性別は 女性・男性・その他、都道府県は 東京都 のように書いてください',
    bad_consent: '同意のありなしとして読めません。はい・いいえ のように書くか、空にしてください',
    bad_event: '取り込めない値があります',
    unfit: '金額の合計が大きくなりすぎます。列が合っているか確かめてください'
  },
  line: (line) => `${line}行目`,
  who: '会員番号・電話番号・メールアドレスのどれか',
  empty: 'ファイルに何も入っていません。',
  spreadsheet:
    'CSVファイルではありません。Excelなどで開き、「CSV UTF-8」の形式で保存し直してから、もう一度お試しください。',
  lineChat:
    'LINE公式アカウントのトーク履歴には表示名しかなく、同じ名前の別の方と区別できないため、取り込めません。会員番号などのあるファイルをお使いください。',
  missing: (names) => `対応表にある列が、ファイルにありません: ${names}`,
  unclear: (fields, header) =>
    `どの列かわからないものがあります: ${fields}\nファイルの列: ${header}\n列の名前を変えるか、対応表で指定してください。`,
  how: { mapping: '対応表のとおり', remembered: '前回と同じ', preset: '知っている形式', names: '列の名前から' }
}

const en: TransferTexts = {
  kinds: { customers: 'customers', visits: 'visits', orders: 'orders' },
  problems: {
    encoding: 'has letters that cannot be read: save the file as “CSV UTF-8”',
    quotes: 'has a quote (") that is not closed: a " inside a cell is written ""',
    no_customer: 'does not say whose it is: fill in a member number, a phone number or an e-mail address',
    bad_identity: 'cannot be read as a number, phone number or e-mail address',
    bad_matane_id: 'is no id that Matane wrote: leave the column as it was exported',
    no_date: 'has no date',
    bad_date: 'cannot be read as a date: write it as 2026/1/5 or 2026-01-05 10:20',
    date_order:
      'leaves open whether the month or the day comes first: begin with the year, or set date_order: mdy or dmy in a mapping',
    too_early: 'is before 1990',
    too_late: 'lies in the future',
    no_amount: 'has no amount',
    bad_amount: 'cannot be read as an amount in yen: write it as 1200 or ¥1,200',
    too_large: 'is too large an amount: is it the right column?',
    bad_order_id: 'has too long an id (at most 100 characters)',
    bad_shop: 'has too long a shop name (at most 100 characters)',
    bad_tag: 'makes no tag (at most 30 characters)',
    bad_attribute:
      'cannot be read: write birthdays as 1990-05-12, gender as female, male or other, prefectures as Tokyo',
    bad_consent: 'cannot be read as a yes or no: write yes or no, or leave it empty',
    bad_event: 'has a value that cannot be taken',
    unfit: 'leads to a sum that is too large: is it the right column?'
  },
  line: (line) => `line ${line}`,
  who: 'a member number, phone number or e-mail address',
  empty: 'There is nothing in the file.',
  spreadsheet: 'This is no CSV file. Open it in Excel or the like, save it as “CSV UTF-8”, and try again.',
  lineChat:
    'LINE’s export of a chat names people by display names only, which are not theirs alone: it cannot be imported. Use a file with member numbers or the like.',
  missing: (names) => `The mapping names columns that the file does not have: ${names}`,
  unclear: (fields, header) =>
    `No column was found for: ${fields}\nColumns of the file: ${header}\nRename the columns, or say which is which in a mapping.`,
  how: { mapping: 'as the mapping says', remembered: 'as last time', preset: 'a known format', names: 'by their names' }
}

export const TEXTS: Readonly<Record<Locale, TransferTexts>> = { ja, en }

/** Whether a word names a problem that a row may have. */
export function isRowProblem(word: string): word is RowProblem {
  return Object.hasOwn(TEXTS.en.problems, word)
}

const VALUE_MAX_LENGTH = 60

/** "line 12, ordered_at “13/45”: cannot be read as …"; what stands there may be personal, so it is shown and never logged. `column` = what the file calls it. */
export function rowFaultText(
  locale: Locale,
  { line, problem, field, value, column }: { readonly line: number; readonly column?: string } & RowFault
): string {
  const texts = TEXTS[locale]
  const shown = value === undefined ? '' : `“${value.replace(/\s+/g, ' ').slice(0, VALUE_MAX_LENGTH)}”`
  const named = column ?? field
  const place = [texts.line(line), ...(named ? [named] : [])].join(locale === 'ja' ? '・' : ', ')
  return locale === 'ja'
    ? `${place}${shown}: ${texts.problems[problem]}`
    : `${place} ${shown}${shown && ' '}${texts.problems[problem]}`
}

/** Why nothing of a file is taken. */
export function fileFaultText(locale: Locale, fault: FileFault): string {
  const texts = TEXTS[locale]
  switch (fault.kind) {
    case 'empty':
      return texts.empty
    case 'spreadsheet':
      return texts.spreadsheet
    case 'line_chat':
      return texts.lineChat
    case 'missing_columns':
      return texts.missing(fault.names.join(', '))
    case 'unclear_columns': {
      const fields = fault.fields.map((field) => (field === 'who' ? texts.who : field)).join(', ')
      return texts.unclear(fields, fault.header.slice(0, 100).join(', '))
    }
  }
}
