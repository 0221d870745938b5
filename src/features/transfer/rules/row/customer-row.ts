import type { Layout } from '../mapping.ts'
import { dayIn } from '../moment.ts'
import { type Cell, cellsOf, plain } from './cells.ts'
import { type ConsentCell, consentsOf } from './consents.ts'
import { type Person, personOf } from './person.ts'
import type { Parsed, RowFault } from './problem.ts'
import type { RowReading } from './reading.ts'

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

function isTrue(text: string): boolean {
  return /^(1|true|yes|y|○|〇|◯|あり|有)$/i.test(text.normalize('NFKC').trim())
}
