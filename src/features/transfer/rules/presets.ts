import { comparableName, type Kind } from './fields.ts'
import { Mapping } from './mapping.ts'

interface Preset {
  readonly name: string
  readonly kind: Kind
  /** Column names that together are this system's alone. */
  readonly marks: readonly string[]
  readonly mapping: Mapping
}

/** Exports of systems that many shops use, known by their columns. */
const PRESETS: readonly Preset[] = [
  {
    name: 'L-step',
    kind: 'customers',
    marks: ['ID', 'LINE登録名', '対応マーク'],
    mapping: Mapping.parse({
      source: 'lstep',
      // L-step's own number of a friend. Its names are what friends call themselves: 本名 alone is a name.
      columns: { customer_id: 'ID', name: '本名' },
      identity: 'app',
      identity_prefix: 'lstep:',
      tag_columns: 'タグ_'
    })
  },
  {
    name: 'Shopify',
    kind: 'orders',
    marks: ['Name', 'Financial Status', 'Created at', 'Lineitem name'],
    mapping: Mapping.parse({
      source: 'shopify',
      columns: { email: 'Email', ordered_at: 'Created at', amount: 'Total', order_id: 'Name' },
      identity: 'ec',
      // An order of several things has several rows; only the first tells the total.
      skip: [
        { column: 'Total', is: [''] },
        { column: 'Financial Status', is: ['voided', 'pending', 'expired'] }
      ]
    })
  },
  {
    name: 'Smaregi',
    kind: 'orders',
    marks: ['取引ID', '取引日時', '取引区分', '取消区分', '会員コード'],
    mapping: Mapping.parse({
      source: 'smaregi',
      columns: { customer_id: '会員コード', ordered_at: '取引日時', amount: '合計', order_id: '取引ID' },
      // Others are deposits, points and receipts; cancelled ones never happened; without a member nobody is known.
      skip: [
        { column: '取引区分', not: ['1'] },
        { column: '取消区分', is: ['1'] },
        { column: '会員コード', is: [''] }
      ]
    })
  },
  {
    name: 'Square',
    kind: 'orders',
    marks: ['Transaction ID', 'Total Collected', 'Customer ID', 'Time Zone'],
    mapping: Mapping.parse({
      source: 'square',
      columns: {
        ...{ customer_id: 'Customer ID', ordered_at: 'Date', time: 'Time' },
        ...{ amount: 'Total Collected', order_id: 'Transaction ID' }
      },
      identity_prefix: 'square:',
      date_order: 'mdy',
      skip: [{ column: 'Customer ID', is: [''] }]
    })
  }
]

/** The mapping of the system that wrote a file with these columns; undefined when it is none of those known. */
export function presetFor(kind: Kind, header: readonly string[]): { name: string; mapping: Mapping } | undefined {
  const names = new Set(header.map(comparableName))
  return PRESETS.find((preset) => preset.kind === kind && preset.marks.every((mark) => names.has(comparableName(mark))))
}

const LINE_CHAT = ['送信者タイプ', '送信者名', '送信日', '送信時刻', '内容']

/** LINE Official Account Manager's export of a chat names people by display names only: nobody can be found by it. */
export function isLineChat(cells: readonly string[]): boolean {
  return LINE_CHAT.every((name) => cells.includes(name))
}
