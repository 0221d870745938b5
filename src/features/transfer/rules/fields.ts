import type { Locale } from '../../../core/locale.ts'

/** What a file is about. */
export const KINDS = ['customers', 'visits', 'orders'] as const
export type Kind = (typeof KINDS)[number]

/** Whose number a column "customer_id" holds. */
export const ID_KINDS = ['pos', 'ec', 'app'] as const
export type IdKind = (typeof ID_KINDS)[number]

const IDENTITIES = ['matane_id', 'customer_id', 'pos', 'ec', 'app', 'phone', 'email'] as const
const ORIGIN = ['source', 'source_id'] as const

/** What a column may mean, by the kind of file. */
export const FIELDS = {
  customers: [
    ...IDENTITIES,
    'name',
    'family_name',
    'given_name',
    'birthday',
    'gender',
    'prefecture',
    'tags',
    'locale',
    'created_at',
    'marketing_consent',
    'research_consent',
    'profiling_consent',
    'consent_at'
  ],
  visits: [...IDENTITIES, ...ORIGIN, 'visited_at', 'time', 'amount', 'shop', 'visit_id'],
  orders: [...IDENTITIES, ...ORIGIN, 'ordered_at', 'time', 'amount', 'shop', 'order_id']
} as const satisfies Record<Kind, readonly string[]>

export type Field = (typeof FIELDS)[Kind][number]

const ALL_FIELDS: readonly string[] = Object.values(FIELDS).flat()

/** Whether a word names a field. */
export function isField(word: string | undefined): word is Field {
  return word !== undefined && ALL_FIELDS.includes(word)
}

/** Fields of which one at least says who a row is about. */
export const WHO: readonly Field[] = IDENTITIES

/** What a file of a kind cannot do without, besides saying who. */
export const NEEDED: Readonly<Record<Kind, readonly Field[]>> = {
  customers: [],
  visits: ['visited_at'],
  orders: ['ordered_at', 'amount']
}

/** Names of columns as programs in Japan and elsewhere write them, the likeliest first. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  matane_id: ['matane_id'],
  customer_id: [
    ...['customer_id', '顧客id', '顧客番号', '顧客コード', '顧客no', '会員番号', '会員id', '会員コード', '会員no'],
    ...['お客様番号', 'お客様id', 'カード番号', '会員カード番号', 'ポイントカード番号', 'member_id', 'user_id']
  ],
  pos: ['pos'],
  ec: ['ec'],
  app: ['app'],
  phone: ['phone', '電話番号', '携帯電話番号', '携帯電話', '携帯番号', '電話', 'tel', 'phone_number', 'mobile'],
  email: ['email', 'メールアドレス', 'メール', 'eメール', 'e_mail', 'mail', 'email_address', 'mail_address'],
  name: ['name', '氏名', '名前', 'お名前', '顧客名', '会員名', '本名', 'full_name', 'customer_name', 'お客様名'],
  family_name: ['family_name', '姓', '氏名(姓)', '苗字', 'last_name'],
  given_name: ['given_name', '名', '氏名(名)', 'first_name'],
  birthday: ['birthday', '生年月日', '誕生日', 'birth_date', 'date_of_birth'],
  gender: ['gender', '性別', 'sex'],
  prefecture: ['prefecture', '都道府県', 'province', 'state'],
  tags: ['tags', 'タグ', 'tag'],
  locale: ['locale', '言語', 'language'],
  created_at: ['created_at', '登録日', '登録日時', '会員登録日', '入会日', '友だち追加日時'],
  marketing_consent: [
    ...['marketing_consent', '案内の同意', 'メール配信', 'メルマガ', 'メルマガ配信', '配信可否', 'DM可否', 'dm希望'],
    ...['accepts_marketing', 'accepts_email_marketing', 'opt_in', 'marketing_opt_in']
  ],
  research_consent: ['research_consent', 'アンケートの同意', 'アンケート可否'],
  profiling_consent: ['profiling_consent', '分析の同意'],
  consent_at: ['consent_at', '同意日', '同意日時', '配信許可日', 'opt_in_at', 'consented_at'],
  visited_at: [
    ...['visited_at', '来店日時', '来店日', '来店日付', '利用日時', '利用日', '来院日', '予約日時', '予約日'],
    ...['日時', '日付', 'visit_date', 'datetime', 'date']
  ],
  ordered_at: [
    ...['ordered_at', '注文日時', '注文日', '購入日時', '購入日', '受注日時', '受注日', '取引日時', '会計日時'],
    ...['売上日', '日時', '日付', 'order_date', 'purchased_at', 'created_at', 'datetime', 'date']
  ],
  time: ['time', '時刻', '時間', '来店時刻', '注文時刻'],
  amount: [
    ...['amount', '金額', '合計金額', '合計', '会計金額', 'お会計', '支払金額', '購入金額', '注文金額', '売上金額'],
    ...['売上', '利用金額', 'total', 'total_amount', 'price']
  ],
  shop: ['shop', '店舗', '店舗名', '店舗id', '来店店舗', 'store', 'store_name', 'location'],
  order_id: [
    ...['order_id', '注文番号', '注文id', '受注番号', '取引id', '取引番号', '伝票番号', '会計番号', 'レシート番号'],
    ...['order_number', 'order_no', 'receipt_number']
  ],
  visit_id: ['visit_id', '来店id', '予約番号', '予約id', 'reservation_id'],
  source: ['source'],
  source_id: ['source_id']
}

/** What a field is called where people read it: as programs in Japan write it, or in plain English. */
export function fieldName(locale: Locale, field: string): string {
  if (locale === 'en' || !isField(field)) return field.replaceAll('_', ' ')
  return NAMES[field].find((name) => /\P{ASCII}/u.test(name))?.replace(/id$/, 'ID') ?? field
}

/** A column's name as names are compared: "Order ID", "order-id" and "ＯＲＤＥＲ＿ＩＤ" are one. */
export function comparableName(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
}

/** The columns (from 0) whose names are known, by what they mean; each column has one meaning. */
export function guessColumns(kind: Kind, header: readonly string[]): Map<Field, number> {
  const names = header.map(comparableName)
  const found = new Map<Field, number>()
  const taken = new Set<number>()
  for (const field of FIELDS[kind]) {
    // Where an event comes from is told by our own files alone: others mean something else by "source".
    if ((ORIGIN as readonly string[]).includes(field) && !names.includes('matane_id')) continue
    const column = NAMES[field].map((name) => names.indexOf(name)).find((index) => index !== -1 && !taken.has(index))
    if (column === undefined) continue
    found.set(field, column)
    taken.add(column)
  }
  return found
}
