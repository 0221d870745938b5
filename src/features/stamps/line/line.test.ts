import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { EMMA, HANAKO, type How, stampChat, text, words } from '../../../../test/support/stamp-chat.ts'
import type { Feature } from '../../../platform/feature.ts'
import { textMessage } from '../../../platform/line/index.ts'

const db = useDatabase()
const setUp = (...how: How) => stampChat(db(), ...how)
const DAY_MS = 86_400_000

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

  test('of each programme comes in one message, to leaf through', async () => {
    const { turns } = await setUp({}, [], [{ key: 'morning', title: { ja: '朝カード', en: 'Mornings' } }])
    const [cards, ...more] = await turns.say(HANAKO, 'スタンプ')
    expect(cards).toMatchObject({
      contents: { type: 'carousel' },
      altText: expect.stringMatching(/スタンプカード.*\n.*朝カード/)
    })
    expect(more).toEqual([])
    expect(text(await turns.say(HANAKO, 'スタンプ'))).toMatch(/スタンプカード.*朝カード/)
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

  test('that reaches a reward on a day that counts double says both, with the coupon', async () => {
    const cake = { at: 2, key: 'cake', title: { ja: 'ケーキ1個', en: 'A cake' }, note: { ja: '提示', en: 'Show' } }
    const { turns, code } = await setUp({ double_days: [{ weekdays: ['sat'], times: 2 }], rewards: [cake] })
    const [card, coupon, ...more] = await turns.say(HANAKO, await code())
    expect(text(card)).toMatch(/2 \/ 10 .*今日は2倍の日です。スタンプを2個押しました。ここまでのごほうび.*あと8個で/)
    expect(card).toMatchObject({ altText: '吉祥寺店でスタンプを2個押しました（2 / 10）' })
    expect(text(coupon)).toContain('ケーキ1個')
    expect(more).toEqual([])
    expect(text(await turns.say(EMMA, await code()))).toContain(
      'Today every visit counts 2 times: here are 2 stamps. Here is'
    )
  })

  test('of a shop without a stamp card is told so, and which shops have one', async () => {
    const { turns, code } = await setUp({ shops: ['kichijoji', 'kamakura'] })
    expect(text(await turns.say(HANAKO, await code('shimokitazawa')))).toContain('カードに書いてあります')
    expect(text(await turns.say(HANAKO, 'スタンプ'))).toContain('使えるお店 | 吉祥寺店・鎌倉店')
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
    expect(await turns.say(HANAKO, 'クーポン')).toMatchObject([{ contents: { contents: { length: 11 } } }])
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
