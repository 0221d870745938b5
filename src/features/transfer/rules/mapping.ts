import { z } from 'zod'
import { comparableName, FIELDS, type Field, ID_KINDS, KINDS, type Kind } from './fields.ts'

/** A column: its name in the first line, or its number from 1. */
const Column = z.union([z.string().min(1).max(200), z.int().min(1).max(1000)])
type Column = z.infer<typeof Column>

const ALL_FIELDS: readonly Field[] = [...new Set(Object.values(FIELDS).flat())]

/** What a mapping file says: which column means what, and how the file writes it. */
export const Mapping = z.strictObject({
  kind: z.enum(KINDS).optional(),
  /** Where the rows come from: with their ids it names each event for ever. */
  source: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'small letters, digits, _ and -, such as "smaregi"')
    .default('csv'),
  columns: z.partialRecord(z.enum(ALL_FIELDS), Column),
  /** Columns of a customers file that are kept as attributes, by the attributes' names. */
  attributes: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'small letters, digits and _, such as "seat"'), Column)
    .default({}),
  /** Columns named "タグ_…" that hold 1 become tags. */
  tag_columns: z.string().min(1).max(50).optional(),
  /** Whose numbers `customer_id` holds. */
  identity: z.enum(ID_KINDS).default('pos'),
  /** Put before `customer_id`, so that numbers of two systems are never one. */
  identity_prefix: z
    .string()
    .regex(/^[a-z0-9_-]{1,20}:$/, 'small letters and a colon, such as "lstep:"')
    .optional(),
  delimiter: z.enum([',', '\t', ';', '|', 'whitespace']).optional(),
  /** false: the first line holds values already, and columns are numbers. */
  header: z.boolean().default(true),
  date_order: z.enum(['mdy', 'dmy']).optional(),
  /** For times that do not name their zone; default: the business's. */
  time_zone: z.string().refine(isTimeZone, 'a time zone such as Asia/Tokyo').optional(),
  /** 1000 when amounts are in thousands of yen. */
  amount_times: z.number().positive().max(1_000_000).default(1),
  /** Rows that are not meant: `is` lists values to leave out, `not` the only ones to keep. */
  skip: z
    .array(z.strictObject({ column: Column, is: z.array(z.string()).optional(), not: z.array(z.string()).optional() }))
    .max(20)
    .default([])
})
export type Mapping = z.infer<typeof Mapping>

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A mapping laid on a file's first line: columns are numbers from 0 now. */
export interface Layout {
  readonly kind: Kind
  readonly mapping: Mapping
  readonly columns: ReadonlyMap<Field, number>
  readonly tags: readonly { readonly column: number; readonly tag: string }[]
  readonly attributes: readonly { readonly column: number; readonly name: string }[]
  readonly skip: readonly { readonly column: number; readonly is: readonly string[]; readonly not: readonly string[] }[]
}

/** Where a mapping and a file do not go together: these columns are named, and not there. */
export interface MissingColumns {
  readonly kind: 'missing_columns'
  readonly names: readonly string[]
}

/** Finds the columns that a mapping names. `header` is empty when the file has none. */
export function layOut(kind: Kind, mapping: Mapping, header: readonly string[]): Layout | MissingColumns {
  const names = header.map(comparableName)
  const missing: string[] = []
  const indexOf = (column: Column): number => {
    if (typeof column === 'number') return column - 1
    const index = names.indexOf(comparableName(column))
    if (index === -1) missing.push(column)
    return index
  }
  const columns = new Map<Field, number>()
  for (const field of FIELDS[kind]) {
    const column = mapping.columns[field]
    if (column !== undefined) columns.set(field, indexOf(column))
  }
  const skip = mapping.skip.map(({ column, is = [], not = [] }) => ({ column: indexOf(column), is, not }))
  const attributes = Object.entries(mapping.attributes).map(([name, column]) => ({ name, column: indexOf(column) }))
  if (missing.length > 0) return { kind: 'missing_columns', names: missing }
  return { kind, mapping, columns, attributes, skip, tags: tagColumns(mapping, header) }
}

function tagColumns({ tag_columns: prefix }: Mapping, header: readonly string[]): Layout['tags'] {
  if (prefix === undefined) return []
  return header.flatMap((name, column) => (name.startsWith(prefix) ? [{ column, tag: name.slice(prefix.length) }] : []))
}

/** Whether a row is one that the mapping leaves out. */
export function isSkipped({ skip }: Layout, cells: readonly string[]): boolean {
  return skip.some(({ column, is, not }) => {
    const value = (cells[column] ?? '').trim()
    return is.includes(value) || (not.length > 0 && !not.includes(value))
  })
}
