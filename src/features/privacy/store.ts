import { type Locale, localeOf } from '../../core/locale.ts'
import type { Tx } from '../../platform/db/index.ts'

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
