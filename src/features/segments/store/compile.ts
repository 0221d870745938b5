import { type RawBuilder, sql } from 'kysely'
import { listOf, partsOf, withoutFigures } from '../rules/conditions.ts'
import { sourceOf } from '../rules/figures.ts'
import type { Asking } from '../rules/moment.ts'
import type { Condition, ConsentLeaf, Leaf } from '../rules/schema.ts'
import { figureSql } from './figure-sql.ts'
import { every, type Sql, within } from './parts.ts'
import { answeredOtherwise, customersOf } from './set-sql.ts'

/**
 * The query that selects, as `id`, the customers of whom a condition is true. Each test comes out true or false, never
 * unknown, so that "not" means what it says. What lies in other tables is looked for with EXISTS where every customer has to
 * pass it, or fail it: a semi-join or an anti-join. Elsewhere, below an "or", it is joined as a set of ids, each once, so that
 * the database can hash it wherever in the condition it stands.
 */
export function membersSql(who: Condition, moment: Asking): RawBuilder<{ id: string }> {
  const needs = needsOf(who)
  const id = needs.from === 'customer_stats' ? sql.ref('stats.customer_id') : sql.ref('customer.id')
  const building: Building = { moment, id, joins: [] }
  const where = conditionSql(who, building, true)
  return sql`SELECT ${id} AS id FROM ${tablesOf(needs)}${sql.join(building.joins, sql``)} WHERE ${where}`
}

interface Building {
  readonly moment: Asking
  readonly id: Sql
  readonly joins: Sql[]
}

interface Needs {
  /** Where customers come from: those with figures are fewer, and need no other table. */
  readonly from: 'customer' | 'customer_stats'
  readonly customer: boolean
  readonly figures: boolean
}

function needsOf(who: Condition): Needs {
  const leaves = leavesOf(who)
  const customer = leaves.some(asksCustomer)
  const figures = leaves.some(
    (leaf) => !asksCustomer(leaf) && ['figure', 'stage', 'score'].some((word) => word in leaf)
  )
  return { from: withoutFigures(who) === false ? 'customer_stats' : 'customer', customer, figures }
}

function leavesOf(condition: Condition): Leaf[] {
  const parted = partsOf(condition)
  return parted.join === 'leaf' ? [parted.leaf] : parted.parts.flatMap(leavesOf)
}

function asksCustomer(leaf: Leaf): boolean {
  if ('locale' in leaf) return true
  if (!('figure' in leaf)) return false
  const source = sourceOf(leaf.figure)
  return source.kind === 'since_instant' && source.of === 'customer'
}

function tablesOf({ from, customer, figures }: Needs): Sql {
  if (from === 'customer_stats')
    return customer
      ? sql`customer_stats AS stats JOIN customer ON customer.id = stats.customer_id`
      : sql`customer_stats AS stats`
  return figures ? sql`customer LEFT JOIN customer_stats AS stats ON stats.customer_id = customer.id` : sql`customer`
}

/** `decides`: nobody is a member unless this is true, or unless it is false. */
function conditionSql(condition: Condition, building: Building, decides: boolean): Sql {
  const parted = partsOf(condition)
  if (parted.join === 'leaf') return leafSql(parted.leaf, building, decides)
  const stillDecides = decides && (parted.join === 'all' || (parted.join === 'not' && parted.parts.length === 1))
  const parts = parted.parts.map((part) =>
    conditionSql(part, building, stillDecides && (parted.join === 'all' || isLeaf(part)))
  )
  if (parted.join === 'not') return sql`NOT ${every(parts)}`
  return parted.join === 'all' ? every(parts) : sql`(${sql.join(parts, sql` OR `)})`
}

function isLeaf(condition: Condition): boolean {
  return partsOf(condition).join === 'leaf'
}

function leafSql(leaf: Leaf, building: Building, decides: boolean): Sql {
  const set = customersOf(leaf, building.moment)
  if (set) {
    const member = memberOf(set, building, decides)
    return 'line' in leaf && leaf.line === 'none' ? sql`NOT ${member}` : member
  }
  if ('figure' in leaf) return figureSql(leaf, building.moment)
  if ('stage' in leaf) return sql`coalesce(stats.stage = ANY (${[...listOf(leaf.stage)]}::text[]), false)`
  if ('score' in leaf) return within(sql.ref(`stats.${leaf.score}_score`), leaf)
  if ('tier' in leaf) return tierSql(listOf(leaf.tier), building, decides)
  if ('consent' in leaf) return consentSql(leaf, building, decides)
  if ('locale' in leaf) return sql`customer.locale = ${leaf.locale}::text`
  throw new Error(`No SQL for ${JSON.stringify(leaf)}`)
}

/** Only those who answered otherwise than the default need to be looked up. */
function consentSql({ consent, is }: ConsentLeaf, building: Building, decides: boolean): Sql {
  const otherwise = memberOf(answeredOtherwise(consent, building.moment), building, decides)
  const isAsDefault = building.moment.allowedByDefault.includes(consent) === (is !== 'refused')
  return isAsDefault ? sql`NOT ${otherwise}` : otherwise
}

/** Who has none of their own has the first one, and is looked for among all who have another. */
function tierSql(keys: readonly string[], building: Building, decides: boolean): Sql {
  const { firstTier } = building.moment
  if (firstTier === undefined) return sql`false`
  const asked = sql`${[...keys]}::text[]`
  if (!keys.includes(firstTier))
    return memberOf(sql`SELECT customer_id FROM customer_tier WHERE tier = ANY (${asked})`, building, decides)
  const others = sql`SELECT customer_id FROM customer_tier WHERE tier <> ALL (${asked})`
  return sql`NOT ${memberOf(others, building, decides)}`
}

function memberOf(set: Sql, { id, joins }: Building, decides: boolean): Sql {
  if (decides) return sql`EXISTS (SELECT 1 FROM (${set}) AS found WHERE found.customer_id = ${id})`
  const name = `set_${joins.length}`
  joins.push(
    sql` LEFT JOIN (SELECT DISTINCT customer_id FROM (${set}) AS found) AS ${sql.ref(name)} ON ${sql.ref(`${name}.customer_id`)} = ${id}`
  )
  return sql`(${sql.ref(`${name}.customer_id`)} IS NOT NULL)`
}
