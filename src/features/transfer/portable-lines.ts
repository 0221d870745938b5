import { z } from 'zod'
import type { Open } from './opener.ts'
import { csvLine } from './rules/csv-line.ts'
import type { Kind } from './rules/fields.ts'

/** Columns of the files that an import takes back. */
export const HEADERS = {
  customers: [
    ...['matane_id', 'name', 'birthday', 'gender', 'prefecture', 'tags', 'locale', 'created_at'],
    ...['pos', 'ec', 'app', 'phone', 'email']
  ],
  visits: ['matane_id', 'visited_at', 'amount', 'shop', 'source', 'source_id'],
  orders: ['matane_id', 'ordered_at', 'amount', 'order_id', 'shop', 'source', 'source_id']
} as const satisfies Record<Kind, readonly string[]>

const CHANNELS = ['pos', 'ec', 'app', 'phone', 'email'] as const

const Pairs = z.array(z.tuple([z.string(), z.string()])).nullable()
const CustomerRow = z.object({
  id: z.string(),
  name_sealed: z.string().nullable(),
  locale: z.string(),
  created_at: z.string(),
  identities: Pairs,
  attributes: Pairs,
  tags: z.array(z.string()).nullable()
})

/** A customer's line; whoever has several addresses, say, has further lines that tell these alone. */
export function customerLines(given: unknown, open: Open): string {
  const row = CustomerRow.parse(given)
  const attributes = new Map(row.attributes?.map(([name, sealed]) => [name, open('customer.attribute', sealed)]))
  const known = CHANNELS.map((channel) =>
    (row.identities ?? []).filter(([kind]) => kind === channel).map(([, sealed]) => open('identity.external', sealed))
  )
  const name = open('customer.name', row.name_sealed)
  const about = [
    name,
    ...['birthday', 'gender', 'prefecture'].map((each) => attributes.get(each)),
    row.tags?.join('\n')
  ]
  const lines = Math.max(1, ...known.map(({ length }) => length))
  return Array.from({ length: lines }, (_, line) =>
    csvLine([
      row.id,
      ...about.map((cell) => (line === 0 ? cell : undefined)),
      ...[row.locale, row.created_at],
      ...known.map((values) => values[line])
    ])
  ).join('')
}

const EventRow = z.object({
  customer_id: z.string(),
  at: z.string(),
  amount: z.number().nullable(),
  order_id: z.string().nullish(),
  shop: z.string().nullable(),
  source: z.string(),
  source_id: z.string()
})

/** A visit's or order's line. */
export function eventLine(kind: 'visits' | 'orders'): (row: unknown) => string {
  return (given) => {
    const { customer_id, at, amount, order_id, shop, source, source_id } = EventRow.parse(given)
    const order = kind === 'orders' ? [order_id] : []
    return csvLine([customer_id, at, amount, ...order, shop, source, source_id])
  }
}
