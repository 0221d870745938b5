import { z } from 'zod'
import type { LocaleText } from '../../../core/locale.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { byId, current, currentAll } from '../../definitions/index.ts'
import { type Brand, brandOf, shopNames } from '../../shops/index.ts'
import { COUPON_KIND, CouponDefinition, CouponTerms } from '../rules/definitions.ts'
import { GRANT_STATES, type GrantState } from '../rules/use.ts'

/** A coupon that a customer has. `serial` ("7H2K-9M4P") is what staff ask for. */
export interface Coupon {
  readonly serial: string
  readonly terms: CouponTerms
  /** Undefined while the shop has published none. */
  readonly brand: Brand | undefined
  /** From when it can be used; undefined = at once. */
  readonly validFrom?: Date | undefined
  /** The first instant at which it no longer holds; undefined = it never ends. */
  readonly expiresAt: Date | undefined
  /** Names of the shops that take it; left out = all of them. */
  readonly shopNames?: readonly LocaleText[] | undefined
}

/** A coupon with all that is known of it. */
export interface KeptCoupon extends Coupon {
  readonly id: string
  readonly customerId: string
  /** The name of its definition: what is limited, paused and counted together. */
  readonly coupon: string
  readonly state: GrantState
  readonly grantedAt: Date
  readonly costYen: number | undefined
  readonly version: number
  /** Staff were asked about it in Slack: its card there is kept up to date. */
  readonly inSlack: boolean
}

export interface NewGrant {
  readonly customerId: string
  readonly coupon: string
  readonly definitionId: string
  readonly serial: string
  readonly cause: string
  readonly grantedAt: Date
  readonly validFrom?: Date | null
  readonly expiresAt: Date | null
  readonly costYen?: number | null
  readonly givenBy?: string | null
  readonly givenRole?: string | null
}

/** Gives a coupon. Throws on a second one for the same cause. */
export async function insertGrant(tx: Tx, grant: NewGrant): Promise<void> {
  await tx.couponGrant.create({ data: grant })
}

/** Those that a customer can use, or will be able to, at an instant. */
const held = (customerId: string, at: Date) => ({
  customerId,
  state: 'held',
  OR: [{ expiresAt: null }, { expiresAt: { gt: at } }]
})

