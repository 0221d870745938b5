import { beforeEach, describe, expect, test } from 'vitest'
import { CAKE, NOON } from '../../../../test/support/coupon-counter.ts'
import { useDatabase } from '../../../../test/support/database.ts'
import { type LineTurns, lineTurns } from '../../../../test/support/line-turns.ts'
import { loyaltyFeatures, publishLoyalty } from '../../../../test/support/loyalty.ts'
import { type TestScope, testScope } from '../../../../test/support/queue.ts'
import { createPerform } from '../../../platform/perform.ts'
import { customersFeature } from '../../customers/index.ts'
import { publish } from '../../definitions/index.ts'
import { findShop } from '../../shops/index.ts'
import { codeAt, formatCode } from '../../shops/rules/counter-code.ts'
import { giveCoupon } from '../give-coupon.ts'
import { switchCoupon } from '../pause-coupon.ts'
import type { CouponDefinition } from '../rules/definitions.ts'
import { withdrawCoupon } from '../withdraw-coupon.ts'
import { couponsMessage } from './coupon-view.ts'
import { usePostback } from './postbacks.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'
let scope: TestScope
let turns: LineTurns

beforeEach(async () => {
  scope = testScope(db(), NOON)
  turns = lineTurns(scope, [customersFeature, ...loyaltyFeatures(() => scope.at)])
  turns.realNow = NOON
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
  await publishLoyalty(db())
  await put()
  for (const user of [HANAKO, EMMA]) await turns.say(user, 'クーポン')
})

const perform = () => createPerform({ scope, features: [], onCommit: () => undefined })
const put = (change: Partial<CouponDefinition> = {}) =>
  db().transaction((tx) => publish(tx, { kind: 'coupon', key: 'cake', body: { ...CAKE, ...change }, at: scope.at }))
let given = 0
async function give(user = HANAKO): Promise<string> {
  const present = { customerId: await turns.customerId(user), cause: `test:${++given}`, key: 'cake' }
  const coupon = await perform()(present.cause, (work) => giveCoupon(work, present, () => undefined))
  if (!coupon.ok) throw new Error(coupon.kind)
  return coupon.value.serial
}
const code = async (shop = 'kichijoji') => {
  const secret = (await findShop(db().prisma, db().cipher, shop))?.secret ?? new Uint8Array(32)
  return `スタンプ ${formatCode(codeAt(shop, secret, scope.at.getTime()))}`
}
const travel = (ms: number) => {
  scope.at = new Date(scope.at.getTime() + ms)
  turns.realNow = scope.at
}
const tap = (data: string, user = HANAKO) => turns.handle(user, { type: 'postback', postback: { data } })
const tapUse = (serial: string, user = HANAKO) => tap(usePostback.encode({ serial }), user)
/** All that people read in messages. */
const text = (messages: unknown) =>
  [...JSON.stringify(messages).matchAll(/"(?:text|label|altText)":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, one]) => one)
    .join(' | ')
const dataOf = (messages: unknown, label: string) =>
  new RegExp(`"label":"${label}","data":"((?:[^"\\\\]|\\\\.)*)"`)
    .exec(JSON.stringify(messages))?.[1]
    ?.replaceAll('\\"', '"') ?? ''
const states = async () => (await db().prisma.couponGrant.findMany()).map(({ state }) => state)

