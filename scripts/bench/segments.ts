import pg from 'pg'
import { readDefinitionFiles } from '../../src/features/definitions/files.ts'
import { checkFiles } from '../../src/features/definitions/index.ts'
import { previewSegment, type Segment, segmentKind, segmentOf } from '../../src/features/segments/index.ts'
import { type Database, type FieldCipher, fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { median } from './figures.ts'

export interface SegmentFigures {
  readonly id: string
  readonly people: number
  /** Of a preview: people, reach, cost and sample. */
  readonly medianMs: number
  readonly slowestMs: number
}

export interface SegmentPlan {
  readonly customers: number
  readonly events: number
  readonly rounds: number
}

export const TIME_ZONE = 'Asia/Tokyo'

/** How long a preview of each shipped segment takes in a business of so many customers and events. */
export async function measureSegments(
  databaseUrl: string,
  plan: SegmentPlan,
  progress: (text: string) => void
): Promise<SegmentFigures[]> {
  const db = await openDatabase({ databaseUrl }, fieldCipher([{ id: 'bench', bytes: new Uint8Array(32).fill(1) }]))
  try {
    await load(databaseUrl, { plan, cipher: db.cipher }, progress)
    const figures: SegmentFigures[] = []
    for (const segment of shipped()) figures.push(await measure(db, segment, plan.rounds))
    return figures
  } finally {
    await db.close()
  }
}

/** Over a connection of its own: the product's end a statement that takes longer than some seconds. */
async function load(databaseUrl: string, filling: Filling, progress: (text: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  for (const [what, statement] of loading(filling)) {
    const startMs = performance.now()
    await client.query(statement)
    progress(`${what}: ${((performance.now() - startMs) / 1_000).toFixed(0)} s`)
  }
  await client.end()
}

async function measure(db: Database, { id, who }: Segment, rounds: number): Promise<SegmentFigures> {
  const tookMs: number[] = []
  let people = 0
  for (let round = 0; round < rounds; round += 1) {
    const startMs = performance.now()
    people = (await previewSegment(db, who, { now: new Date(), timeZone: TIME_ZONE })).people
    tookMs.push(performance.now() - startMs)
  }
  return { id, people, medianMs: median(tookMs), slowestMs: Math.max(...tookMs) }
}

function shipped(): Segment[] {
  const files = readDefinitionFiles(new URL('../../flows', import.meta.url).pathname)
  return checkFiles([segmentKind], files).good.map(({ body }) => segmentOf(body))
}

const idOf = (number: string) => `('01990000-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`
/** The id of one of them, by number. */
export function customerIdOf(number: number): string {
  return `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

/** 14 months, as the events lie; a few are of today. */
const DAYS = 420

interface Filling {
  readonly plan: SegmentPlan
  readonly cipher: FieldCipher
}

/** What fills the tables, in order, each a statement: indexes of events come after their rows. */
function loading({ plan: { customers, events }, cipher }: Filling): (readonly [string, string])[] {
  const people = `generate_series(0, ${customers} - 1) AS n`
  return [
    [
      'customers',
      `INSERT INTO customer (id, locale, created_at) SELECT ${idOf('n')}, CASE WHEN n % 7 = 0 THEN 'en' ELSE 'ja' END, now() - (n % ${DAYS}) * interval '1 day' FROM ${people}`
    ],
    [
      'identities',
      `INSERT INTO identity (id, customer_id, channel, external_hash, external_sealed, blocked_at, created_at) SELECT gen_random_uuid(), ${idOf('n')}, 'line', n::text, '${cipher.seal('identity.external', 'U0')}', CASE WHEN n % 13 = 0 THEN now() END, now() FROM ${people} WHERE n % 10 < 7`
    ],
    [
      'tags',
      `INSERT INTO customer_tag (customer_id, tag, added_by, added_at) SELECT ${idOf('n')}, 'VIP', 'U1', now() FROM ${people} WHERE n % 10 = 0`
    ],
    [
      'coupons',
      `INSERT INTO coupon_grant (id, customer_id, coupon, definition_id, serial, cause, granted_at, expires_at) SELECT gen_random_uuid(), ${idOf('n')}, 'free-drink', gen_random_uuid(), n::text, 'bench', now() + (n % 60 - 60) * interval '1 day', now() + (n % 60) * interval '1 day' FROM ${people} WHERE n % 3 = 0`
    ],
    [
      'birthdays',
      `INSERT INTO customer_attribute (customer_id, name, coarse, value_sealed, told_at, told_by) SELECT ${idOf('n')}, 'birthday', to_char(date '2000-01-01' + (n * 7919 % 366), 'MM-DD'), '${cipher.seal('customer.attribute', '2000-01-01')}', now(), 'bench' FROM ${people} WHERE n % 5 < 3`
    ],
    [
      'months',
      `SELECT ensure_event_month((date_trunc('month', now()) - ago * interval '1 month')::date) FROM generate_series(-1, 15) AS ago`
    ],
    ['indexes away', 'DROP INDEX event_customer_id_at_idx, event_name_at_customer_id_idx'],
    ['foreign key away', 'ALTER TABLE event DROP CONSTRAINT event_customer_id_fkey'],
    [
      'events',
      // A fifth of the customers have most of the events, and most of the events lie in the middle of somebody's time.
      `INSERT INTO event (id, customer_id, name, at, source, source_id, shop, properties)
       SELECT gen_random_uuid(), ${idOf(`(power(random(), 2) * ${customers - 1})::bigint * 7919 % ${customers}`)}, kind.name,
         now() - random() * interval '${DAYS} days', 'bench', n::text, 'kamakura', kind.properties
       FROM generate_series(1, ${events}) AS n,
       LATERAL (SELECT (ARRAY['visit','visit','visit','order.completed','order.completed','page.viewed','message.sent','message.sent','message.clicked','survey.answered','feedback.given','coupon.redeemed'])[1 + n % 12] AS name,
         CASE n % 12 WHEN 3 THEN jsonb_build_object('order_id', n, 'amount', 500 + n % 9000) WHEN 4 THEN jsonb_build_object('order_id', n, 'amount', 500 + n % 3000)
           WHEN 9 THEN jsonb_build_object('survey', 'nps', 'score', n % 11) WHEN 10 THEN '{"sentiment": "negative"}'::jsonb
           WHEN 11 THEN jsonb_build_object('serial', (n % ${customers})::text) ELSE '{}'::jsonb END AS properties) AS kind`
    ],
    ['index by customer', 'CREATE INDEX event_customer_id_at_idx ON event (customer_id, at)'],
    ['index by name', 'CREATE INDEX event_name_at_customer_id_idx ON event (name, at, customer_id)'],
    [
      'days',
      `INSERT INTO customer_day (customer_id, day, visits, orders, amount_yen, negatives, nps, nps_at, messages_sent, messages_clicked)
       SELECT customer_id, (at AT TIME ZONE '${TIME_ZONE}')::date, count(*) FILTER (WHERE name = 'visit'), count(*) FILTER (WHERE name = 'order.completed'),
         coalesce(sum((properties ->> 'amount')::bigint), 0), count(*) FILTER (WHERE name = 'feedback.given' OR (properties ->> 'score')::int <= 6),
         max((properties ->> 'score')::int), max(at) FILTER (WHERE name = 'survey.answered'),
         count(*) FILTER (WHERE name = 'message.sent'), count(*) FILTER (WHERE name = 'message.clicked')
       FROM event WHERE name <> 'page.viewed' GROUP BY 1, 2`
    ],
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
