import type { Delivery, HookEvent, Named, Understood } from './delivery.ts'
import type { HookCondition, HookFile, HookRule, HookValue } from './hook-file.ts'
import { momentOf } from './moment.ts'
import { type Roots, valueAt } from './path.ts'
import { Refusal } from './refusal.ts'
import { yenOf } from './yen.ts'

const MOST_ENTRIES = 1_000

/** The sender's id of a delivery, as its file says. */
export function idIn({ id, verify }: HookFile, request: Roots): unknown {
  const path = id ?? (verify.by === 'standard' ? 'header.webhook-id' : undefined)
  return path && valueAt(path, request)
}

export function topicIn({ topic }: HookFile, request: Roots): unknown {
  return topic && valueAt(topic, request)
}

/** What a delivery means by its file: every rule whose conditions hold tells its events. */
export function readMapped(file: HookFile, delivery: Delivery, timeZone: string): Understood {
  const zone = file.zone ?? timeZone
  const events = file.events.flatMap((rule) =>
    entriesOf(rule, delivery)
      .map((item) => ({ body: delivery.body, headers: delivery.headers, item }))
      .filter((roots) =>
        Object.entries(rule.when ?? {}).every(([path, condition]) => holds(condition, valueAt(path, roots)))
      )
      .map((roots) => eventOf(rule, roots, { file, delivery, zone }))
  )
  return { events }
}

function entriesOf({ each }: HookRule, roots: Roots): readonly unknown[] {
  if (each === undefined) return [undefined]
  const found = valueAt(each, roots)
  const entries = Array.isArray(found) ? found : found === undefined ? [] : [found]
  if (entries.length > MOST_ENTRIES)
    throw new Refusal(`${each} has more than ${MOST_ENTRIES} entries: send it in parts`)
  return entries
}

function holds(condition: HookCondition, found: unknown): boolean {
  if (typeof condition !== 'object') return isSame(condition, found)
  if (Array.isArray(condition)) return condition.some((each) => isSame(each, found))
  if ('exists' in condition) return condition.exists === (found !== undefined)
  if ('above' in condition) return numberOf(found) > condition.above
  if ('below' in condition) return numberOf(found) < condition.below
  return !holds(condition.not, found)
}

/** NaN, which is neither above nor below anything, when it is no number. */
function numberOf(found: unknown): number {
  return typeof found === 'number' || (typeof found === 'string' && found.trim() !== '') ? Number(found) : Number.NaN
}

/** Many write numbers as texts. */
function isSame(wanted: string | number | boolean, found: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof found) && String(found) === String(wanted)
}

interface Frame {
  readonly file: HookFile
  readonly delivery: Delivery
  readonly zone: string
}

function eventOf(rule: HookRule, roots: Roots, { file, delivery, zone }: Frame): HookEvent {
  const at = rule.at === undefined ? undefined : valueAt(rule.at, roots)
  if (rule.at !== undefined && at === undefined) throw new Refusal(`there is no time at ${rule.at}`)
  const id = rule.id === undefined ? delivery.id : idAt(rule.id, roots)
  const order = rule.of_order === undefined ? undefined : valueAt(rule.of_order, roots)
  return {
    name: rule.event,
    id: rule.event === undefined ? id : `${rule.event}:${id}`,
    at: at === undefined ? delivery.receivedAt : momentOf(at, zone),
    shop: shopOf(rule, roots, file),
    who: Object.entries(rule.who ?? {}).flatMap(([kind, path]) => named(kind, valueAt(path, roots))),
    about: Object.fromEntries(Object.entries(rule.about ?? {}).map(([name, path]) => [name, valueAt(path, roots)])),
    ofOrder: order === undefined ? undefined : `order.completed:${String(order)}`,
    properties: Object.fromEntries(Object.entries(rule.with ?? {}).map(([name, value]) => [name, read(value, roots)]))
  }
}

function idAt(path: string, roots: Roots): string {
  const id = valueAt(path, roots)
  if (typeof id !== 'string' && typeof id !== 'number') throw new Refusal(`there is no id at ${path}`)
  return String(id)
}

function named(kind: string, value: unknown): Named[] {
  return value === undefined ? [] : [{ kind, value }]
}

/** A place that the list of shops does not name is nobody's shop. */
function shopOf({ shop }: HookRule, roots: Roots, { shops }: HookFile): string | undefined {
  if (shop === undefined) return undefined
  if (typeof shop === 'object') return String(shop.value)
  const found = valueAt(shop, roots)
  if (typeof found !== 'string' && typeof found !== 'number') return undefined
  if (!shops) return String(found)
  return Object.hasOwn(shops, String(found)) ? shops[String(found)] : undefined
}

function read(value: HookValue, roots: Roots): unknown {
  if (typeof value === 'string') return valueAt(value, roots)
  if ('value' in value) return value.value
  const amount = valueAt(value.yen, roots)
  if (amount === undefined) return undefined
  const yen = yenOf(amount, value.currency === undefined ? undefined : valueAt(value.currency, roots))
  return value.negative ? -yen : yen
}
