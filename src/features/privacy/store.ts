import { type Locale, localeOf } from '../../core/locale.ts'
import { type Database, RESTORED_AT, type Tx } from '../../platform/db/index.ts'

/** The language of a customer; undefined when there is nobody with this id. */
export async function localeOfCustomer(tx: Tx, customerId: string): Promise<Locale | undefined> {
  const row = await tx.customer.findUnique({ where: { id: customerId }, select: { locale: true } })
  return row ? localeOf(row.locale) : undefined
}

/** The keys under which a customer's own messages are handled, in order. */
export async function inboxKeysOf(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx.identity.findMany({ where: { customerId, channel: 'line' }, orderBy: { externalHash: 'asc' } })
  return rows.map(({ externalHash }) => `line:${externalHash}`)
}

export interface NewLink {
  readonly tokenHash: string
  readonly customerId: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function insertLink(tx: Tx, link: NewLink): Promise<void> {
  await tx.privacyLink.create({ data: link })
}

/** Whose data a link opens at an instant; undefined when there is no such link (any more). */
export async function customerOfLink(tx: Tx, tokenHash: string, at: Date): Promise<string | undefined> {
  const row = await tx.privacyLink.findFirst({ where: { tokenHash, expiresAt: { gt: at } } })
  return row?.customerId
}

/** Forgets links that opened nothing any more before an instant; how many. */
export async function dropLinks(tx: Tx, before: Date): Promise<number> {
  return (await tx.privacyLink.deleteMany({ where: { expiresAt: { lt: before } } })).count
}

/** Whether the store was put back from a backup, and people erased since may be in it. */
export async function isRestored({ query }: Database): Promise<boolean> {
  return (await query('SELECT 1 FROM setting WHERE key = $1', [RESTORED_AT])).length > 0
}

export async function noteErasedAgain({ query }: Database): Promise<void> {
  await query('DELETE FROM setting WHERE key = $1', [RESTORED_AT])
}

/** What customers' own keys seal of who they are, and whether its key is there. */
const SEALED = `
  SELECT customer_id, EXISTS (SELECT 1 FROM customer_key WHERE id = substring(sealed FROM 2 FOR 22)) AS readable FROM (
    SELECT customer_id, external_sealed AS sealed FROM identity
    UNION ALL SELECT id, name_sealed FROM customer
  ) AS own WHERE sealed LIKE '@%'`

/** How many customers can be read, and how many not. */
export async function countKeys({ query }: Database): Promise<{ readonly with: number; readonly without: number }> {
  const [row] = await query<{ with: number; without: number }>(`
    SELECT count(*) FILTER (WHERE readable)::int AS with, count(*) FILTER (WHERE NOT readable)::int AS without
    FROM (SELECT bool_and(readable) AS readable FROM (${SEALED}) AS own GROUP BY customer_id) AS each`)
  return row ?? { with: 0, without: 0 }
}

export async function customersWithoutKey({ query }: Database, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT DISTINCT customer_id::text AS id FROM (${SEALED}) AS own WHERE NOT readable LIMIT $1`,
    [limit]
  )
  return rows.map(({ id }) => id)
}
