import { sql } from 'kysely'
import { firstOfMonth } from '../../../core/time.ts'
import { listOf } from '../rules/conditions.ts'
import { type Asking, dayAgo, type Moment, spanAt, todayAt } from '../rules/moment.ts'
import type { CouponLeaf, EventLeaf, Leaf, PropertyTest, SurveyLeaf, Value } from '../rules/schema.ts'
import { every, type Sql, within } from './parts.ts'

/** The customers, some more than once, of whom a leaf about other tables than their record is true; undefined for other leaves. */
export function customersOf(leaf: Leaf, moment: Moment): Sql | undefined {
  if ('event' in leaf) return eventCustomers(leaf, moment)
  if ('tag' in leaf) return sql`SELECT customer_id FROM customer_tag WHERE tag = ANY (${[...listOf(leaf.tag)]}::text[])`
  if ('survey' in leaf) return surveyCustomers(leaf, moment)
  if ('coupon' in leaf) return couponCustomers(leaf, moment)
  if ('birthday' in leaf) return birthdayCustomers(leaf.birthday, moment)
  if ('gender' in leaf) return attributeCustomers('gender', [leaf.gender])
  if ('prefecture' in leaf) return attributeCustomers('prefecture', listOf(leaf.prefecture))
  return 'line' in leaf ? lineCustomers(leaf.line) : undefined
}

function eventCustomers({ event, shop, where = {}, at_least = 1, in_last }: EventLeaf, moment: Moment): Sql {
  const tests = [
    sql`name = ${event}::text`,
    ...(in_last === undefined ? [] : [withinSpan(sql`at`, in_last, moment)]),
    ...(shop === undefined ? [] : [sql`shop = ANY (${[...listOf(shop)]}::text[])`]),
    ...Object.entries(where).map(([property, test]) => propertySql(property, test))
  ]
  const often = at_least > 1 ? sql` GROUP BY customer_id HAVING count(*) >= ${at_least}::int` : sql``
  return sql`SELECT customer_id FROM event WHERE ${every(tests)}${often}`
}

function withinSpan(column: Sql, span: string, moment: Moment): Sql {
  const { from, until } = spanAt(span, moment)
  return sql`(${column} >= ${from.toISOString()}::timestamptz AND ${column} < ${until.toISOString()}::timestamptz)`
}

/** What is not there, or of another type, passes no test. */
function propertySql(property: string, test: PropertyTest): Sql {
  const { is, any_of, gte, lte } = typeof test === 'object' ? test : { is: test }
  const value = sql`properties -> ${property}::text`
  const number = sql`CASE WHEN jsonb_typeof(${value}) = 'number' THEN (properties ->> ${property}::text)::float8 END`
  return sql`coalesce(${every([
    ...(is === undefined ? [] : [sql`${value} = ${json(is)}`]),
    ...(any_of === undefined ? [] : [sql`${value} IN (${sql.join(any_of.map(json))})`]),
    ...(gte === undefined && lte === undefined ? [] : [within(number, { gte, lte })])
  ])}, false)`
}

function json(value: Value): Sql {
  return sql`${JSON.stringify(value)}::jsonb`
}

/** Whose newest score of a survey is within bounds. */
function surveyCustomers({ survey, in_last, ...bounds }: SurveyLeaf, moment: Moment): Sql {
  return sql`SELECT customer_id FROM (
      SELECT DISTINCT ON (customer_id) customer_id, score, scored_at FROM survey_response
      WHERE survey = ${survey}::text AND score IS NOT NULL AND scored_at IS NOT NULL
      ORDER BY customer_id, scored_at DESC, id DESC
    ) AS newest WHERE ${every([
      within(sql`score`, bounds),
      ...(in_last === undefined ? [] : [withinSpan(sql`scored_at`, in_last, moment)])
    ])}`
}

