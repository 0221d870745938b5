import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { lineTurns } from '../../../../test/support/line-turns.ts'
import { loyaltyFeatures, publishLoyalty } from '../../../../test/support/loyalty.ts'
import { testScope } from '../../../../test/support/queue.ts'
import type { Feature } from '../../../platform/feature.ts'
import { textMessage } from '../../../platform/line/index.ts'
import { customersFeature } from '../../customers/index.ts'
import { findShop } from '../../shops/index.ts'
import { codeAt, formatCode } from '../../shops/rules/counter-code.ts'
import type { StampCardDefinition } from '../rules/definitions.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'
const DAY_MS = 86_400_000

async function setUp(change: Partial<StampCardDefinition> = {}, others: readonly Feature[] = []) {
  const scope = testScope(db(), new Date('2026-11-21T12:00:00+09:00'))
  const turns = lineTurns(scope, [customersFeature, ...loyaltyFeatures(() => turns.realNow), ...others])
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
  await publishLoyalty(db(), change)
  const code = async (shop = 'kichijoji') => {
    const secret = (await findShop(db().prisma, db().cipher, shop))?.secret ?? new Uint8Array(32)
    return formatCode(codeAt(shop, secret, turns.realNow.getTime()))
  }
  const travel = (ms: number) => {
    turns.realNow = new Date(turns.realNow.getTime() + ms)
    scope.at = new Date(scope.at.getTime() + ms)
  }
  return { turns, code, travel }
}

/** Every text of a message that a person can read, in reading order; quick replies last. */
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
const stampCount = () => db().prisma.stamp.count()

describe('the card', () => {
  test('comes with the welcome, empty, with brand, count, goal, end and how to get a stamp', async () => {
    const { turns } = await setUp()
    const [welcome, card] = await turns.follow(HANAKO)
    expect(welcome).toMatchObject({ type: 'text', text: expect.stringContaining('佐藤 花子 様') })
    expect(words(card)).toEqual([
      '喫茶またね',
      'スタンプカード',
      '0 / 10',
      ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '🎁'],
      'あと10個で',
      'お好きなドリンク1杯無料',
      '有効期限',
      '2027年11月21日(日)',
      'QRコードを読み取る',
      'クーポンを見る',
      expect.stringContaining('レジの画面')
    ])
  })

  test('comes in English to who reads English', async () => {
    const { turns } = await setUp()
    const [welcome, card] = await turns.follow(EMMA)
    expect(text(welcome)).toContain('Hello Emma')
    expect(text(card)).toContain('10 more stamps to go: | Any drink free')
    expect(text(card)).not.toMatch(/[぀-ヿ]/)
  })

  test.each(['スタンプ', ' ｽﾀﾝﾌﾟ ', 'カード', 'Stamp', 'stamp card'])('is shown on asking for %j', async (word) => {
    const { turns } = await setUp()
    expect(text(await turns.say(HANAKO, word))).toContain('0 / 10')
    expect(await db().prisma.stampCard.count()).toBe(1)
  })

  test('opens LINE’s own QR reader', async () => {
    const { turns } = await setUp()
    expect(JSON.stringify(await turns.say(HANAKO, 'スタンプ'))).toContain('https://line.me/R/nv/QRCodeReader')
  })

  test('says that it replaces one that ran out', async () => {
    const { turns, code, travel } = await setUp({ expires: '10d' })
    await turns.say(HANAKO, `スタンプ ${await code()}`)
    travel(12 * DAY_MS)
    const shown = text(await turns.say(HANAKO, 'スタンプ'))
    expect(shown).toContain('前のカードは有効期限が過ぎた')
    expect(shown).toContain('0 / 10')
    expect(text(await turns.say(HANAKO, 'スタンプ'))).not.toContain('前のカードは')
  })

  test('is on a break, kindly, while no card is published', async () => {
    const { turns } = await setUp()
    await db().prisma.definition.deleteMany()
    expect(text(await turns.say(HANAKO, 'スタンプ'))).toContain('お休みしています')
    expect(text(await turns.follow(EMMA))).toContain('taking a break')
  })
})

describe('a code from the counter', () => {
  test('brings the card with its stamp and date, and thanks by shop', async () => {
    const { turns, code } = await setUp()
    const messages = await turns.say(HANAKO, `スタンプ ${await code('kamakura')}`)
    expect(messages).toHaveLength(1)
    const shown = words(messages)
    expect(shown).toEqual(expect.arrayContaining(['1 / 10', '鎌倉店へのご来店ありがとうございます。', '✓', '11/21']))
    expect(shown).toEqual(expect.arrayContaining(['あと9個で', 'お好きなドリンク1杯無料']))
    expect(messages[0]).toMatchObject({ altText: '鎌倉店でスタンプを1個押しました（1 / 10）' })
  })

  test('comes before what other features ask about the visit', async () => {
    const asks: Feature = {
      name: 'asks',
      on: { 'stamp.granted': async (work, fact) => work.tell(fact.customerId, [textMessage('いかがでしたか？')]) }
    }
    const { turns, code } = await setUp({}, [asks])
    const types = (await turns.say(HANAKO, `スタンプ ${await code()}`)).map(({ type }) => type)
    expect(types).toEqual(['flex', 'text'])
  })

  test('that fills the card brings congratulations, the coupon and the next card', async () => {
    const { turns, code, travel } = await setUp({ goal: 2 })
    await turns.say(HANAKO, await code())
    travel(DAY_MS)
    const messages = await turns.say(HANAKO, await code())
    expect(messages.map(({ type }) => type)).toEqual(['flex', 'flex', 'flex'])
    const [full, coupon, next] = messages.map(text)
    expect(full).toMatch(/2 \/ 2 .*おめでとう.*✓.*✓.*たまりました/)
    expect(coupon).toMatch(
      /お好きなドリンク1杯無料.*クーポン番号 \| [0-9A-Z]{4}-[0-9A-Z]{4} \| 有効期限 \| 2027年1月21日\(木\)/
    )
    expect(next).toMatch(/0 \/ 2.*次のカードもご用意しました/)
  })

  test('is good when we come to it an hour late: the moment of sending counts', async () => {
    const { turns, code } = await setUp()
    const sent = turns.realNow.getTime()
    const typed = await code()
    turns.realNow = new Date(sent + 3_600_000)
    const message = { id: 'M', type: 'text', text: typed }
    expect(text(await turns.handle(HANAKO, { type: 'message', message, timestamp: sent }))).toContain('1 / 10')
  })

  test('works by real time while business time has travelled', async () => {
    const { turns, code, travel } = await setUp()
    await turns.say(HANAKO, await code())
    const real = turns.realNow
    travel(3 * DAY_MS)
    turns.realNow = new Date(real.getTime() + 60_000)
    expect(text(await turns.say(HANAKO, await code()))).toContain('11/24')
  })
})

