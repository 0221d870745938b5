import { type Locale, localeOf } from '../../core/locale.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import type { Menu } from './rules/menus.ts'

/** A menu as it was brought to LINE last: who sees it, and what it is called there. */
export interface MenuAtLine extends Pick<Menu, 'key' | 'hash' | 'locale' | 'tiers' | 'isDefault'> {
  readonly lineId: string
}

/** The menus that were brought to LINE last, in the order in which they are tried. */
export async function menusAtLine(tx: Tx): Promise<MenuAtLine[]> {
  const rows = await tx.richMenu.findMany({ orderBy: { position: 'asc' } })
  return rows.map(({ key, hash, locale, tiers, isDefault, lineId }) => ({
    ...{ key, hash, tiers, isDefault, lineId },
    locale: localeOf(locale)
  }))
}

/** From now on these are the menus that customers are given. */
export async function saveMenus(tx: Tx, menus: readonly MenuAtLine[], at: Date): Promise<void> {
  await tx.richMenu.deleteMany({ where: { key: { notIn: menus.map(({ key }) => key) } } })
  for (const [position, { key, hash, locale, tiers, isDefault, lineId }] of menus.entries()) {
    const row = { position, locale, tiers: [...tiers], hash, lineId, isDefault, syncedAt: at }
    await tx.richMenu.upsert({ where: { key }, create: { key, ...row }, update: row })
  }
}

/** LINE's ids of the menus that somebody has. */
export async function linkedMenus(tx: Tx): Promise<Set<string>> {
  const rows = await tx.richMenuLink.findMany({ distinct: ['lineId'], select: { lineId: true } })
  return new Set(rows.map(({ lineId }) => lineId))
}

/** Whether any menu was brought to LINE. */
export async function hasMenus(tx: Tx): Promise<boolean> {
  return (await tx.richMenu.findFirst({ select: { key: true } })) !== null
}

/** Somebody on LINE who does not block the account, and the menu of their own that they were given. */
export interface OnLine {
  readonly identityId: string
  readonly customerId: string
  readonly userId: string
  readonly locale: Locale
  /** LINE's id; undefined = they see the default. */
  readonly linked: string | undefined
}

interface OnLineRow {
  readonly identityId: string
  readonly customerId: string
  readonly sealed: string
  readonly locale: string
  readonly linked: string | null
}

/** Those of some customers who can be reached on LINE. */
export async function onLine({ query, cipher }: Database, customerIds: readonly string[]): Promise<OnLine[]> {
  const rows = await query<OnLineRow>(
    `SELECT identity.id::text AS "identityId", identity.customer_id::text AS "customerId", external_sealed AS sealed, locale,
       line_id AS linked
     FROM identity JOIN customer ON customer.id = identity.customer_id
       LEFT JOIN rich_menu_link ON identity_id = identity.id
     WHERE channel = 'line' AND blocked_at IS NULL AND identity.customer_id = ANY ($1::uuid[]) ORDER BY identity.id`,
    [[...customerIds]]
  )
  return rows.map(({ identityId, customerId, sealed, locale, linked }) => ({
    ...{ identityId, customerId, linked: linked ?? undefined, locale: localeOf(locale) },
    userId: cipher.open('identity.external', sealed)
  }))
}

/** The next customers on LINE after one of them, by their ids. */
export async function customersOnLine(
  { query }: Database,
  page: { readonly after: string; readonly limit: number }
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT DISTINCT customer_id::text AS id FROM identity
     WHERE channel = 'line' AND blocked_at IS NULL AND customer_id > $1::uuid ORDER BY 1 LIMIT $2`,
    [page.after, page.limit]
  )
  return rows.map(({ id }) => id)
}

/** LINE shows these people this menu from now on; undefined = the default. */
export async function saveLinks(
  { query }: Database,
  people: readonly Pick<OnLine, 'identityId' | 'customerId'>[],
  { lineId, at }: { readonly lineId: string | undefined; readonly at: Date }
): Promise<void> {
  const ids = people.map(({ identityId }) => identityId)
  if (lineId === undefined) {
    await query('DELETE FROM rich_menu_link WHERE identity_id = ANY ($1::uuid[])', [ids])
    return
  }
  await query(
    `INSERT INTO rich_menu_link (identity_id, customer_id, line_id, linked_at)
     SELECT identity_id, customer_id, $3, $4 FROM unnest($1::uuid[], $2::uuid[]) AS given (identity_id, customer_id)
     ON CONFLICT (identity_id) DO UPDATE SET line_id = excluded.line_id, linked_at = excluded.linked_at`,
    [ids, people.map(({ customerId }) => customerId), lineId, at]
  )
}

/** LINE shows a customer the default, as it does to whoever comes anew. */
export async function forgetLinks(tx: Tx, customerId: string): Promise<void> {
  await tx.richMenuLink.deleteMany({ where: { customerId } })
}
