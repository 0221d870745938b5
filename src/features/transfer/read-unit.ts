import { sha256Hex } from '../../core/hash.ts'
import { dayOf } from '../../core/time.ts'
import type { FieldCipher } from '../../platform/db/index.ts'
import { type ToldAttribute, type ToldIdentity, tagName, toldAttribute, toldIdentity } from '../customers/index.ts'
import { type NewEvent, parseEvent } from '../events/index.ts'
import { isField } from './rules/fields.ts'
import type { Layout } from './rules/mapping.ts'
import { momentReader } from './rules/moment.ts'
import type { Occurrences } from './rules/occurrences.ts'
import { type CustomerRow, parseCustomerRow } from './rules/row/customer-row.ts'
import { type EventRow, parseEventRow } from './rules/row/event-row.ts'
import type { ToldWho } from './rules/row/person.ts'
import type { RowFault } from './rules/row/problem.ts'
import type { RowReading } from './rules/row/reading.ts'

/** What a row says of a customer. */
export interface Profile extends Pick<CustomerRow, 'tags' | 'locale' | 'createdAt' | 'consents'> {
  readonly attributes: readonly ToldAttribute[]
}

/** A row, checked: whose it is, and what happened or what is known of them. */
export interface Unit {
  readonly line: number
  readonly mataneId: string | undefined
  readonly told: readonly ToldIdentity[]
  readonly event?: Omit<NewEvent, 'customerId'>
  readonly profile?: Profile
}

/** When things happened that a unit records: the months for which there must be room. */
export function momentsOf({ event, profile }: Unit): Date[] {
  return [event?.at, ...(profile?.consents ?? []).map(({ at }) => at)].filter((at) => at !== undefined)
}

export interface UnitReading extends RowReading {
  readonly cipher: FieldCipher
  /** The business's zone and day. */
  readonly timeZone: string
  readonly today: string
  /** What this file said so far. */
  readonly seen: Pick<Occurrences, 'next'>
}

interface ReadingParts extends Pick<UnitReading, 'now' | 'timeZone' | 'cipher' | 'seen'> {}

/** How rows of a file with this layout are read. */
export function unitReading(layout: Layout, { now, timeZone, cipher, seen }: ReadingParts): UnitReading {
  const { time_zone, date_order } = layout.mapping
  return {
    ...{ layout, now, timeZone, cipher, seen },
    moment: momentReader({ timeZone: time_zone ?? timeZone, dateOrder: date_order }),
    today: dayOf(now, timeZone)
  }
}

export type ReadUnit = { readonly unit: Unit } | { readonly fault: RowFault } | 'duplicate'

/** Makes a unit of a row's cells. "duplicate": this file said the same, under the same id, before. */
export function readUnit(reading: UnitReading, line: number, cells: readonly string[]): ReadUnit {
  return reading.layout.kind === 'customers' ? customerUnit(reading, line, cells) : eventUnit(reading, line, cells)
}

function customerUnit(reading: UnitReading, line: number, cells: readonly string[]): ReadUnit {
  const parsed = parseCustomerRow(reading, cells)
  if ('fault' in parsed) return parsed
  const { mataneId, who, tags, locale, createdAt, consents } = parsed.row
  const told = identitiesOf(who, mataneId)
  if ('problem' in told) return { fault: told }
  const badTag = tags.find((tag) => tagName(tag) === undefined)
  if (badTag !== undefined) return { fault: { problem: 'bad_tag', field: 'tags', value: badTag } }
  const attributes = attributesOf(reading, parsed.row)
  if ('problem' in attributes) return { fault: attributes }
  return { unit: { line, mataneId, told, profile: { tags, locale, createdAt, consents, attributes } } }
}

function attributesOf({ today, timeZone }: UnitReading, row: CustomerRow): ToldAttribute[] | RowFault {
  const attributes: ToldAttribute[] = []
  const known = (['name', 'birthday', 'gender', 'prefecture'] as const).map((field) => [field, row[field]] as const)
  for (const [name, value] of [...known, ...row.more]) {
    if (value === undefined || value === '' || NOTHING.has(value)) continue
    const attribute = toldAttribute(name, value, { today, timeZone })
    if (!attribute.ok) return { problem: 'bad_attribute', field: isField(name) ? name : undefined, value }
    attributes.push(attribute.value)
  }
  return attributes
}

function eventUnit(reading: UnitReading, line: number, cells: readonly string[]): ReadUnit {
  const parsed = parseEventRow(reading, cells)
  if ('fault' in parsed) return parsed
  const { row } = parsed
  const told = identitiesOf(row.who, row.mataneId)
  if ('problem' in told) return { fault: told }
  const name = nameOf(reading, row)
  const named = nameEvent(reading, { row, name, told })
  if (named === 'duplicate') return named
  const amount = row.amountYen === undefined ? {} : { amount: Math.abs(row.amountYen) }
  const ids = reading.layout.kind === 'orders' ? { order_id: row.id ?? named.ownId } : {}
  const event = parseEvent(name, { ...ids, ...amount })
  if (!event.ok) return { fault: { problem: 'bad_event', value: event.faults[0]?.message } }
  const { source, sourceId } = named
  const { properties, personal } = event.value
  return {
    unit: {
      line,
      mataneId: row.mataneId,
      told,
      event: { name, at: row.at, source, sourceId, shop: row.shop, properties, personal }
    }
  }
}

function nameOf({ layout }: UnitReading, { amountYen = 0 }: EventRow): string {
  if (layout.kind === 'visits') return 'visit'
  return amountYen < 0 ? 'order.refunded' : 'order.completed'
}

interface Happening {
  readonly row: EventRow
  readonly name: string
  readonly told: readonly ToldIdentity[]
}

/**
 * What an event is called for ever, made of what the row says: the same row in another file is the same event. Rows
 * without an id that say the same are told apart by counting them; with one they are the same.
 */
function nameEvent(reading: UnitReading, { row, name, told }: Happening) {
  const { origin, id } = row
  const whose = row.mataneId ?? `${told[0]?.kind}:${told[0]?.value}`
  const content = [row.at.toISOString(), row.amountYen ?? '', row.shop ?? '']
  const rest = name === 'order.refunded' || id === undefined ? content : []
  const parts = origin ? [origin.source, origin.sourceId] : [name, whose, id ?? '', ...rest]
  const hash = sha256Hex(JSON.stringify(parts))
  const before = reading.seen.next(Number.parseInt(hash.slice(0, 13), 16))
  if (before > 0 && (origin || id !== undefined)) return 'duplicate'
  // Keyed: it is stored in the clear, and may be made of an address.
  const key = reading.cipher.blindIndex('transfer.row', hash)
  const counted = before === 0 ? key : `${key}:${before}`
  const { source } = reading.layout.mapping
  return { ...(origin ?? { source, sourceId: counted }), ownId: `row-${key.slice(0, 12)}-${before}` }
}

/** What people write where there is nothing. */
const NOTHING = new Set(['-', 'ー', '−', 'なし', '無し', '無', 'null', 'none', 'n/a', '未登録', '不明'])

function identitiesOf(who: readonly ToldWho[], mataneId: string | undefined): ToldIdentity[] | RowFault {
  const told: ToldIdentity[] = []
  for (const { kind, value, field } of who) {
    if (NOTHING.has(value.normalize('NFKC').toLowerCase())) continue
    const identity = toldIdentity(kind, value)
    if (!identity.ok) return { problem: 'bad_identity', field, value }
    told.push(identity.value)
  }
  return told.length === 0 && mataneId === undefined ? { problem: 'no_customer' } : told
}