/**
 * Redemptions, and that one was undone, are facts that name the coupon's serial. None is looked for among what happened
 * before the first of the grants in question was given: old months of events are left alone. A clock at a counter may be a
 * day behind.
 */
function couponCustomers({ coupon, state, expires_in }: CouponLeaf, moment: Moment): Sql {
  const now = sql`${moment.now.toISOString()}::timestamptz`
  const ends: Readonly<Record<CouponLeaf['state'], Sql>> = {
    redeemed: sql`true`,
    expired: sql`expires_at <= ${now}`,
    usable: sql`(expires_at IS NULL OR expires_at > ${now})`
  }
  const granted = sql`SELECT customer_id, serial, granted_at FROM coupon_grant WHERE ${every([
    sql`state <> 'withdrawn'`,
    ends[state],
    ...(coupon === 'any' ? [] : [sql`coupon = ${coupon}::text`]),
    ...(expires_in === undefined ? [] : [sql`expires_at < ${endOfDayIn(expires_in, moment)}`])
  ])}`
  const since = sql`(SELECT min(granted_at) - interval '1 day' FROM (${granted}) AS earliest)`
  const undone = sql`EXISTS (SELECT 1 FROM event AS back WHERE back.name = 'coupon.returned'
    AND back.customer_id = event.customer_id AND back.properties ->> 'serial' = event.properties ->> 'serial'
    AND back.at >= event.at AND back.at >= ${since})`
  const used = sql`EXISTS (SELECT 1 FROM event WHERE name = 'coupon.redeemed' AND event.customer_id = held.customer_id
    AND properties ->> 'serial' = held.serial AND at >= ${since} AND NOT ${undone})`
  return sql`SELECT customer_id FROM (${granted}) AS held WHERE ${state === 'redeemed' ? used : sql`NOT ${used}`}`
}

function endOfDayIn(days: string, moment: Moment): Sql {
  return sql`${dayAgo(-1 - Number.parseInt(days, 10), moment).toISOString()}::timestamptz`
}

/** For "none", those who have LINE at all: the others are meant. */
function lineCustomers(line: 'reachable' | 'blocked' | 'none'): Sql {
  const reachable = sql`bool_or(blocked_at IS NULL)`
  const having = line === 'reachable' ? reachable : line === 'blocked' ? sql`NOT ${reachable}` : sql`true`
  return sql`SELECT customer_id FROM identity WHERE channel = 'line' GROUP BY customer_id HAVING ${having}`
}

/** Of a birthday its month and day can be read ("05-12"): a month is a range of them. */
function birthdayCustomers(birthday: number | 'this_month' | 'next_month', moment: Moment): Sql {
  const month = typeof birthday === 'number' ? birthday : monthOf(firstOfMonth(todayAt(moment), MONTHS_ON[birthday]))
  const written = String(month).padStart(2, '0')
  return sql`SELECT customer_id FROM customer_attribute WHERE name = 'birthday' AND value_sealed IS NOT NULL
    AND coarse BETWEEN ${`${written}-01`}::text AND ${`${written}-31`}::text`
}

const MONTHS_ON = { this_month: 0, next_month: 1 } as const

function monthOf(day: string): number {
  return Number(day.slice(5, 7))
}

function attributeCustomers(name: string, values: readonly string[]): Sql {
  return sql`SELECT customer_id FROM customer_attribute WHERE name = ${name}::text AND value_sealed IS NOT NULL
    AND coarse = ANY (${[...values]}::text[])`
}

/** Those whose newest answer for a purpose is not what applies without one. */
export function answeredOtherwise(purpose: string, { allowedByDefault }: Pick<Asking, 'allowedByDefault'>): Sql {
  return sql`SELECT customer_id FROM (
      SELECT DISTINCT ON (customer_id) customer_id, status FROM consent_change WHERE purpose = ${purpose}::text
      ORDER BY customer_id, at DESC, id DESC
    ) AS newest WHERE (status = 'granted') <> ${allowedByDefault.includes(purpose)}::boolean`
}
