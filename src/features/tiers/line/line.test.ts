import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { publishLoyalty } from '../../../../test/support/loyalty.ts'
import { RULES, tierWorld } from '../../../../test/support/tier-world.ts'
import { TiersDefinition } from '../rules/definition.ts'
import { outlookOf } from '../rules/outlook.ts'
import { lineHandlers } from './handlers.ts'
import { tierMessage } from './tier-view.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'

async function setUp(language: 'ja' | 'en' = 'ja') {
  const world = await tierWorld(db())
  const user = language === 'ja' ? HANAKO : EMMA
  world.turns.profiles.set(user, { displayName: 'Hanako', language })
  await world.turns.follow(user)
  const say = async (text: string) => textsOf(await world.turns.say(user, text))
  return { world, user, say, id: await world.turns.customerId(user) }
}

/** Every text that a person can read, in reading order. */
function textsOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(textsOf)
  if (typeof part !== 'object' || part === null) return []
  const own: unknown = Reflect.get(part, 'text')
  const below = ['header', 'body', 'footer', 'contents'].flatMap((name) => textsOf(Reflect.get(part, name)))
  return [...(typeof own === 'string' ? [own] : []), ...below]
}

test('the help tells of tiers while there are any', async () => {
  const ja = await setUp()
  expect((await ja.say('ヘルプ')).join()).not.toContain('ランク')
  await ja.world.publish()
  expect((await ja.say('ヘルプ')).join()).toContain('・「ランク」… 会員ランクと、次のランクまでを見る')
  const en = await setUp('en')
  expect((await en.say('Help')).join()).toContain('• “Tier”: see your tier and what the next one takes')
})

describe('the card of a tier', () => {
  test('says where a newcomer stands, what is missing by each measure, and what counts', async () => {
    const { world, say } = await setUp()
    await publishLoyalty(db())
    await world.publish({ window: '12 months' })
    expect(await say('ランク')).toEqual([
      '喫茶またね 会員ランク',
      'レギュラー',
      ...['あと¥10,000、またはご来店3回で', 'シルバー'],
      'ランクは直近12か月のご利用で決まります。'
    ])
  })

  test('says since and until when, and the benefits of this tier and the next', async () => {
    const { world, id, say } = await setUp('en')
    const [regular, silver, gold] = RULES.tiers
    const benefit = (en: string) => [{ ja: en, en }]
    const tiers = [regular, { ...silver, benefits: benefit('Larger cups') }, { ...gold, benefits: benefit('Cake') }]
    await world.publish({ tiers, window: '365d' })
    await world.tell(world.order(id, 12_000))
    expect(await say('Tier')).toEqual([
      'Your tier',
      'Silver',
      ...['¥18,000 or 10 visits to go:', 'Gold'],
      ...['Benefits', '●', 'Larger cups', 'With Gold', '●', 'Cake'],
      ...['Reached on', 'Nov 21, 2026', 'Kept until', 'Nov 20, 2027'],
      'Tiers go by the last 365 days.'
    ])
  })

  test('at the top thanks, and has nothing ahead', async () => {
    const { world, id, say } = await setUp()
    await world.publish()
    await world.tell(world.order(id, 30_000))
    expect((await say('会員ランク')).join(' ')).toMatch(
      /ゴールド いちばん上のランクです.*2026年11月21日.*2027年11月20日/
    )
  })

  test('says within the grace what is missing to keep it, and by when', async () => {
    const { world, id, say } = await setUp()
    await world.publish()
    await world.tell(world.order(id, 30_000))
    await world.travelTo('2027-11-21')
    await world.tell(world.order(id, 28_000))
    expect((await say('ランク')).join(' ')).toContain(
      '2027年12月20日までに、あと¥2,000、またはご来店10回で、いまのランクが続きます。'
    )
  })

  test('gives who asks what an import made theirs, and greets nobody for it', async () => {
    const { world, id, say } = await setUp()
    await world.publish()
    await db().prisma.customerStats.upsert({ where: { customerId: id }, create: { customerId: id }, update: {} })
    await db().prisma.customerDay.create({ data: { customerId: id, day: new Date('2026-11-01'), amountYen: 10_000 } })
    expect(await say('rank')).toContain('シルバー')
    expect(await world.history(id)).toEqual(['null > silver: rules'])
  })

  test.each(['ランク', ' ﾗﾝｸ ', 'マイランク', 'Status', 'my tier'])('is shown on asking for %j', async (word) => {
    expect(lineHandlers.knows?.(word)).toBe(true)
  })

  test.each(['ランクを教えて', 'ランチ', 'statuses'])('ordinary talk is left to others: %s', (said) => {
    expect(lineHandlers.knows?.(said)).toBe(false)
  })

  test('does not come where there are no tiers', async () => {
    const { say } = await setUp()
    expect((await say('ランク')).join()).toContain('メッセージをありがとうございます')
  })

  test('fits into LINE’s limits with as many tiers, words and benefits as rules may have', () => {
    const long = (max: number) => ({ ja: 'あ'.repeat(max), en: 'W'.repeat(max) })
    const rules = TiersDefinition.parse({
      ...{ window: '9999 months', keep: '9999d' },
      tiers: Array.from({ length: 8 }, (_, place) => ({
        ...{
          key: `tier_${place}`,
          name: long(20),
          colour: '#333333',
          benefits: Array.from({ length: 6 }, () => long(60))
        },
        ...(place > 0 && { reach: { visits: place * 100, spend_yen: place * 1_000_000 } })
      }))
    })
    const outlook = outlookOf(rules, { standing: undefined, sums: { visits: 0, spendYen: 0 } }, '2026-11-21')
    for (const locale of ['ja', 'en'] as const) {
      const message = outlook && tierMessage({ ...outlook, window: rules.window, brand: 'あ'.repeat(40) }, locale)
      expect(JSON.stringify(message).length).toBeLessThan(10_000)
    }
  })
})
