import type { Tx } from '../../platform/db/index.ts'
import { type EndTouch, TOUCH_EVENTS, TOUCH_PROPERTIES, type Touch } from './rules/touch.ts'

/** A touch, and the event that told it. */
export interface KeptTouch extends Touch {
  readonly at: Date
}

/** Keeps touches: the first one stays the earliest by its own time, the last one the latest. In the order given. */
export async function saveTouches(tx: Tx, touches: readonly EndTouch[]): Promise<void> {
  const column = <T>(value: (touch: EndTouch) => T): T[] => touches.map(value)
  await tx.$executeRaw`
    INSERT INTO attribution AS own
      (customer_id, which, at, event_key, source, medium, campaign, content, term, ref, lp_variant)
    SELECT * FROM unnest(
      ${column(({ customerId }) => customerId)}::uuid[], ${column(({ which }) => which)}::text[],
      ${column(({ at }) => at.toISOString())}::timestamptz[], ${column(({ eventKey }) => eventKey)}::text[],
      ${column(({ source }) => source)}::text[], ${column(({ medium }) => medium)}::text[],
      ${column(({ campaign }) => campaign)}::text[], ${column(({ content }) => content)}::text[],
      ${column(({ term }) => term)}::text[], ${column(({ ref }) => ref)}::text[],
      ${column(({ lpVariant }) => lpVariant)}::text[]
    )
    ON CONFLICT (customer_id, which) DO UPDATE SET at = excluded.at, event_key = excluded.event_key,
      source = excluded.source, medium = excluded.medium, campaign = excluded.campaign, content = excluded.content,
      term = excluded.term, ref = excluded.ref, lp_variant = excluded.lp_variant
    WHERE CASE own.which
      WHEN 'first' THEN (excluded.at, excluded.event_key COLLATE "C") < (own.at, own.event_key COLLATE "C")
      ELSE (excluded.at, excluded.event_key COLLATE "C") > (own.at, own.event_key COLLATE "C") END`
}

/** Makes the first and last touches of customers anew from their events: for a merge, its undoing, or a repair. */
export async function remakeTouches(tx: Tx, customerIds: readonly string[]): Promise<void> {
  const keys = Object.values(TOUCH_PROPERTIES)
  await tx.$executeRaw`DELETE FROM attribution WHERE customer_id = ANY (${customerIds}::uuid[])`
  await tx.$executeRaw`
    INSERT INTO attribution
      (customer_id, which, at, event_key, source, medium, campaign, content, term, ref, lp_variant)
    SELECT customer_id, which, at, key, properties ->> 'utm_source', properties ->> 'utm_medium',
      properties ->> 'utm_campaign', properties ->> 'utm_content', properties ->> 'utm_term', properties ->> 'ref',
      properties ->> 'variant'
    FROM (
      SELECT customer_id, at, source || ':' || source_id AS key, properties,
        row_number() OVER (PARTITION BY customer_id ORDER BY at, source || ':' || source_id COLLATE "C") AS from_first,
        row_number() OVER (PARTITION BY customer_id ORDER BY at DESC, source || ':' || source_id COLLATE "C" DESC) AS from_last
      FROM event WHERE customer_id = ANY (${customerIds}::uuid[]) AND name = ANY (${[...TOUCH_EVENTS]}::text[])
        AND jsonb_exists_any(properties, ${keys}::text[])
    ) AS touch
    JOIN (VALUES ('first'), ('last')) AS both_of (which)
      ON (which = 'first' AND from_first = 1) OR (which = 'last' AND from_last = 1)`
}

/** What brought a customer the first time and the last; undefined when nobody told. */
export async function touchesOf(
  tx: Tx,
  customerId: string
): Promise<{ readonly first: KeptTouch; readonly last: KeptTouch } | undefined> {
  const rows = await tx.attribution.findMany({ where: { customerId } })
  const [first, last] = ['first', 'last'].map((which) => rows.find((row) => row.which === which))
  return first && last ? { first, last } : undefined
}

/** A code, what it stands for, and how many customers it brought: for the first time, and last of all so far. */
export interface RefCount {
  readonly code: string
  readonly label: string
  readonly first: number
  readonly last: number
}

/** Adds a code; false when there is one of this name already. */
export async function insertRef(tx: Tx, ref: { code: string; label: string; createdAt: Date }): Promise<boolean> {
  return (await tx.refCode.createMany({ data: [ref], skipDuplicates: true })).count === 1
}

/** Whether a code was ever made. */
export async function isRef(tx: Tx, code: string): Promise<boolean> {
  return (await tx.refCode.findUnique({ where: { code } })) !== null
}

/** All codes, the newest first, with whom they brought. */
export async function countRefs(tx: Tx): Promise<RefCount[]> {
  return tx.$queryRaw<RefCount[]>`
    SELECT code, label,
      (SELECT count(*)::int FROM attribution WHERE which = 'first' AND ref = code) AS first,
      (SELECT count(*)::int FROM attribution WHERE which = 'last' AND ref = code) AS last
    FROM ref_code ORDER BY created_at DESC, code`
}
