import { z } from 'zod'
import type { Tx } from '../../../platform/db/index.ts'
import { byId, current } from '../../definitions/index.ts'
import { type Brand, brandOf } from '../../shops/index.ts'
import { COUPON_KIND, CouponDefinition, CouponTerms } from '../rules/definitions.ts'

/** A coupon that a customer has. `serial` ("7H2K-9M4P") is what staff ask for. */
export interface Coupon {
  readonly serial: string
  readonly terms: CouponTerms
  /** Undefined while the shop has published none. */
  readonly brand: Brand | undefined
  /** The first instant at which it no longer holds; undefined = it never ends. */
  readonly expiresAt: Date | undefined
}

export interface NewGrant {
  readonly customerId: string
  readonly coupon: string
  readonly definitionId: string
  readonly serial: string
  readonly cause: string
  readonly grantedAt: Date
  readonly expiresAt: Date | null
}

/** Gives a coupon. Throws on a second one for the same cause. */
export async function insertGrant(tx: Tx, grant: NewGrant): Promise<void> {
  await tx.couponGrant.create({ data: grant })
}

/** The customer's coupons that hold at an instant, the ones that end first before the others; at most `limit`. */
export async function validCoupons(
  tx: Tx,
  customerId: string,
  { at, limit }: { at: Date; limit: number }
): Promise<Coupon[]> {
  const rows = await tx.couponGrant.findMany({
    where: { customerId, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    orderBy: [{ expiresAt: { sort: 'asc', nulls: 'last' } }, { grantedAt: 'asc' }, { id: 'asc' }],
    take: limit
  })
  return Promise.all(rows.map((row) => couponOf(tx, row)))
}

/** Whether a cause gave the customer a coupon before. */
export async function hasCouponFor(tx: Tx, customerId: string, cause: string): Promise<boolean> {
  const where = { customerId_cause: { customerId, cause } }
  return (await tx.couponGrant.findUnique({ where, select: { id: true } })) !== null
}

/** The newest of the customer's coupons whose causes begin so. */
export async function newestCoupon(tx: Tx, customerId: string, causes: string): Promise<Coupon | undefined> {
  const row = await tx.couponGrant.findFirst({
    where: { customerId, cause: { startsWith: causes } },
    orderBy: [{ grantedAt: 'desc' }, { id: 'desc' }]
  })
  return row ? couponOf(tx, row) : undefined
}

/** A coupon as flows give it now; undefined when there is none of this name. */
export async function currentCoupon(
  tx: Tx,
  key: string
): Promise<{ readonly definitionId: string; readonly terms: CouponTerms } | undefined> {
  const published = await current(tx, COUPON_KIND, key)
  return published && { definitionId: published.id, terms: CouponDefinition.parse(published.body) }
}

interface GrantRow {
  readonly coupon: string
  readonly definitionId: string
  readonly serial: string
  readonly expiresAt: Date | null
}

/** Another room's definition that brings coupons has their terms under these names: a stamp card what its stamps give. */
const Bringing = z
  .object({ reward: CouponTerms.optional(), rewards: z.array(CouponTerms).default([]) })
  .transform(({ reward, rewards }) => (reward ? [reward, ...rewards] : rewards))

/** A coupon keeps the terms it was given with, whether a full card or a flow gave it. */
async function couponOf(tx: Tx, { coupon, definitionId, serial, expiresAt }: GrantRow): Promise<Coupon> {
  const published = await byId(tx, definitionId)
  if (!published) throw new Error(`No definition ${definitionId}, though a coupon was made from it`)
  const { kind, body } = published
  const offered = kind === COUPON_KIND ? [CouponDefinition.parse(body)] : Bringing.parse(body)
  const terms = offered.find(({ key }) => key === coupon)
  if (!terms) throw new Error(`Definition ${definitionId} has no coupon ${coupon}, though one was made from it`)
  return { serial, terms, brand: await brandOf(tx), expiresAt: expiresAt ?? undefined }
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
    where: { customerId, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    _count: true,
    _min: { expiresAt: true }
  })
  return { count: _count, firstEnd: _min.expiresAt ?? undefined }
}

/** Whose coupon has this serial. */
export async function findOwner(tx: Tx, serial: string): Promise<string | undefined> {
  return (await tx.couponGrant.findUnique({ where: { serial }, select: { customerId: true } }))?.customerId
}
