import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CAKE, couponCounter, NOON } from '../../../test/support/coupon-counter.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { grantPromised } from './grant-promised.ts'
import { switchCoupon } from './pause-coupon.ts'
import { take } from './store/limits.ts'

const db = useDatabase()
const DAY_MS = 86_400_000
const tally = (kinds: readonly string[]) =>
  Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length]))
const audited = async () =>
  (await db().prisma.audit.findMany({ where: { action: { startsWith: 'coupon.' } }, orderBy: { seq: 'asc' } })).map(
    ({ actorId, action }) => `${actorId} ${action}`
  )
const eventNames = async () =>
  (await db().prisma.event.findMany({ orderBy: { createdAt: 'asc' } })).map(({ name }) => name)

describe('a limit holds however many ask at once', () => {
  test('100 customers use a coupon with 3 uses: exactly 3 do', async () => {
    const { hold, outcome } = await couponCounter(db(), { limit: { total: 3 } })
    const held = await hold(100)
    const kinds = await Promise.all(held.map(({ id, serial }) => outcome(id, serial)))
    expect(tally(kinds)).toEqual({ used: 3, used_up: 97 })
    expect(await db().prisma.couponRedemption.count()).toBe(3)
  })

  test('40 tries of one customer use it once; the others are told when and where', async () => {
    const { customer, give, use } = await couponCounter(db())
    const id = await customer()
    const serial = await give(id)
    const uses = await Promise.all(Array.from({ length: 40 }, () => use(id, serial)))
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    const refused = uses.find(({ ok }) => !ok)
    expect(refused).toMatchObject({ kind: 'used', redemption: { at: NOON, shop: { id: 'kichijoji' } } })
    expect((await eventNames()).filter((name) => name === 'coupon.redeemed')).toHaveLength(1)
  })

  test('20 customers want the last 5 coupons: 5 get one', async () => {
    const { customer, give } = await couponCounter(db(), { limit: { grants: 5 } })
    const given = await Promise.all(Array.from({ length: 20 }, async () => give(await customer())))
    expect(given.filter((one) => one === 'used_up')).toHaveLength(15)
    expect(await db().prisma.couponGrant.count()).toBe(5)
  })

  test('one customer who asks ten times gets as many as one may', async () => {
    const { customer, give } = await couponCounter(db(), { limit: { per_customer: 2 } })
    const id = await customer()
    const given = await Promise.all(Array.from({ length: 10 }, () => give(id)))
    expect(given.filter((one) => one === 'enough')).toHaveLength(8)
  })

  test('a budget ends with the last use that it pays for in full', async () => {
    const { customer, give, outcome, undo } = await couponCounter(db(), { gives: { yen: 400 }, budget_yen: 1000 })
    const id = await customer()
    const serials = [await give(id), await give(id), await give(id)]
    const kinds = await Promise.all(serials.map((serial) => outcome(id, serial)))
    expect(tally(kinds)).toEqual({ used: 2, used_up: 1 })
    expect(await undo(serials[kinds.indexOf('used')] ?? '')).toBe('undone')
    expect(await outcome(id, serials[kinds.indexOf('used_up')] ?? '')).toBe('used')
  })

  test('begins with what was given and used before there was one, and binds those given before', async () => {
    const { customer, give, outcome, put } = await couponCounter(db())
    const id = await customer()
    const serials = [await give(id), await give(id), await give(id)]
    expect(await outcome(id, serials[0] ?? '')).toBe('used')
    await put({ limit: { total: 2, grants: 4 } })
    expect(await Promise.all([give(id), give(id)])).toContain('used_up')
    expect(tally(await Promise.all(serials.slice(1).map((serial) => outcome(id, serial))))).toEqual({
      used: 1,
      used_up: 1
    })
    await put({ limit: { total: 3 } })
    expect(tally(await Promise.all(serials.map((serial) => outcome(id, serial))))).toEqual({ used: 3 })
  })

  test('what has no limit has no row that all would wait for', async () => {
    expect(await db().transaction((tx) => take(tx, 'cake', { used: 1 }))).toBe(true)
    expect(await db().prisma.couponCount.count()).toBe(0)
  })
})

