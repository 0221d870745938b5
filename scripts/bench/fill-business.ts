import pg from 'pg'
import type { FieldCipher } from '../../src/platform/db/index.ts'

export const TIME_ZONE = 'Asia/Tokyo'

/**
 * Fills an empty store with a business of so many customers and events. Over connections of its own: the product's end a
 * statement that takes longer than some seconds.
 */
export async function fillBusiness(
  databaseUrl: string,
  filling: Filling,
  progress: (text: string) => void
): Promise<void> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: LANES,
    options: '-c work_mem=256MB -c maintenance_work_mem=512MB -c synchronous_commit=off'
  })
  for (const [what, ...statements] of [...people(filling), ...facts(filling)]) {
    const startMs = performance.now()
    await Promise.all(statements.map((statement) => pool.query(statement)))
    progress(`${what}: ${((performance.now() - startMs) / 1_000).toFixed(0)} s`)
  }
  await pool.end()
}

const idOf = (number: string) => `('01990000-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`
/** The id of one of them, by number. */
export function customerIdOf(number: number): string {
  return `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

/** 14 months, as the events lie; a few are of today. */
const DAYS = 420

export interface Filling {
  readonly customers: number
  readonly events: number
  readonly cipher: FieldCipher
}

/** What it is, and statements that can be carried out at the same time. */
type Step = readonly [string, ...string[]]

/** What takes long is told as statements that do a part each, at the same time: one per processor of a small server. */
const LANES = 2
const eachLane = (statement: (lane: number) => string) => Array.from({ length: LANES }, (_, lane) => statement(lane))

/** Who the customers are, and what rests about them. */
function people({ customers, cipher }: Filling): Step[] {
  const everybody = `generate_series(0, ${customers} - 1) AS n`
  return [
    [
      'customers',
      `INSERT INTO customer (id, locale, created_at) SELECT ${idOf('n')}, CASE WHEN n % 7 = 0 THEN 'en' ELSE 'ja' END, now() - (n % ${DAYS}) * interval '1 day' FROM ${everybody}`
    ],
    [
      'identities',
      `INSERT INTO identity (id, customer_id, channel, external_hash, external_sealed, blocked_at, created_at) SELECT gen_random_uuid(), ${idOf('n')}, 'line', n::text, '${cipher.seal('identity.external', 'U0')}', CASE WHEN n % 13 = 0 THEN now() END, now() FROM ${everybody} WHERE n % 10 < 7`
    ],
    [
      'tags',
      `INSERT INTO customer_tag (customer_id, tag, added_by, added_at) SELECT ${idOf('n')}, 'VIP', 'U1', now() FROM ${everybody} WHERE n % 10 = 0`
    ],
    [
      'coupons',
      `INSERT INTO coupon_grant (id, customer_id, coupon, definition_id, serial, cause, granted_at, expires_at) SELECT gen_random_uuid(), ${idOf('n')}, 'free-drink', gen_random_uuid(), n::text, 'bench', now() + (n % 60 - 60) * interval '1 day', now() + (n % 60) * interval '1 day' FROM ${everybody} WHERE n % 3 = 0`
    ],
    [
      'birthdays',
      `INSERT INTO customer_attribute (customer_id, name, coarse, value_sealed, told_at, told_by) SELECT ${idOf('n')}, 'birthday', to_char(date '2000-01-01' + (n::bigint * 7919 % 366)::int, 'MM-DD'), '${cipher.seal('customer.attribute', '2000-01-01')}', now(), 'bench' FROM ${everybody} WHERE n % 5 < 3`
    ],
    [
      'consents',
      // Of six in ten; a few of them changed their mind.
      `INSERT INTO consent_change (customer_id, purpose, status, version, source, cause, at)
       SELECT ${idOf('n')}, purpose, CASE WHEN (n / 10 + round) % 4 < 3 THEN 'granted' ELSE 'refused' END, 1, 'line:welcome', 'bench:' || round, now() - (n % 400 + 1 - round) * interval '1 day'
       FROM ${everybody}, unnest(ARRAY['marketing', 'profiling']) AS purpose, generate_series(0, 1) AS round WHERE n % 10 < 6 AND (round = 0 OR n % 20 = 3)`
    ],
    [
      'preferences',
      `INSERT INTO customer_preference (customer_id, frequency, changed_at) SELECT ${idOf('n')}, (ARRAY['less', 'coupons', 'stop'])[1 + n / 20 % 3], now() FROM ${everybody} WHERE n % 20 = 0`
    ]
  ]
}

/** What they did, and what that adds up to: indexes and keys of what is many come after the rows. */
function facts({ customers, events }: Filling): Step[] {
  return [
    [
      'months',
      `SELECT ensure_event_month((date_trunc('month', now()) - ago * interval '1 month')::date) FROM generate_series(-1, 15) AS ago`
    ],
    ['indexes away', 'DROP INDEX event_customer_id_at_idx, event_name_at_customer_id_idx'],
    [
      'keys away',
      `ALTER TABLE event DROP CONSTRAINT event_customer_id_fkey;
       ALTER TABLE customer_day DROP CONSTRAINT customer_day_customer_id_fkey, DROP CONSTRAINT customer_day_pkey;
       ALTER TABLE customer_stats DROP CONSTRAINT customer_stats_customer_id_fkey`
    ],
    [
      'events',
      // A fifth of the customers have most of the events, and most of the events lie in the middle of somebody's time.
      ...eachLane(
        (lane) => `INSERT INTO event (id, customer_id, name, at, source, source_id, shop, properties)
       SELECT gen_random_uuid(), ${idOf(`(power(random(), 2) * ${customers - 1})::bigint * 7919 % ${customers}`)}, kind.name,
         now() - random() * interval '${DAYS} days', 'bench', n::text, 'kamakura', kind.properties
       FROM generate_series(1 + ${lane}, ${events}, ${LANES}) AS n,
       LATERAL (SELECT (ARRAY['visit','visit','visit','order.completed','order.completed','page.viewed','message.sent','message.sent','message.clicked','survey.answered','feedback.given','coupon.redeemed'])[1 + n % 12] AS name,
         CASE n % 12 WHEN 3 THEN jsonb_build_object('order_id', n, 'amount', 500 + n % 9000) WHEN 4 THEN jsonb_build_object('order_id', n, 'amount', 500 + n % 3000)
           WHEN 9 THEN jsonb_build_object('survey', 'nps', 'score', n % 11) WHEN 10 THEN '{"sentiment": "negative"}'::jsonb
           WHEN 11 THEN jsonb_build_object('serial', (n % ${customers})::text) ELSE '{}'::jsonb END AS properties) AS kind`
      )
    ],
    [
      'indexes of events',
      'CREATE INDEX event_customer_id_at_idx ON event (customer_id, at)',
      'CREATE INDEX event_name_at_customer_id_idx ON event (name, at, customer_id)'
    ],
    [
      'days',
      ...eachLane(
        (
          lane
        ) => `INSERT INTO customer_day (customer_id, day, visits, orders, amount_yen, negatives, nps, nps_at, messages_sent, messages_clicked)
       SELECT customer_id, (at AT TIME ZONE '${TIME_ZONE}')::date, count(*) FILTER (WHERE name = 'visit'), count(*) FILTER (WHERE name = 'order.completed'),
         coalesce(sum((properties ->> 'amount')::bigint), 0), count(*) FILTER (WHERE name = 'feedback.given' OR (properties ->> 'score')::int <= 6),
         max((properties ->> 'score')::int), max(at) FILTER (WHERE name = 'survey.answered'),
         count(*) FILTER (WHERE name = 'message.sent'), count(*) FILTER (WHERE name = 'message.clicked')
       FROM event WHERE name <> 'page.viewed' AND uuid_hash(customer_id) & 1 = ${lane} GROUP BY 1, 2`
      )
    ],
    ['key of days', 'ALTER TABLE customer_day ADD PRIMARY KEY (customer_id, day)'],
    ['figures', FIGURES],
    ['vacuum', 'VACUUM ANALYZE']
  ]
}

/** As the product derives them, as far as the shipped segments ask; stages and quintiles by plain cuts. */
const TODAY = `(now() AT TIME ZONE '${TIME_ZONE}')::date`
const sums = (column: string, name: string) =>
  [30, 90, 365]
    .map(
      (days) =>
        `coalesce(sum(${column}) FILTER (WHERE day > ${TODAY} - ${days}), 0) AS ${name.replace('#', `${days}d`)}`
    )
    .join(', ')
const FIGURES = `INSERT INTO customer_stats (customer_id, visits, orders, amount_yen, windows_on,
    visits_30d, visits_90d, visits_365d, orders_30d, orders_90d, orders_365d, amount_30d_yen, amount_90d_yen, amount_365d_yen,
    active_days, active_days_365d, first_day, last_day, negatives, last_nps, last_nps_at, messages_sent, messages_clicked,
    stage, stage_since, frequency_score)
  SELECT customer_id, sum(visits), sum(orders), sum(amount_yen), ${TODAY},
    ${sums('visits', 'visits_#')}, ${sums('orders', 'orders_#')}, ${sums('amount_yen', 'amount_#_yen')},
    count(*) FILTER (WHERE active), count(*) FILTER (WHERE active AND day > ${TODAY} - 365), min(day) FILTER (WHERE active), max(day) FILTER (WHERE active),
    sum(negatives), max(nps), max(nps_at), sum(messages_sent), sum(messages_clicked),
    CASE WHEN max(day) FILTER (WHERE active) < ${TODAY} - 60 THEN 'dormant' WHEN max(day) FILTER (WHERE active) < ${TODAY} - 30 THEN 'slipping' ELSE 'active' END,
    max(day), least(5, 1 + count(*) FILTER (WHERE active) / 3)::int
  FROM (SELECT *, visits + orders > 0 AS active FROM customer_day) AS days GROUP BY customer_id`
