import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { lineTurns } from '../../../../test/support/line-turns.ts'
import { daysOn, type PointsFile, pointsWorld } from '../../../../test/support/points-world.ts'
import { couponsFeature } from '../../coupons/index.ts'
import { customersFeature } from '../../customers/index.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'

async function setUp(change: PointsFile = {}) {
  const world = await pointsWorld(db(), change, [customersFeature, couponsFeature])
  const turns = lineTurns(world.scope, world.features)
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
  await turns.follow(HANAKO)
  await turns.follow(EMMA)
  const tap = (who: string, data: string) => turns.handle(who, { type: 'postback', postback: { data } })
  return { ...world, turns, tap, hanako: await turns.customerId(HANAKO), emma: await turns.customerId(EMMA) }
}

/** Every text of messages that a person can read, in reading order. */
function words(message: unknown): string[] {
  if (Array.isArray(message)) return message.flatMap(words)
  if (message === null || typeof message !== 'object') return []
  const own = ('label' in message ? ['label'] : ['text']).flatMap((name) => {
    const value: unknown = Reflect.get(message, name)
    return typeof value === 'string' && value !== '' ? [value] : []
  })
  const parts = ['header', 'body', 'footer', 'contents', 'action', 'quickReply', 'items']
  return [...own, ...parts.flatMap((name) => words(Reflect.get(message, name)))]
}
const text = (message: unknown) => words(message).join(' | ')

/** The data of the button with this label, wherever it stands. */
function dataOf(message: unknown, label: string): string {
  const action = actionsIn(message).find((one) => one.label === label)
  if (!action) throw new Error(`No button "${label}"`)
  return action.data
}

function actionsIn(part: unknown): { label: string; data: string }[] {
  if (part === null || typeof part !== 'object') return []
  const { label, data } = { label: Reflect.get(part, 'label'), data: Reflect.get(part, 'data') }
  const own = typeof label === 'string' && typeof data === 'string' ? [{ label, data }] : []
  return [...own, ...Object.values(part).flatMap(actionsIn)]
}

test('the help tells of points while there are any, a tap away', async () => {
  const { turns } = await setUp()
  const help = await turns.say(HANAKO, 'ヘルプ')
  expect(text(help)).toContain('・「ポイント」… 残高と履歴を見る')
  expect(words(help).slice(1)).toEqual(['スタンプ', 'クーポン', 'ポイント', '相談', '設定'])
  expect(text(await turns.say(EMMA, 'Help'))).toContain('• “Points”: see what you have, and your history')
  await db().prisma.definition.deleteMany({ where: { kind: 'points' } })
  expect(text(await turns.say(HANAKO, 'ヘルプ'))).not.toContain('ポイント')
})

describe('ポイント', () => {
  test('shows the balance, what ends next and when, what came lately, and what can be had', async () => {
    const { turns, order, fact, scope, hanako } = await setUp()
    await order(hanako, 'A1', 120_000)
    scope.at = daysOn(1)
    await fact(hanako, 'visit')
    const card = await turns.say(HANAKO, 'ポイント')
    expect(words(card)).toEqual([
      '喫茶またね ポイント',
      '1,205ポイント',
      '次に期限を迎える分',
      '1,200ポイント（2026年12月21日(月)まで）',
      '最近の履歴',
      ...['ご来店', '2026年11月22日', '+5', 'お買い物', '2026年11月21日', '+1,200'],
      'お会計から10％引き',
      '300ポイントと交換する'
    ])
    expect(card[0]).toMatchObject({ altText: 'ポイント 1,205ポイント' })
  })

  test('in English to who reads English, and how to earn them while there are none', async () => {
    const { turns } = await setUp({ expires: undefined, exchange: [] })
    const card = await turns.say(EMMA, ' Points ')
    expect(words(card)).toEqual([
      'Café Matane Points',
      '0 points',
      'No points yet. This is how you earn them:',
      '・1 point for every ¥100 you spend',
      '・5 points for each day you visit'
    ])
  })

  test('says what is owed, kindly', async () => {
    const { turns, tap, order, refund, hanako } = await setUp()
    await order(hanako, 'A1', 30_000)
    const asked = await tap(HANAKO, dataOf(await turns.say(HANAKO, 'ポイント'), '300ポイントと交換する'))
    await tap(HANAKO, dataOf(asked, '交換する'))
    await refund(hanako, 'A1', 30_000)
    const shown = text(await turns.say(HANAKO, 'ポイント'))
    expect(shown).toContain('0ポイント')
    expect(shown).toContain('これから付くポイントのうち300ポイントはその分に充てさせていただきます')
  })

  test('says kindly that there are none while none are published', async () => {
    const { turns, tap, hanako, order } = await setUp()
    await order(hanako, 'A1', 40_000)
    const button = dataOf(await turns.say(HANAKO, 'ポイント'), '300ポイントと交換する')
    await db().prisma.definition.deleteMany({ where: { kind: 'points' } })
    expect(text(await turns.say(HANAKO, 'ポイント'))).toContain('ポイントのサービスはおこなっていません')
    expect(text(await turns.say(EMMA, 'history'))).toContain('We have no points right now')
    expect(text(await tap(HANAKO, button))).toContain('この交換は内容が変わりました')
  })
})