describe('the wallet', () => {
  test('shows what a coupon gives, what it asks for, where and until when, and a button to use it', async () => {
    await put({ gives: { percent: 50 }, minimum_spend_yen: 1500, shops: ['kichijoji', 'kamakura'] })
    const serial = await give()
    const shown = text(await turns.say(HANAKO, 'クーポン'))
    for (const part of [
      'ケーキ半額',
      '50%引き',
      '¥1,500以上',
      '吉祥寺店・鎌倉店',
      serial,
      '2026年12月21日(月)',
      '使う'
    ])
      expect(shown).toContain(part)
    await give(EMMA)
    expect(text(await turns.say(EMMA, 'coupon'))).toMatch(/50% off.*¥1,500 or more.*Kichijoji, Kamakura.*Use/)
  })

  test('of 50 coupons is leafed through to the last, the ones that end first in front', async () => {
    const first = await give()
    const { definitionId } = await db().prisma.couponGrant.findFirstOrThrow()
    const customerId = await turns.customerId(HANAKO)
    await db().prisma.couponGrant.createMany({
      data: Array.from({ length: 49 }, (_, index) => ({
        ...{ customerId, coupon: 'cake', definitionId, cause: `more:${index}`, grantedAt: NOON },
        serial: `AAAA-00${String(index).padStart(2, '0')}`
      }))
    })
    const seen: string[] = []
    let page = await turns.say(HANAKO, 'クーポン')
    for (let next = dataOf(page, '続きを見る'); ; next = dataOf(page, '続きを見る')) {
      seen.push(...[...text(page).matchAll(/[0-9A-Z]{4}-[0-9A-Z]{4}/g)].map(([serial]) => serial))
      if (!next) break
      page = await tap(next)
    }
    expect(seen[0]).toBe(first)
    expect(new Set(seen).size).toBe(50)
    expect(seen).toHaveLength(50)
    expect(text(await tap('v1 coupon.more {"skip":50}'))).toContain('以上です')
  })

  test('stays within what LINE takes with the longest texts there may be', async () => {
    const long = (max: number) => ({ ja: '券'.repeat(max), en: 'W'.repeat(max) })
    const terms = {
      ...CAKE,
      title: long(60),
      note: long(200),
      gives: { gift: long(60) },
      minimum_spend_yen: 10_000_000
    }
    const brand = { name: long(40), colour: '#7a4b2a' }
    const coupon = {
      serial: 'AAAA-BBBB',
      terms,
      brand,
      validFrom: NOON,
      expiresAt: NOON,
      shopNames: [1, 2, 3, 4].map(() => long(40))
    }
    const coupons = Array.from({ length: 10 }, () => coupon)
    for (const locale of ['ja', 'en'] as const) {
      const message = couponsMessage(coupons, { locale, timeZone: 'Asia/Tokyo' }, { next: 10 })
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(51_200)
    }
  })
})

describe('using a coupon', () => {
  test('asks whether one is at the counter; the counter’s code uses it and shows when, where and which', async () => {
    const serial = await give()
    const asked = text(await tapUse(serial))
    expect(asked).toMatch(/レジにいらっしゃいますか.*QRコードを読み取る.*あとで使う/)
    travel(7_000)
    const used = text(await turns.say(HANAKO, await code('kamakura')))
    for (const part of ['使用済み', '2026年11月21日 12:00:07', '鎌倉店', serial, 'スタンプも押す'])
      expect(used).toContain(part)
    expect(await states()).toEqual(['used'])
    expect(text(await turns.say(HANAKO, 'クーポン'))).toContain('いまお使いいただけるクーポンはありません')
  })

  test('leaves the code for the stamp of the same visit', async () => {
    const serial = await give()
    await tapUse(serial)
    const sent = await code()
    const used = await turns.say(HANAKO, sent)
    expect(text(used)).toContain('使用済み')
    expect(text(await turns.say(HANAKO, sent))).toContain('1 / 10')
    expect(await db().prisma.stamp.count()).toBe(1)
  })

  test('is put off on request, and by itself after ten minutes: the next code is for a stamp', async () => {
    const serial = await give()
    await tap(dataOf(await tapUse(serial), 'あとで使う'))
    expect(text(await turns.say(HANAKO, await code()))).toContain('1 / 10')
    travel(86_400_000)
    await tapUse(serial)
    travel(601_000)
    expect(text(await turns.say(HANAKO, await code()))).toContain('2 / 10')
    expect(await states()).toEqual(['held'])
  })

  test('takes one coupon at a time, the one that was asked for last', async () => {
    const [first, second] = [await give(), await give()]
    await tapUse(first)
    await tapUse(second)
    expect(text(await turns.say(HANAKO, await code()))).toContain(second)
    expect(text(await turns.say(HANAKO, await code()))).toContain('1 / 10')
  })

  test('with a code that is old, forged or of no shop uses nothing, and goes on waiting for a good one', async () => {
    const serial = await give()
    const old = await code()
    travel(90_000)
    await tapUse(serial)
    const forged = (await code()).replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    for (const bad of [old, forged, (await code()).replace('kichijoji', 'nara')])
      expect(text(await turns.say(HANAKO, bad))).toContain('クーポンはまだ使われていません')
    expect(await states()).toEqual(['held'])
    expect(text(await turns.say(HANAKO, await code()))).toContain('使用済み')
  })
})