describe('a code that gives no stamp gets an answer of its own, and the way on', () => {
  const cases: [string, RegExp, (s: Awaited<ReturnType<typeof setUp>>) => Promise<string>][] = [
    [
      'expired',
      /有効時間が過ぎていました/,
      async ({ code, travel }) => {
        const old = await code()
        travel(90_000)
        return old
      }
    ],
    [
      'forged',
      /確認できませんでした/,
      async ({ code }) => (await code()).replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    ],
    [
      'another shop’s',
      /確認できませんでした/,
      async ({ code }) => (await code('kamakura')).replace('kamakura', 'kichijoji')
    ],
    [
      'of an unknown shop',
      /お店が見つかりませんでした/,
      async ({ code }) => (await code()).replace('kichijoji', 'shibuya')
    ],
    ['garbled', /読み取れませんでした/, async ({ code }) => `スタンプ ${(await code()).slice(0, -2)}`],
    [
      'of the future',
      /まだ使えません/,
      async ({ code, travel }) => {
        travel(120_000)
        const early = await code()
        travel(-120_000)
        return early
      }
    ]
  ]
  test.each(cases)('%s', async (_what, expected, make) => {
    const parts = await setUp()
    const answer = await parts.turns.say(HANAKO, await make(parts))
    expect(answer).toHaveLength(1)
    expect(answer[0]).toMatchObject({ type: 'text', text: expect.stringMatching(expected) })
    expect(text(answer)).toContain('QRコードを読み取る | カードを見る')
    expect(await stampCount()).toBe(0)
  })

  test('used', async () => {
    const { turns, code } = await setUp()
    const once = await code()
    await turns.say(HANAKO, once)
    expect(text(await turns.say(HANAKO, once.toLowerCase()))).toContain('もう押してあります。次のご来店')
    expect(await stampCount()).toBe(1)
  })

  test('too soon, with the day from which the next one is possible', async () => {
    const { turns, code, travel } = await setUp()
    await turns.say(HANAKO, await code())
    travel(60_000)
    expect(text(await turns.say(HANAKO, await code()))).toContain('2026年11月22日(日)から')
    expect(await stampCount()).toBe(1)
  })

  test('too soon, with the time when a shop counts hours', async () => {
    const { turns, code, travel } = await setUp({ interval: '3h' })
    await turns.say(EMMA, await code())
    travel(60_000)
    expect(text(await turns.say(EMMA, await code()))).toMatch(/from Nov 21.*15:00/)
  })
})

describe('coupons', () => {
  test('without any, the answer says how to get one', async () => {
    const { turns } = await setUp()
    const answer = await turns.say(HANAKO, 'クーポン')
    expect(text(answer)).toMatch(/いまお使いいただけるクーポンはありません.*スタンプカードがたまると.*カードを見る/)
  })

  test('are listed while they hold, the ones that end first in front, and no longer', async () => {
    const { turns, code, travel } = await setUp({ goal: 1 })
    for (const _ of [1, 2]) {
      await turns.say(EMMA, await code())
      travel(DAY_MS)
    }
    const [list] = await turns.say(EMMA, 'coupons')
    expect(list).toMatchObject({ altText: 'You have 2 coupons to use' })
    expect(words(list).filter((word) => /2027/.test(word))).toEqual(['Wed, Jan 20, 2027', 'Thu, Jan 21, 2027'])
    expect(text(await turns.say(HANAKO, 'クーポン'))).toContain('クーポンはありません')
    travel(59 * DAY_MS)
    expect(await turns.say(EMMA, 'coupons')).toMatchObject([{ altText: 'You have 1 coupon to use' }])
    travel(DAY_MS)
    expect(text(await turns.say(EMMA, 'coupons'))).toContain('no coupons right now')
  })

  test('of which there are many still make a message that LINE takes', async () => {
    const { turns, code, travel } = await setUp({ goal: 1 })
    for (let visit = 0; visit < 13; visit += 1) {
      await turns.say(HANAKO, await code())
      travel(DAY_MS)
    }
    expect(await turns.say(HANAKO, 'クーポン')).toMatchObject([{ contents: { contents: { length: 10 } } }])
  })
})

test('ordinary talk is left to others', async () => {
  const { turns } = await setUp()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('こんにちは', '9', 'スタンプがたまりません', 'card lost', 'a.b.c'),
      async (said) => {
        expect(text(await turns.say(HANAKO, said))).toContain('メッセージをありがとうございます')
      }
    ),
    { numRuns: 5 }
  )
})
