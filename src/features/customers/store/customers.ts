import { z } from 'zod'
import { newId } from '../../../core/ids.ts'
import { type Locale, localeOf } from '../../../core/locale.ts'
import { customerCipher, type Database, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { Work } from '../../../platform/work.ts'
import type { FollowChange } from '../rules/follow-state.ts'
import { nameColumns, openName } from './names.ts'

/** What is known of a customer at a glance. `visits` and its dates come from the facts recorded so far. */
export interface CustomerSummary {
  readonly id: string
  readonly name: string | undefined
  readonly locale: Locale
  readonly visits: number
  readonly firstVisitAt: Date | undefined
  readonly lastVisitAt: Date | undefined
  /** In alphabetical order. */
  readonly tags: readonly string[]
}

/** A customer as LINE knows them. */
export interface LineIdentity {
  readonly userId: string
  /** Since when they block the account; undefined = messages reach them. */
  readonly blockedAt: Date | undefined
}

/** A customer at a glance, in or outside a transaction; undefined when there is none with this id. */
export async function customerSummary(tx: Tx, cipher: FieldCipher, id: string): Promise<CustomerSummary | undefined> {
  const row = await tx.customer.findUnique({
    where: { id },
    include: { stats: true, tags: { orderBy: { tag: 'asc' } } }
  })
  if (!row) return undefined
  return {
    id,
    name: openName(cipher, row.nameSealed),
    locale: localeOf(row.locale),
    visits: row.stats?.visits ?? 0,
    firstVisitAt: row.stats?.firstVisitAt ?? undefined,
    lastVisitAt: row.stats?.lastVisitAt ?? undefined,
    tags: row.tags.map(({ tag }) => tag)
  }
}

/** The customer's LINE identity, of several the newest that is not blocked; undefined when they have none. */
export async function lineIdentity(tx: Tx, cipher: FieldCipher, customerId: string): Promise<LineIdentity | undefined> {
  const row = await tx.identity.findFirst({
    where: { customerId, channel: 'line' },
    orderBy: [{ blockedAt: { sort: 'asc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'desc' }]
  })
  return row
    ? { userId: cipher.open('identity.external', row.externalSealed), blockedAt: row.blockedAt ?? undefined }
    : undefined
}

interface TagRow {
  readonly customerId: string
  readonly tag: string
  readonly addedBy: string
  readonly addedAt: Date
}

/** False when the customer has the tag already. */
export async function addTag(tx: Tx, row: TagRow): Promise<boolean> {
  const { count } = await tx.customerTag.createMany({ data: [row], skipDuplicates: true })
  return count === 1
}

/** False when the customer does not have the tag. */
export async function removeTag(tx: Tx, customerId: string, tag: string): Promise<boolean> {
  const { count } = await tx.customerTag.deleteMany({ where: { customerId, tag } })
  return count === 1
}

/** The tags in use, the most used first. */
export async function listTags(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.customerTag.groupBy({
    by: ['tag'],
    orderBy: [{ _count: { tag: 'desc' } }, { tag: 'asc' }],
    take: limit
  })
  return rows.map(({ tag }) => tag)
}

/** What LINE's profile tells of a customer, made safe to store. */
export interface NewProfile {
  readonly name: string | undefined
  readonly locale: Locale
}

/** Whether LINE has told us this person's profile before. Outside a transaction. */
export async function hasProfile({ query, cipher }: Database, lineUserId: string): Promise<boolean> {
  const rows = await query(
    `SELECT 1 FROM identity WHERE channel = 'line' AND external_hash = $1 AND profile_at IS NOT NULL`,
    [cipher.blindIndex('identity.external', lineUserId)]
  )
  return rows.length > 0
}

/**
 * The customer with this LINE identity, locked (see lockKey): one statement, because every event of LINE's begins with it.
 */
export async function lockLineCustomer(tx: Tx, cipher: FieldCipher, lineUserId: string) {
  const [row] = await tx.$queryRaw<LockedRow[]>`
    SELECT customer.id, name_sealed AS "nameSealed", locale, blocked_at IS NOT NULL AS blocked,
      (SELECT erased_at FROM erased_identity AS erased
        WHERE erased.channel = identity.channel AND erased.external_hash = identity.external_hash) AS "erasedAt",
      pg_advisory_xact_lock(hashtextextended(customer.id::text, 0))::text AS locked
    FROM identity JOIN customer ON customer.id = customer_id
    WHERE channel = 'line' AND external_hash = ${cipher.blindIndex('identity.external', lineUserId)}`
  if (!row) return undefined
  const { id, nameSealed, locale, blocked, erasedAt } = row
  return { id, name: openName(cipher, nameSealed), locale: localeOf(locale), blocked, erasedAt }
}

interface LockedRow {
  readonly id: string
  readonly nameSealed: string | null
  readonly locale: string
  readonly blocked: boolean
  /** When the one who had this identity before was erased, in real time. */
  readonly erasedAt: Date | null
}

/** Makes a customer and their LINE identity; returns the customer's id. */
export async function createLineCustomer(work: Work, lineUserId: string, profile: NewProfile | undefined) {
  const { tx, now } = work
  const id = newId()
  const cipher = await customerCipher(work, id)
  await tx.customer.create({
    data: { id, ...nameColumns(cipher, profile?.name), locale: profile?.locale ?? 'ja', createdAt: now }
  })
  await tx.identity.create({
    data: {
      customerId: id,
      channel: 'line',
      externalHash: cipher.blindIndex('identity.external', lineUserId),
      externalSealed: cipher.seal('identity.external', lineUserId),
      profileAt: profile ? now : null,
      createdAt: now
    }
  })
  return id
}

/** Gives a customer the name they want to have; LINE's profile is read no more once it was. */
export async function renameCustomer(work: Pick<Work, 'tx' | 'cipher'>, id: string, name: string): Promise<void> {
  const cipher = await customerCipher(work, id)
  await work.tx.customer.update({ where: { id }, data: nameColumns(cipher, name) })
}

/** Writes down the language a customer chose: LINE's profile no longer changes it. */
export async function chooseLocale(
  tx: Tx,
  { customerId, locale, at }: { customerId: string; locale: Locale; at: Date }
): Promise<void> {
  await tx.customer.update({ where: { id: customerId }, data: { locale, localeSetAt: at } })
}

/** Writes down what LINE's profile says now. Its language, where it is followed; undefined where the customer chose one. */
export async function updateProfile(
  tx: Tx,
  cipher: FieldCipher,
  { customerId, profile, at }: { customerId: string; profile: NewProfile; at: Date }
): Promise<Locale | undefined> {
  const { name, locale } = profile
  const own = await customerCipher({ tx, cipher }, customerId)
  await tx.customer.update({ where: { id: customerId }, data: nameColumns(own, name) })
  const followed = await tx.customer.updateMany({ where: { id: customerId, localeSetAt: null }, data: { locale } })
  await tx.identity.updateMany({ where: { customerId, channel: 'line' }, data: { profileAt: at } })
  return followed.count === 1 ? locale : undefined
}

/** One of a customer's LINE accounts; `hash` finds it. */
export interface LineAccount {
  readonly customerId: string
  readonly hash: string
}

export function accountOf(
  cipher: FieldCipher,
  { customerId, lineUserId }: { readonly customerId: string; readonly lineUserId: string }
): LineAccount {
  return { customerId, hash: cipher.blindIndex('identity.external', lineUserId) }
}

/** The follows and blocks of an account, as far back as it matters: among the customer's newest 50 that came. */
export async function followChanges(tx: Tx, { customerId, hash }: LineAccount): Promise<FollowChange[]> {
  const rows = await tx.event.findMany({
    where: { customerId, name: { in: ['line.followed', 'line.unfollowed'] }, source: 'line' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 50,
    select: { name: true, properties: true }
  })
  const changes = rows.flatMap((row) => FollowRow.safeParse({ name: row.name, ...Object(row.properties) }).data ?? [])
  return changes.filter(({ account = hash }) => account === hash)
}

/** Events from before customers could have two accounts name none. */
const FollowRow = z.object({
  name: z.enum(['line.followed', 'line.unfollowed']),
  tellerMs: z.number(),
  account: z.string().optional()
})

/** Since when an account is blocked on LINE; null = it is not. A block that goes on keeps its beginning. */
export async function setBlocked(tx: Tx, { customerId, hash }: LineAccount, blockedAt: Date | null): Promise<void> {
  const where = { customerId, channel: 'line', externalHash: hash, ...(blockedAt ? { blockedAt: null } : {}) }
  await tx.identity.updateMany({ where, data: { blockedAt } })
}