describe('what cannot be used gets an answer of its own', () => {
  test('a screenshot, a second tap, an old button: when and where it was used', async () => {
    const serial = await give()
    await tapUse(serial)
    await turns.say(HANAKO, await code('kamakura'))
    travel(3 * 86_400_000)
    expect(text(await tapUse(serial))).toMatch(/2026年11月21日 12:00:00に鎌倉店でお使いいただきました.*クーポンを見る/)
    expect(await db().prisma.couponRedemption.count()).toBe(1)
  })

  test('somebody else’s serial, and one that there is not: the same', async () => {
    const serial = await give()
    expect(text(await tapUse(serial, EMMA))).toContain('could not find this coupon among yours')
    expect(text(await tapUse('AAAA-0000', EMMA))).toContain('could not find this coupon among yours')
    expect(text(await turns.say(EMMA, await code()))).not.toContain('Used')
    expect(await states()).toEqual(['held'])
  })

  test.each<[string, RegExp, (serial: string) => Promise<unknown>]>([
    ['one that ran out', /有効期限は2026年12月21日\(月\)まで/, async () => travel(31 * 86_400_000)],
    [
      'one that stands still',
      /一時的にお使いいただけません/,
      () => perform()('p', (work) => switchCoupon(work, { coupon: 'cake', by: 'U', way: 'pause' }))
    ],
    [
      'one that was withdrawn',
      /お使いいただけなくなりました/,
      (serial) => perform()('w', (work) => withdrawCoupon(work, { serial, by: 'U', reason: '' }))
    ]
  ])('%s', async (_what, expected, change) => {
    const serial = await give()
    await change(serial)
    expect(text(await tapUse(serial))).toMatch(expected)
  })

  test('one whose time has not come', async () => {
    await put({ valid_for: undefined, valid: { from: '2026-12-01', until: '2026-12-25' } })
    const serial = await give()
    expect(text(await turns.say(HANAKO, 'クーポン'))).toContain('2026年12月1日(火)〜2026年12月25日(金)')
    expect(text(await tapUse(serial))).toContain('2026年12月1日(火)からお使いいただけます')
  })

  test('one of another shop, one that is gone, and one too many: as the code is read', async () => {
    await put({ shops: ['kamakura'], limit: { total: 1, per_customer: 2 } })
    const [first, second] = [await give(), await give(EMMA)]
    await tapUse(first)
    expect(text(await turns.say(HANAKO, await code()))).toContain('使えるお店：鎌倉店')
    await tapUse(first)
    expect(text(await turns.say(HANAKO, await code('kamakura')))).toContain('使用済み')
    await tapUse(second, EMMA)
    expect(text(await turns.say(EMMA, await code('kamakura')))).toContain('none of it is left')
    await put({ limit: { total: 2, per_customer: 1 } })
    expect(await states()).toEqual(expect.arrayContaining(['used', 'held']))
    await db().prisma.couponGrant.updateMany({ data: { customerId: await turns.customerId(HANAKO) } })
    expect(text(await tapUse(second))).toContain('おひとり様のご利用回数に達しました')
  })
})
