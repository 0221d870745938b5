import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { EMMA, HANAKO, type How, stampChat, text } from '../../../../test/support/stamp-chat.ts'
import { rotateKeys } from '../../shops/index.ts'

const db = useDatabase()
const setUp = (...how: How) => stampChat(db(), ...how)
const stampCount = () => db().prisma.stamp.count()

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
      'signed before the shop got new keys',
      /確認できませんでした/,
      async ({ code }) => {
        const old = await code()
        await db().transaction((tx) => rotateKeys(tx, db().cipher, 'kichijoji'))
        return old
      }
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
