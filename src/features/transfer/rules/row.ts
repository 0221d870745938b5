import { yenIn } from './amount.ts'
import { LOST } from './encoding.ts'
import { type Field, WHO } from './fields.ts'
import { original } from './formula.ts'
import type { Layout } from './mapping.ts'
import { dayIn, type MomentReader } from './moment.ts'

/** Why a row is not taken. What to do about each is said in texts.ts. */
export type RowProblem =
  | 'encoding'
  | 'quotes'
  | 'no_customer'
  | 'bad_identity'
  | 'bad_matane_id'
  | 'no_date'
  | 'bad_date'
  | 'date_order'
  | 'too_early'
  | 'too_late'
  | 'no_amount'
  | 'bad_amount'
  | 'too_large'
  | 'bad_order_id'
  | 'bad_shop'
  | 'bad_tag'
  | 'bad_attribute'
  | 'bad_consent'
  | 'bad_event'
  | 'unfit'

/** Something wrong with a row, at a column of its own names (undefined = the row as a whole). */
export interface RowFault {
  readonly problem: RowProblem
  readonly field?: Field | undefined
  /** What stands there; may be personal, so it is shown to whoever imports, and never logged. */
  readonly value?: string | undefined
}

/** Who a row names, as told. */
export interface ToldWho {
  readonly kind: string
  readonly value: string
  readonly field: Field
}

interface Person {
  readonly mataneId: string | undefined
  readonly who: readonly ToldWho[]
}

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

/** What a row says of a customer. */
export interface CustomerRow extends Person {
  readonly name: string | undefined
  /** "1990-04-01", or as told where only a month and day are: 5月12日. */
  readonly birthday: string | undefined
  readonly gender: string | undefined
  readonly prefecture: string | undefined
  readonly tags: readonly string[]
  readonly locale: string | undefined
  readonly createdAt: Date | undefined
  readonly consents: readonly ConsentCell[]
  /** Further attributes that the mapping names. */
  readonly more: readonly (readonly [name: string, value: string])[]
}

/** A yes or no to a purpose; `at` undefined = the file does not say since when. */
export interface ConsentCell {
  readonly purpose: (typeof PURPOSES)[number]
  readonly allow: boolean
  readonly at: Date | undefined
}

/** Purposes that files tell of, each in a column "<purpose>_consent". */
const PURPOSES = ['marketing', 'research', 'profiling'] as const

type Parsed<Row> = { readonly row: Row } | { readonly fault: RowFault }

const EARLIEST = Date.UTC(1990, 0, 1)
/** Clocks are wrong by hours, not by more. */
const AHEAD_MS = 86_400_000
const AMOUNT_MAX_YEN = 1_000_000_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** How rows of one file are read. */
export interface RowReading {
  readonly layout: Layout
  readonly moment: MomentReader
  readonly now: Date
}

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

/** A row of a customers file. */
export function parseCustomerRow({ layout, moment, now }: RowReading, cells: readonly string[]): Parsed<CustomerRow> {
  const cell = cellsOf(layout, cells)
  const person = personOf(layout, cell)
  if ('fault' in person) return person
  const birthday = dayOfBirth(layout, cell('birthday'))
  if (birthday && 'problem' in birthday) return { fault: birthday }
  const created = cell('created_at')
  const createdAt = created === undefined ? undefined : moment(created)
  if (typeof createdAt === 'string') return { fault: { problem: createdAt, field: 'created_at', value: created } }
  const consents = consentsOf(cell, moment, now)
  if ('problem' in consents) return { fault: consents }
  // Our own files put each tag on a line of its own: a tag may have a comma in it.
  const apart = person.row.mataneId === undefined ? /[,、;|\n]/ : /\n/
  const tags = (cell('tags') ?? '').split(apart).map((tag) => tag.trim())
  const marked = layout.tags.filter(({ column }) => isTrue(cells[column] ?? '')).map(({ tag }) => tag)
  const row: CustomerRow = {
    ...person.row,
    name: nameOf(cell),
    birthday: birthday?.day,
    gender: cell('gender'),
    prefecture: cell('prefecture'),
    tags: [...tags, ...marked].filter((tag) => tag !== ''),
    locale: cell('locale'),
    createdAt,
    consents,
    more: layout.attributes.map(({ name, column }) => [name, plain(cells[column] ?? '')])
  }
  return { row }
}

