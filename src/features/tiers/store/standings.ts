import { Prisma } from '#prisma'
import type { Database, Tx } from '../../../platform/db/index.ts'
import type { Reason, Standing, Sums } from '../rules/standing.ts'

/** A customer's standing, none = the first tier since ever, and what they did within the window. */
export interface Life {
  readonly customerId: string
  readonly standing: Standing | undefined
  readonly sums: Sums
}

interface Row {
  readonly customerId: string
  readonly visits: number
  readonly spendYen: number
  readonly tier: string | null
  readonly rank: number | null
  readonly since: string | null
  readonly keptUntil: string | null
  readonly dueOn: string | null
}

const COLUMNS =
  'held.tier, held.rank, held.since::text AS since, held.kept_until::text AS "keptUntil", held.due_on::text AS "dueOn"'
const STANDING = Prisma.raw(COLUMNS)

/**
 * The lives of customers; their windows begin after a day, and what is dated ahead is in them. Each customer's days are asked
 * for by themselves: a plan that was made while the table was small must not look through all of it later.
 */
export async function findLives(tx: Tx, customerIds: readonly string[], after: string): Promise<Life[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT own.customer_id AS "customerId", days.visits, days.spend AS "spendYen", ${STANDING}
    FROM unnest(${[...customerIds]}::uuid[]) AS own (customer_id) CROSS JOIN LATERAL (
      SELECT coalesce(sum(visits), 0)::int AS visits, coalesce(sum(amount_yen), 0)::float8 AS spend FROM customer_day
      WHERE customer_day.customer_id = own.customer_id AND day > ${after}::date
    ) AS days LEFT JOIN customer_tier AS held ON held.customer_id = own.customer_id`
  return rows.map(lifeOf)
}

function lifeOf({ customerId, visits, spendYen, tier, rank, since, keptUntil, dueOn }: Row): Life {
  const sums = { visits, spendYen }
  if (tier === null || rank === null || since === null) return { customerId, sums, standing: undefined }
  const days = { keptUntil: keptUntil ?? undefined, dueOn: dueOn ?? undefined }
  return { customerId, sums, standing: { tier, rank, since, ...days } }
}

/** The key of the tier a customer has; undefined = the first one, since ever. */
export async function heldTier(tx: Tx, customerId: string): Promise<string | undefined> {
  return (await tx.customerTier.findUnique({ where: { customerId }, select: { tier: true } }))?.tier
}

/** A standing to be kept, with the change it is if the tier is another one; `before` null = the first tier since ever. */
export interface NewStanding {
  readonly customerId: string
  readonly standing: Standing
  readonly change: { readonly before: string | null; readonly reason: Reason } | undefined
}

/** Keeps standings of customers whose figures are locked, and the changes; the numbers of these by customer. */
export async function saveStandings(
  tx: Tx,
  standings: readonly NewStanding[],
  at: Date
): Promise<ReadonlyMap<string, number>> {
  const column = <T>(value: (standing: NewStanding) => T): T[] => standings.map(value)
  const rows = await tx.$queryRaw<{ customerId: string; number: number }[]>`
    WITH given AS (
      SELECT * FROM unnest(
        ${column(({ customerId }) => customerId)}::uuid[], ${column(({ standing }) => standing.tier)}::text[],
        ${column(({ standing }) => standing.rank)}::int[], ${column(({ standing }) => standing.since)}::date[],
        ${column(({ standing }) => standing.keptUntil ?? null)}::date[],
        ${column(({ standing }) => standing.dueOn ?? null)}::date[],
        ${column(({ change }) => change?.before ?? null)}::text[], ${column(({ change }) => change?.reason ?? null)}::text[]
      ) AS given (customer_id, tier, rank, since, kept_until, due_on, before, reason)
    ), kept AS (
      INSERT INTO customer_tier (customer_id, tier, rank, since, kept_until, due_on)
      SELECT customer_id, tier, rank, since, kept_until, due_on FROM given
      ON CONFLICT (customer_id) DO UPDATE SET tier = EXCLUDED.tier, rank = EXCLUDED.rank, since = EXCLUDED.since,
        kept_until = EXCLUDED.kept_until, due_on = EXCLUDED.due_on
    )
    INSERT INTO tier_change (customer_id, lived_as, number, tier, rank, before, reason, at)
    SELECT customer_id, customer_id, 1 + coalesce((SELECT max(number) FROM tier_change WHERE lived_as = given.customer_id), 0),
      tier, rank, before, reason, ${at} FROM given WHERE reason IS NOT NULL
    RETURNING customer_id AS "customerId", number`
  return new Map(rows.map(({ customerId, number }) => [customerId, number]))
}

/** Customers whose tier is to be looked at by a day, the longest due first. */
export async function customersDue(db: Database, today: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'SELECT customer_id AS id FROM customer_tier WHERE due_on <= $1::date ORDER BY due_on, customer_id LIMIT $2',
    [today, limit]
  )
  return rows.map(({ id }) => id)
}

/** The least that leads anybody above the first tier. */
export interface Entry {
  readonly visits: number | undefined
  readonly spendYen: number | undefined
}

/** A piece of all customers, in the order of their ids. */
export interface Piece {
  /** The id before the first one. */
  readonly after: string
  /** The last one. */
  readonly last: string
}

/** The next piece of the customers with figures; undefined = there are no more. */
export async function pieceAfter(db: Database, after: string, limit: number): Promise<Piece | undefined> {
  const [row] = await db.query<{ last: string }>(
    `SELECT customer_id::text AS last FROM (
       SELECT customer_id FROM customer_stats WHERE customer_id > $1::uuid ORDER BY customer_id LIMIT $2
     ) AS piece ORDER BY customer_id DESC LIMIT 1`,
    [after, limit]
  )
  return row && { after, last: row.last }
}

/**
 * The lives in a piece of which anything may come: of who has a standing, or has done enough within a window, which begins
 * after a day, for more than the first tier. As they are now: nobody is locked.
 */
export async function livesIn(
  db: Database,
  { after, last }: Piece,
  { begin, entry }: { readonly begin: string; readonly entry: Entry }
): Promise<Life[]> {
  const rows = await db.query<Row>(
    `SELECT customer_id AS "customerId", coalesce(days.visits, 0)::int AS visits,
       coalesce(days.spend, 0)::float8 AS "spendYen", ${COLUMNS}
     FROM (
       SELECT customer_id, sum(visits) AS visits, sum(amount_yen) AS spend FROM customer_day
       WHERE customer_id > $1::uuid AND customer_id <= $2::uuid AND day > $3::date GROUP BY customer_id
     ) AS days FULL JOIN (
       SELECT * FROM customer_tier WHERE customer_id > $1::uuid AND customer_id <= $2::uuid
     ) AS held USING (customer_id)
     WHERE held.tier IS NOT NULL OR days.visits >= $4::int OR days.spend >= $5::bigint`,
    [after, last, begin, entry.visits ?? null, entry.spendYen ?? null]
  )
  return rows.map(lifeOf)
}