describe('a coupon is used', () => {
  test('through its last day in Japan, and not a moment longer', async () => {
    const { customer, give, outcome, scope } = await couponCounter(db(), { valid_for: '1d' })
    const id = await customer()
    const [first, second] = [await give(id), await give(id)]
    scope.at = new Date('2026-11-22T23:59:59.999+09:00')
    expect(await outcome(id, first)).toBe('used')
    scope.at = new Date('2026-11-23T00:00:00+09:00')
    expect(await outcome(id, second)).toBe('expired')
  })

  test('by nobody but whose it is', async () => {
    const { customer, give, outcome } = await couponCounter(db())
    const [anna, eve] = [await customer(), await customer()]
    const serial = await give(anna)
    expect(await outcome(eve, serial)).toBe('unknown')
    expect(await outcome(eve, 'AAAA-0000')).toBe('unknown')
    expect(await outcome(anna, serial)).toBe('used')
  })

  test('where it is taken, and not while it stands still', async () => {
    const { customer, give, outcome, perform } = await couponCounter(db(), { shops: ['kamakura'] })
    const id = await customer()
    const serial = await give(id)
    const turn = (way: 'pause' | 'resume') =>
      perform(way, (work) => switchCoupon(work, { coupon: 'cake', by: 'UBOSS', way }))
    expect(await outcome(id, serial)).toBe('other_shop')
    expect([await turn('pause'), await turn('pause')]).toEqual([true, false])
    expect(await outcome(id, serial, { shop: 'kamakura' })).toBe('paused')
    expect(await give(id)).toBe('paused')
    expect(await turn('resume')).toBe(true)
    expect(await outcome(id, serial, { shop: 'kamakura' })).toBe('used')
    expect(await audited()).toEqual(['UBOSS coupon.pause', 'UBOSS coupon.resume'])
  })

  test('by the terms it was given with, whatever the shop changed since', async () => {
    const { customer, give, use, put } = await couponCounter(db(), { gives: { percent: 10 } })
    const id = await customer()
    const serial = await give(id)
    await put({ gives: { percent: 5 }, shops: ['kamakura'] })
    expect(await use(id, serial)).toMatchObject({ ok: true, value: { coupon: { terms: { gives: { percent: 10 } } } } })
  })

  test('and known to all that listen: which, where, and what was paid', async () => {
    const { customer, give, use } = await couponCounter(db())
    const id = await customer()
    const serial = await give(id)
    await use(id, serial, { amountYen: 1200 })
    const event = await db().prisma.event.findFirstOrThrow({ where: { name: 'coupon.redeemed' } })
    expect(event).toMatchObject({ shop: 'kichijoji', properties: { coupon: 'cake', serial, amount: 1200 } })
    expect(await db().prisma.customerStats.findFirst()).toMatchObject({ couponsGranted: 1, couponsRedeemed: 1 })
  })

  test('on a day before, when it is written down afterwards: if it held then', async () => {
    const { customer, give, use, outcome, scope } = await couponCounter(db(), { valid_for: '1d' })
    const id = await customer()
    const [first, second] = [await give(id), await give(id)]
    scope.at = new Date('2026-11-23T09:00:00+09:00')
    expect(await outcome(id, first)).toBe('expired')
    expect(await use(id, first, { lateOn: '2026-11-22' })).toMatchObject({
      ok: true,
      value: { redemption: { at: new Date('2026-11-22T12:00:00+09:00'), recordedAt: scope.at, late: true } }
    })
    expect(await outcome(id, second, { lateOn: '2026-11-23' })).toBe('expired')
    expect(await outcome(id, second, { lateOn: '2026-11-20' })).toBe('not_yet')
  })
})

describe('a use can be undone', () => {
  test('for a quarter of an hour, with all that it counted for; then it stays', async () => {
    const { customer, give, outcome, undo, scope } = await couponCounter(db(), { limit: { total: 1 } })
    const id = await customer()
    const serial = await give(id)
    expect(await undo(serial)).toBe('not_used')
    expect(await outcome(id, serial)).toBe('used')
    scope.at = new Date(NOON.getTime() + 15 * 60_000)
    expect(await undo(serial)).toBe('undone')
    expect(await undo(serial)).toBe('not_used')
    expect(await db().prisma.customerStats.findFirst()).toMatchObject({ couponsRedeemed: 0 })
    expect(await outcome(id, serial)).toBe('used')
    scope.at = new Date(NOON.getTime() + 30 * 60_000 + 1)
    expect(await undo(serial)).toBe('too_late')
    expect(await undo('AAAA-0000')).toBe('unknown')
    expect(await eventNames()).toEqual(['coupon.granted', 'coupon.redeemed', 'coupon.returned', 'coupon.redeemed'])
    expect(await audited()).toEqual(['UAYA coupon.undo'])
  })

  test('by ten at once: once', async () => {
    const { customer, give, outcome, undo } = await couponCounter(db(), { limit: { total: 1 } })
    const id = await customer()
    const serial = await give(id)
    await outcome(id, serial)
    expect(tally(await Promise.all(Array.from({ length: 10 }, () => undo(serial))))).toEqual({ undone: 1, not_used: 9 })
    expect(await db().prisma.couponCount.findFirst()).toMatchObject({ used: 0 })
  })

  test('after the coupon ran out: it is given back for the rest of the day', async () => {
    const { customer, give, outcome, undo, scope } = await couponCounter(db(), { valid_for: '1d' })
    const id = await customer()
    const serial = await give(id)
    scope.at = new Date('2026-11-22T23:55:00+09:00')
    await outcome(id, serial)
    scope.at = new Date('2026-11-23T00:05:00+09:00')
    expect(await undo(serial)).toBe('undone')
    scope.at = new Date('2026-11-23T20:00:00+09:00')
    expect(await outcome(id, serial)).toBe('used')
  })
})