describe('履歴', () => {
  test('leafs through what came and went, ten a page, without a line lost or shown twice', async () => {
    const { turns, tap, order, scope, hanako } = await setUp()
    for (let n = 1; n <= 13; n += 1) await order(hanako, `A${n}`, n * 100)
    scope.at = daysOn(1)
    const first = await turns.say(HANAKO, '履歴')
    const second = await tap(HANAKO, dataOf(first, '以前の履歴'))
    const counts = [...words(first), ...words(second)].filter((word) => /^[+−]/.test(word))
    expect(counts).toEqual(Array.from({ length: 13 }, (_, index) => `+${13 - index}`))
    expect(text(second)).not.toContain('以前の履歴')
    expect(await turns.say(EMMA, 'history')).toMatchObject([{ altText: 'Points: 0 points' }])
  })

  test('shows nobody another one’s lines', async () => {
    const { turns, tap, order, hanako } = await setUp()
    for (let n = 1; n <= 12; n += 1) await order(hanako, `A${n}`, 100)
    const older = dataOf(await turns.say(HANAKO, '履歴'), '以前の履歴')
    expect(text(await tap(EMMA, older))).toBe('There is nothing older.')
  })
})

describe('an exchange', () => {
  const CHOOSE = '300ポイントと交換する'

  test('asks first, then spends the points and hands over the coupon, once however often it is tapped', async () => {
    const { turns, tap, order, hanako, ledger, standing } = await setUp()
    await order(hanako, 'A1', 50_000)
    const asked = await tap(HANAKO, dataOf(await turns.say(HANAKO, 'ポイント'), CHOOSE))
    expect(text(asked)).toContain('300ポイントを「お会計から10％引き」のクーポンと交換します')
    expect(text(asked)).toContain('残りは200ポイントです')
    expect((await standing(hanako)).points).toBe(500)
    const yes = dataOf(asked, '交換する')
    const done = await tap(HANAKO, yes)
    expect(text(done)).toContain('お会計から10％引き')
    expect(text(done)).toContain('300ポイントをクーポンと交換しました。残りは200ポイントです。')
    const again = await Promise.all([tap(HANAKO, yes), tap(HANAKO, yes)])
    expect(text(again[0])).toContain('もう済んでいます')
    expect(await ledger(hanako)).toEqual(['order +500', 'exchange -300'])
    expect(await db().prisma.couponGrant.count()).toBe(1)
    expect(await db().prisma.event.count({ where: { name: 'points.spent' } })).toBe(1)
  })

  test('keeps everything when the customer thinks better of it', async () => {
    const { turns, tap, order, hanako, standing } = await setUp()
    await order(hanako, 'A1', 50_000)
    const asked = await tap(HANAKO, dataOf(await turns.say(HANAKO, 'ポイント'), CHOOSE))
    expect(text(await tap(HANAKO, dataOf(asked, 'やめる')))).toContain('ポイントはそのままです')
    expect((await standing(hanako)).points).toBe(500)
  })

  test('says how many are missing, at the first tap and at the second', async () => {
    const { turns, tap, order, refund, hanako } = await setUp()
    const choose = dataOf(await turns.say(HANAKO, 'ポイント'), CHOOSE)
    await order(hanako, 'A1', 25_000)
    expect(text(await tap(HANAKO, choose))).toBe('あと50ポイントたまると交換できます。')
    await order(hanako, 'A2', 5_000)
    const asked = await tap(HANAKO, choose)
    await refund(hanako, 'A2', 5_000)
    expect(text(await tap(HANAKO, dataOf(asked, '交換する')))).toContain('あと50ポイント')
    expect(await db().prisma.couponGrant.count()).toBe(0)
  })

  test('spends nothing when the offer has changed or its coupon is gone', async () => {
    const { turns, tap, order, publish, hanako, standing } = await setUp()
    await order(hanako, 'A1', 50_000)
    const yes = dataOf(await tap(HANAKO, dataOf(await turns.say(HANAKO, 'ポイント'), CHOOSE)), '交換する')
    await db().prisma.definition.deleteMany({ where: { kind: 'coupon' } })
    expect(text(await tap(HANAKO, yes))).toContain('内容が変わりました')
    const earn = [{ on: 'visit', points: 5 }]
    const exchange = [{ points: 400, coupon: 'come_back' }]
    await publish({ name: { ja: 'ポイント', en: 'Points' }, earn, exchange })
    expect(text(await tap(HANAKO, yes))).toContain('内容が変わりました')
    expect((await standing(hanako)).points).toBe(500)
    expect(await db().prisma.couponGrant.count()).toBe(0)
  })
})