const YES = /^(1|true|yes|y|○|〇|◯|あり|有|はい|可|同意|同意する|同意あり|許可|希望|希望する|配信する)$/i
const NO = /^(0|false|no|n|×|✕|なし|無|いいえ|不可|同意しない|同意なし|拒否|希望しない|配信しない|停止)$/i

function consentsOf(cell: Cell, moment: MomentReader, now: Date): ConsentCell[] | RowFault {
  const told = cell('consent_at')
  const at = told === undefined ? undefined : moment(told)
  if (typeof at === 'string') return { problem: at, field: 'consent_at', value: told }
  const range = at && rangeFault(at, now)
  if (range) return { problem: range, field: 'consent_at', value: told }
  const consents: ConsentCell[] = []
  for (const purpose of PURPOSES) {
    const field = `${purpose}_consent` as const
    const word = cell(field)?.normalize('NFKC')
    if (word === undefined) continue
    // Whoever did not clearly say yes must not be taken to have: what is no answer is a fault.
    if (!YES.test(word) && !NO.test(word)) return { problem: 'bad_consent', field, value: word }
    consents.push({ purpose, allow: YES.test(word), at })
  }
  return consents
}

type Cell = (field: Field) => string | undefined

/** The cell of a field; undefined when it is empty, or the file has none. */
function cellsOf({ columns }: Layout, cells: readonly string[]): Cell {
  return (field) => {
    const column = columns.get(field)
    const text = column === undefined ? '' : plain(cells[column] ?? '')
    return text === '' ? undefined : text
  }
}

/** Excel's ="0123" (so that the zero stays) and our own '=… (so that nothing is computed) are the text alone. */
function plain(cell: string): string {
  const text = original(cell.trim())
  return /^="[^"]*"$/.test(text) ? text.slice(2, -1).trim() : text
}

function personOf({ mapping, columns }: Layout, cell: Cell): Parsed<Person> {
  const lost = [...columns.keys()].find((field) => cell(field)?.includes(LOST))
  if (lost) return { fault: { problem: 'encoding', field: lost } }
  const mataneId = cell('matane_id')?.toLowerCase()
  if (mataneId !== undefined && !UUID.test(mataneId))
    return { fault: { problem: 'bad_matane_id', field: 'matane_id', value: mataneId } }
  const who = WHO.flatMap((field): ToldWho[] => {
    const value = cell(field)
    if (value === undefined || field === 'matane_id') return []
    if (field !== 'customer_id') return [{ kind: field, value, field }]
    return [{ kind: mapping.identity, value: `${mapping.identity_prefix ?? ''}${value}`, field }]
  })
  if (mataneId === undefined && who.length === 0) return { fault: { problem: 'no_customer' } }
  return { row: { mataneId, who } }
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

function rangeFault(at: Date, now: Date): 'too_early' | 'too_late' | undefined {
  if (at.getTime() < EARLIEST) return 'too_early'
  return at.getTime() > now.getTime() + AHEAD_MS ? 'too_late' : undefined
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

function nameOf(cell: Cell): string | undefined {
  const parts = [cell('family_name'), cell('given_name')].filter((part) => part !== undefined)
  const name = cell('name') ?? (parts.length > 0 ? parts.join(' ') : undefined)
  // A line end in a spreadsheet's cell is no part of a name.
  return name?.replace(/\p{Cc}+/gu, ' ')
}

const YEARLESS = /^(?:--)?\d{1,2}(?:[-/.]|月)\d{1,2}日?$/

function dayOfBirth({ mapping }: Layout, text: string | undefined): { day: string } | RowFault | undefined {
  if (text === undefined) return undefined
  const plainText = text.normalize('NFKC')
  if (YEARLESS.test(plainText)) return { day: plainText }
  const day = dayIn(text, mapping.date_order)
  return day === 'bad_date' || day === 'date_order' ? { problem: day, field: 'birthday', value: text } : { day }
}

/** Short, and without control characters: what the catalogue takes as an id or a code. */
function isCode(text: string): boolean {
  return text.length <= 100 && !/\p{Cc}/u.test(text)
}

function isTrue(text: string): boolean {
  return /^(1|true|yes|y|○|〇|◯|あり|有)$/i.test(text.normalize('NFKC').trim())
}