/** The customer's coupons that hold at an instant, the ones that end first before the others; at most `limit` from `skip` on. */
export async function validCoupons(
  tx: Tx,
  customerId: string,
  { at, limit, skip = 0 }: { at: Date; limit: number; skip?: number }
): Promise<KeptCoupon[]> {
  const rows = await tx.couponGrant.findMany({
    where: held(customerId, at),
    orderBy: [{ expiresAt: { sort: 'asc', nulls: 'last' } }, { grantedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    skip
  })
  return couponsOf(tx, rows)
}

/** How many coupons of one name the customer was given and still has or used. */
export async function countGiven(tx: Tx, customerId: string, coupon: string): Promise<number> {
  return tx.couponGrant.count({ where: { customerId, coupon, state: { not: 'withdrawn' } } })
}

/** How many coupons of one name the customer used. */
export async function countUsed(tx: Tx, customerId: string, coupon: string): Promise<number> {
  return tx.couponGrant.count({ where: { customerId, coupon, state: 'used' } })
}

/** Whether a cause gave the customer a coupon before. */
export async function hasCouponFor(tx: Tx, customerId: string, cause: string): Promise<boolean> {
  const where = { customerId_cause: { customerId, cause } }
  return (await tx.couponGrant.findUnique({ where, select: { id: true } })) !== null
}

/** The newest of the customer's coupons whose causes begin so. */
export async function newestCoupon(tx: Tx, customerId: string, causes: string): Promise<KeptCoupon | undefined> {
  const row = await tx.couponGrant.findFirst({
    where: { customerId, cause: { startsWith: causes } },
    orderBy: [{ grantedAt: 'desc' }, { id: 'desc' }]
  })
  return firstOf(tx, row)
}

/** The coupon with a serial, as it is written on it. */
export async function couponBySerial(tx: Tx, serial: string): Promise<KeptCoupon | undefined> {
  return firstOf(tx, await tx.couponGrant.findUnique({ where: { serial } }))
}

/** The coupon with an id. */
export async function couponById(tx: Tx, id: string): Promise<KeptCoupon | undefined> {
  return firstOf(tx, await tx.couponGrant.findUnique({ where: { id } }))
}

/** The coupon that the customer asked to use, not before `since`. */
export async function askedCoupon(tx: Tx, customerId: string, since: Date): Promise<KeptCoupon | undefined> {
  const where = { customerId, state: 'held', askedAt: { gte: since } }
  return firstOf(tx, await tx.couponGrant.findFirst({ where, orderBy: { askedAt: 'desc' } }))
}

/** Notes which coupon the customer asks to use, in place of any other; undefined = none any more. */
export async function setAsked(tx: Tx, customerId: string, asked?: { id: string; at: Date }): Promise<void> {
  await tx.couponGrant.updateMany({ where: { customerId, askedAt: { not: null } }, data: { askedAt: null } })
  if (asked) await tx.couponGrant.update({ where: { id: asked.id }, data: { askedAt: asked.at } })
}

/** Notes that staff were asked about a coupon in Slack. */
export async function markInSlack(tx: Tx, id: string): Promise<void> {
  await tx.couponGrant.update({ where: { id }, data: { inSlack: true, version: { increment: 1 } } })
}

/** The coupons that staff were asked about, of one customer. */
export async function couponsInSlack(tx: Tx, customerId: string): Promise<string[]> {
  return (await tx.couponGrant.findMany({ where: { customerId, inSlack: true }, select: { id: true } })).map(
    ({ id }) => id
  )
}

/** The customer's newest coupons that can be used or were, for staff; at most `limit`, those to use first. */
export async function couponsForStaff(
  tx: Tx,
  customerId: string,
  { at, limit }: { at: Date; limit: number }
): Promise<KeptCoupon[]> {
  const valid = await validCoupons(tx, customerId, { at, limit })
  const used = await tx.couponGrant.findMany({
    where: { customerId, state: 'used' },
    orderBy: [{ grantedAt: 'desc' }, { id: 'desc' }],
    take: limit - valid.length
  })
  return [...valid, ...(await couponsOf(tx, used))]
}

/** What goodwill coupons cost that a role gave since an instant, but for those that were withdrawn. */
export async function goodwillYen(tx: Tx, givenRole: string, since: Date): Promise<number> {
  const where = { givenRole, grantedAt: { gte: since }, state: { not: 'withdrawn' } }
  return (await tx.couponGrant.aggregate({ where, _sum: { costYen: true } }))._sum.costYen ?? 0
}

/** All coupons as they are given now, by name. */
export async function currentCoupons(tx: Tx): Promise<CouponDefinition[]> {
  return (await currentAll(tx, COUPON_KIND)).map(({ body }) => CouponDefinition.parse(body))
}

/** What becomes of a coupon. */
export interface GrantChange {
  readonly state?: GrantState
  readonly expiresAt?: Date | null
}

/** Changes a coupon that is as we saw it; throws when it is not any more, which its customer's lock excludes. */
export async function changeGrant(tx: Tx, { id, state }: KeptCoupon, change: GrantChange): Promise<void> {
  const data = { ...change, askedAt: null, version: { increment: 1 } }
  const { count } = await tx.couponGrant.updateMany({ where: { id, state }, data })
  if (count !== 1) throw new Error(`Coupon ${id} is no longer ${state}`)
}

/** A coupon as it is given now; undefined when there is none of this name. */
export async function currentCoupon(
  tx: Tx,
  key: string
): Promise<{ readonly definitionId: string; readonly terms: CouponDefinition } | undefined> {
  const published = await current(tx, COUPON_KIND, key)
  return published && { definitionId: published.id, terms: CouponDefinition.parse(published.body) }
}

/** What a coupon is called, and whether it is still given. */
export interface Offer {
  readonly title: LocaleText | undefined
  readonly isGiven: boolean
}

/** A coupon by its name, as a version of its definition brought it: a coupon's own, a stamp card's. */
export async function offerOf(
  tx: Tx,
  { coupon, definitionId }: { readonly coupon: string; readonly definitionId: string }
): Promise<Offer> {
  const titleIn = async (id: string) => (await termsIn(tx, id)).find(({ key }) => key === coupon)?.title
  const from = await byId(tx, definitionId)
  const now = from && (await current(tx, from.kind, from.key))
  const given = now && (await titleIn(now.id))
  return { title: given ?? (await titleIn(definitionId)), isGiven: given !== undefined }
}

type GrantRow = NonNullable<Awaited<ReturnType<Tx['couponGrant']['findFirst']>>>

async function firstOf(tx: Tx, row: GrantRow | null): Promise<KeptCoupon | undefined> {
  return row ? (await couponsOf(tx, [row]))[0] : undefined
}

/** Another room's definition that brings coupons has their terms under these names: a stamp card what its stamps give. */
const Bringing = z
  .object({ reward: CouponTerms.optional(), rewards: z.array(CouponTerms).default([]) })
  .transform(({ reward, rewards }) => (reward ? [reward, ...rewards] : rewards))

/** Coupons keep the terms they were given with, whether a full card, a flow or staff gave them. */
async function couponsOf(tx: Tx, rows: readonly GrantRow[]): Promise<KeptCoupon[]> {
  if (rows.length === 0) return []
  const [brand, names] = [await brandOf(tx), await shopNames(tx)]
  const offered = new Map<string, readonly CouponTerms[]>()
  for (const { definitionId: id } of rows) if (!offered.has(id)) offered.set(id, await termsIn(tx, id))
  return rows.map((row) => {
    const terms = offered.get(row.definitionId)?.find(({ key }) => key === row.coupon)
    return couponOf(row, { brand, names, terms })
  })
}

/** The terms of all coupons that a version of a definition brings. */
async function termsIn(tx: Tx, definitionId: string): Promise<readonly CouponTerms[]> {
  const published = await byId(tx, definitionId)
  if (!published) throw new Error(`No definition ${definitionId}, though a coupon was made from it`)
  const { kind, body } = published
  return kind === COUPON_KIND ? [CouponTerms.parse(body)] : Bringing.parse(body)
}

interface Surroundings {
  readonly brand: Brand | undefined
  readonly names: ReadonlyMap<string, LocaleText>
  readonly terms: CouponTerms | undefined
}

function couponOf(row: GrantRow, { brand, names, terms }: Surroundings): KeptCoupon {
  const state = GRANT_STATES.find((known) => known === row.state)
  if (!state) throw new Error(`Coupon ${row.id} is "${row.state}", which nobody knows`)
  if (!terms) throw new Error(`Definition ${row.definitionId} has no coupon ${row.coupon}, though one was made from it`)
  const { id, customerId, coupon, serial, grantedAt, version } = row
  return {
    ...{ id, customerId, coupon, serial, state, grantedAt, version, terms, brand },
    validFrom: row.validFrom ?? undefined,
    expiresAt: row.expiresAt ?? undefined,
    costYen: row.costYen ?? undefined,
    inSlack: row.inSlack,
    shopNames: terms.shops?.map((shop) => names.get(shop) ?? { ja: shop, en: shop })
  }
}

/** A customer's coupons, for staff to see at a glance. */
export interface CouponsGlance {
  readonly count: number
  /** When the first of them ends; undefined = none of them does. */
  readonly firstEnd: Date | undefined
}

/** The coupons of a customer that hold at an instant. */
export async function couponsGlance(tx: Tx, customerId: string, at: Date): Promise<CouponsGlance> {
  const { _count, _min } = await tx.couponGrant.aggregate({
    where: held(customerId, at),
    _count: true,
    _min: { expiresAt: true }
  })
  return { count: _count, firstEnd: _min.expiresAt ?? undefined }
}

/** Whose coupon has this serial. */
export async function findOwner(tx: Tx, serial: string): Promise<string | undefined> {
  return (await tx.couponGrant.findUnique({ where: { serial }, select: { customerId: true } }))?.customerId
}