test('a coupon that is withdrawn cannot be used, one that is used cannot be withdrawn, and its place is free again', async () => {
  const { customer, give, outcome, withdraw } = await couponCounter(db(), { limit: { grants: 2 } })
  const id = await customer()
  const [first, second] = [await give(id), await give(id)]
  expect([await withdraw(first), await withdraw(first), await withdraw('AAAA-0000')]).toEqual([
    ...['withdrawn', 'not_held', 'unknown']
  ])
  expect(await outcome(id, first)).toBe('withdrawn')
  expect(await outcome(id, second)).toBe('used')
  expect(await withdraw(second)).toBe('not_held')
  expect(await give(id)).toMatch(/-/)
  expect(await give(id)).toBe('used_up')
})

test('what was promised is given beyond the limit, and counts: taking it back makes room for nobody else', async () => {
  const { customer, give, perform, withdraw } = await couponCounter(db(), { limit: { grants: 1 } })
  const id = await customer()
  await give(id)
  const { id: definitionId } = await db().prisma.definition.findFirstOrThrow({ where: { kind: 'coupon' } })
  const promised = await perform('test:promise', (work) =>
    grantPromised(work, { customerId: id, definitionId, terms: CAKE, cause: 'stamp_card:1' })
  )
  expect(await withdraw(promised.serial)).toBe('withdrawn')
  expect(await give(id)).toBe('used_up')
})

test('whatever happens, in whatever order: what was given is held, used, expired or withdrawn, and counted as such', async () => {
  const deed = fc.record({
    what: fc.constantFrom('give', 'give', 'use', 'use', 'undo', 'withdraw', 'wait'),
    which: fc.nat(7)
  })
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 15 }), async (deeds) => {
      await db().query('DELETE FROM coupon_grant')
      await db().query('DELETE FROM coupon_count')
      const world = await couponCounter(db(), { valid_for: '2d', gives: { yen: 100 }, limit: { total: 3, grants: 6 } })
      const id = await world.customer()
      const serials: string[] = []
      for (const { what, which } of deeds) {
        const serial = serials[which % Math.max(serials.length, 1)] ?? 'AAAA-0000'
        if (what === 'give') serials.push(...[await world.give(id)].filter((one) => one.includes('-')))
        else if (what === 'wait') world.scope.at = new Date(world.scope.at.getTime() + DAY_MS)
        else
          await {
            use: () => world.outcome(id, serial),
            undo: () => world.undo(serial),
            withdraw: () => world.withdraw(serial)
          }[what]()
      }
      const [rows] = await db().query<Record<string, number>>(
        `SELECT count(*)::int AS granted, count(*) FILTER (WHERE state = 'used')::int AS used,
           count(*) FILTER (WHERE state = 'withdrawn')::int AS withdrawn,
           count(*) FILTER (WHERE state = 'held' AND expires_at > $1)::int AS held,
           count(*) FILTER (WHERE state = 'held' AND expires_at <= $1)::int AS expired,
           (SELECT count(*) FROM coupon_redemption WHERE undone_at IS NULL)::int AS redemptions FROM coupon_grant`,
        [world.scope.at]
      )
      const { granted = 0, used = 0, withdrawn = 0, held = 0, expired = 0, redemptions } = rows ?? {}
      expect(granted).toBe(held + used + expired + withdrawn)
      expect(redemptions).toBe(used)
      const count = await db().prisma.couponCount.findFirst()
      if (granted > 0) expect(count).toMatchObject({ granted: granted - withdrawn, used, spentYen: BigInt(used * 100) })
    }),
    { numRuns: 12 }
  )
})
