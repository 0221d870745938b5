import type { LocaleText } from '../../../core/locale.ts'
import { formatYen } from '../../../core/money.ts'

/**
 * What a fact is. A word or a list is for conditions only: what staff call a customer is not for their eyes. A name is for
 * texts: it is in the customer's language.
 */
type FactType = 'number' | 'yen' | 'name' | 'word' | 'list'

/** Something that is known of a customer whatever they answered. */
export interface CustomerFact {
  readonly type: FactType
  /** Whether it may be unknown, so that a text needs words for that. */
  readonly maybe?: boolean
  /** The words there are; undefined = any. */
  readonly values?: readonly string[]
  readonly label: LocaleText
}

const fact = (type: FactType, ja: string, en: string): CustomerFact => ({ type, label: { ja, en } })
const maybe = (ja: string, en: string): CustomerFact => ({ ...fact('number', ja, en), maybe: true })

const STAGES = ['new', 'onboarding', 'active', 'loyal', 'slipping', 'dormant', 'lost', 'returned']

/** All that flows may ask about a customer, by the name people write: the one place where it stands. */
const CUSTOMER_FACTS = {
  'customer.stage': { ...fact('word', 'ステージ', 'stage'), maybe: true, values: STAGES },
  'customer.locale': { ...fact('word', '言語', 'language'), values: ['ja', 'en'] },
  'customer.visits': fact('number', '来店回数', 'visits'),
  'customer.visits_90d': fact('number', '90日間の来店回数', 'visits in 90 days'),
  'customer.days_since_visit': maybe('最後の来店からの日数', 'days since the last visit'),
  'customer.gap_mean_days': maybe('ふだんの来店間隔（日）', 'usual days between visits'),
  'customer.orders': fact('number', '購入回数', 'orders'),
  'customer.amount_yen': fact('yen', '購入金額の合計', 'spent in all'),
  'customer.amount_365d_yen': fact('yen', '1年間の購入金額', 'spent in 365 days'),
  'customer.last_nps': maybe('直近のNPS', 'latest NPS score'),
  'customer.last_csat': maybe('直近のCSAT', 'latest CSAT score'),
  'customer.coupons_granted': fact('number', '受け取ったクーポンの数', 'coupons received'),
  'customer.tier': { ...fact('word', 'ランク（key）', 'tier, by its key'), maybe: true },
  'customer.tier_name': { ...fact('name', 'ランクの名前', 'name of the tier'), maybe: true },
  'customer.tags': fact('list', 'タグ', 'tags'),
  'customer.segments': fact('list', 'セグメント', 'segments')
} as const satisfies Readonly<Record<string, CustomerFact>>

export type CustomerFactName = keyof typeof CUSTOMER_FACTS

const FACTS: ReadonlyMap<string, CustomerFact> = new Map(Object.entries(CUSTOMER_FACTS))

/** The fact of a name; undefined when there is none. */
export function customerFact(name: string): CustomerFact | undefined {
  return FACTS.get(name)
}

/** Whether a name asks about the customer, known or not; no question has such a one. */
export function isOfCustomer(name: string): boolean {
  return name.startsWith('customer.')
}

/** The names conditions may ask for. */
export const FACT_NAMES: readonly string[] = [...FACTS.keys()]
/** The names that texts may show. */
export const SHOWN_FACTS: readonly string[] = FACT_NAMES.filter((name) => isShown(FACTS.get(name)))

/** Whether a customer may read it. */
export function isShown(known: CustomerFact | undefined): boolean {
  return known !== undefined && ['number', 'yen', 'name'].includes(known.type)
}

/** A fact as a customer reads it: money as money, numbers without what is behind the point. */
export function shownFact({ type }: CustomerFact, value: number): string {
  return type === 'yen' ? formatYen(value) : String(Math.round(value))
}

/** A fact as it is typed at a terminal: "3", "loyal", one entry of a list; undefined when it can't be that. */
export function readFact(name: string, written: string): number | string | readonly string[] | undefined {
  const known = customerFact(name)
  if (known?.type === 'list') return [written]
  if (known?.type === 'name') return written
  if (known?.type === 'word') return known.values?.includes(written) === false ? undefined : written
  return known && /^-?\d+(\.\d+)?$/.test(written) ? Number(written) : undefined
}

/** The facts in one line, for the help that editors show. */
export function factsInWords(): string {
  return [...FACTS].map(([name, { label }]) => `${name} (${label.ja} / ${label.en})`).join(', ')
}

/** What is known of somebody of whom nothing is: counts of 0, empty lists. */
export const UNKNOWN_CUSTOMER: Readonly<Record<string, number | readonly string[]>> = Object.fromEntries(
  [...FACTS].flatMap(([name, { type, maybe: isMaybe }]): [string, number | readonly string[]][] => {
    if (isMaybe || type === 'word') return []
    return [[name, type === 'list' ? [] : 0]]
  })
)
