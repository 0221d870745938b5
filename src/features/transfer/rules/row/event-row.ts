import { yenIn } from '../amount.ts'
import type { Field } from '../fields.ts'
import type { Layout } from '../mapping.ts'
import type { MomentReader } from '../moment.ts'
import { type Cell, cellsOf } from './cells.ts'
import { type Person, personOf } from './person.ts'
import type { Parsed, RowFault, RowProblem } from './problem.ts'
import { type RowReading, rangeFault } from './reading.ts'

/** A visit or an order of a row. */
export interface EventRow extends Person {
  readonly at: Date
  /** Negative = money given back; undefined = a visit without one. */
  readonly amountYen: number | undefined
  readonly shop: string | undefined
  /** What the file calls it: an order's or visit's id. */
  readonly id: string | undefined
  /** Our own files say where an event came from. */
  readonly origin: { readonly source: string; readonly sourceId: string } | undefined
}

const AMOUNT_MAX_YEN = 1_000_000_000

/** A row of a visits or orders file. */
export function parseEventRow({ layout, moment, now }: RowReading, cells: readonly string[]): Parsed<EventRow> {
  const cell = cellsOf(layout, cells)
  const person = personOf(layout, cell)
  if ('fault' in person) return person
  const at = timeOf(layout, cell, moment)
  if ('problem' in at) return { fault: at }
  const range = rangeFault(at.at, now)
  if (range) return { fault: { problem: range, field: at.field, value: cell(at.field) } }
  const amount = amountOf(layout, cell)
  if (typeof amount === 'object') return { fault: amount }
  const [shop, id] = [cell('shop'), cell(layout.kind === 'orders' ? 'order_id' : 'visit_id')]
  if (shop && !isCode(shop)) return { fault: { problem: 'bad_shop', field: 'shop', value: shop } }
  if (id && !isCode(id)) return { fault: { problem: 'bad_order_id', value: id } }
  return { row: { ...person.row, at: at.at, amountYen: amount, shop, id, origin: originOf(cell) } }
}

function timeOf({ kind }: Layout, cell: Cell, moment: MomentReader): { at: Date; field: Field } | RowFault {
  const field = kind === 'orders' ? 'ordered_at' : 'visited_at'
  const [day, time] = [cell(field), cell('time')]
  if (day === undefined) return { problem: 'no_date', field }
  const at = moment(time === undefined ? day : `${day} ${time}`)
  return typeof at === 'string'
    ? { problem: at, field, value: time === undefined ? day : `${day} ${time}` }
    : { at, field }
}

function amountOf({ kind, mapping }: Layout, cell: Cell): number | undefined | RowFault {
  const text = cell('amount')
  const fault = (problem: RowProblem): RowFault => ({ problem, field: 'amount', value: text })
  if (text === undefined) return kind === 'orders' ? fault('no_amount') : undefined
  const yen = yenIn(text, mapping.amount_times)
  if (yen === undefined || (kind === 'visits' && yen < 0)) return fault('bad_amount')
  return Math.abs(yen) > AMOUNT_MAX_YEN ? fault('too_large') : yen
}

function originOf(cell: Cell): EventRow['origin'] {
  const [source, sourceId] = [cell('source'), cell('source_id')]
  return source !== undefined && sourceId !== undefined ? { source, sourceId } : undefined
}

/** Short, and without control characters: what the catalogue takes as an id or a code. */
function isCode(text: string): boolean {
  return text.length <= 100 && !/\p{Cc}/u.test(text)
}
