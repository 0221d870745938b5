import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

test('a follow makes one customer with LINE’s name and language, greeted with the stamp card', async () => {
  const { hanako, emma } = actors
  await hanako.follow()
  await emma.follow()
  const customers = await db().prisma.customer.findMany({
    include: { identities: true },
    orderBy: { id: 'asc' }
  })
  expect(customers.map(({ locale, identities }) => [locale, identities.length])).toEqual([
    ['ja', 1],
    ['en', 1]
  ])
  expect(customers[0]?.nameSealed).not.toContain('花子')
  expect(hanako.heard()).toContain('佐藤 花子')
  expect(hanako.heard()).toContain('0 / 10')
  expect(emma.heard()).toContain('Emma Wilson')
  expect(hanako.lastVia()).toBe('reply')
})

test('a counter code gives one stamp, and the card and the survey come back as one reply', async () => {
  const { hanako } = actors
  await hanako.follow()
  await hanako.scan('kichijoji')
  expect(hanako.heard()).toContain('1 / 10')
  expect(hanako.quickReplies()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
  expect(hanako.pushes()).toBe(0)
  expect(await db().prisma.stamp.count()).toBe(1)
})

test('the same code again, a forged, a garbled, an old one and a second visit too soon: a specific answer and no stamp', async () => {
  const { hanako } = actors
  await hanako.follow()
  const code = await hanako.codeAt('kichijoji')
  await hanako.say(code)
  const answers = []
  for (const text of [
    code,
    code.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    'スタンプ kichijoji.ZZZ.0000000000'
  ]) {
    await hanako.say(text)
    answers.push(hanako.lastText())
  }
  const old = await hanako.codeAt('kamakura')
  await world().advance('1h')
  await hanako.say(old)
  answers.push(hanako.lastText())
  await hanako.scan('kamakura')
  answers.push(hanako.lastText())
  expect(answers).toEqual([
    expect.stringContaining('このコードのスタンプは、もう押してあります'),
    expect.stringContaining('確認できませんでした'),
    expect.stringContaining('読み取れませんでした'),
    expect.stringContaining('有効時間が過ぎていました'),
    expect.stringMatching(/次のスタンプは.*から/)
  ])
  expect(await db().prisma.stamp.count()).toBe(1)
})

test('the tenth stamp grants one coupon, shows it, and begins a new card', async () => {
  const { hanako } = actors
  await hanako.follow()
  for (let visit = 1; visit <= 10; visit += 1) {
    expect(hanako.heard()).not.toContain('クーポン番号')
    await hanako.scan('kichijoji')
    if (visit < 10) await world().advance('1d')
  }
  const [grant, ...more] = await db().prisma.couponGrant.findMany()
  expect(more).toEqual([])
  expect(hanako.heard()).toContain(grant?.serial)
  expect(hanako.lastText()).toMatch(/0 \/ 10.*次のカードもご用意しました/)
  const cards = await db().prisma.stampCard.findMany({ orderBy: { number: 'asc' } })
  expect(cards.map((card) => card.completedAt !== null)).toEqual([true, false])
}, 60_000)

test('a low score alerts staff at once; the reason, tapped or typed, joins the same follow-up', async () => {
  const { hanako, aya } = actors
  await hanako.follow()
  await hanako.scan('kichijoji')
  await hanako.tap('3')
  expect(aya.cards()).toHaveLength(1)
  expect(aya.cardText()).toContain('佐藤 花子')
  expect(aya.cardText()).toContain('NPS *3点*')
  await hanako.say('予約が<全然>取れない & *怒*')
  expect(aya.cards()).toHaveLength(1)
  expect(aya.cardText()).toContain('予約が&lt;全然&gt;取れない &amp;')
  expect(await db().prisma.followUp.count()).toBe(1)
})

test('a typed number counts as a tap; a second tap on the old question changes nothing and is answered kindly', async () => {
  const { hanako } = actors
  await hanako.follow()
  await hanako.scan('kichijoji')
  const nine = hanako.quickReply('9')
  await hanako.say('１０')
  expect((await db().prisma.surveyResponse.findMany()).map(({ score }) => score)).toEqual([10])
  const before = hanako.count()
  await hanako.tapAction(nine)
  expect(hanako.count()).toBeGreaterThan(before)
  expect((await db().prisma.surveyResponse.findMany()).map(({ score }) => score)).toEqual([10])
})

test('silence after a low score still leads on', async () => {
  const { hanako } = actors
  await hanako.follow()
  await hanako.scan('kichijoji')
  await hanako.tap('2')
  await world().advance('2d')
  const runs = await db().prisma.flowRun.findMany({ where: { flow: 'nps' } })
  expect(runs.map(({ endedAt }) => endedAt !== null)).toEqual([true])
  expect(await db().prisma.followUp.count({ where: { resolvedAt: null } })).toBe(1)
})

test('解約したい opens one follow-up with the words; 解約しません does not', async () => {
  const { hanako, emma, aya } = actors
  await hanako.follow()
  await emma.follow()
  await hanako.say('解約しません！これからもよろしく')
  expect(aya.cards()).toHaveLength(0)
  await hanako.say('もう解約したいです')
  await hanako.say('退会の方法を教えてください')
  expect(aya.cards()).toHaveLength(1)
  expect(aya.cardText()).toContain('もう解約したいです')
})

test('two people claim at once: one wins, the other is told who has it', async () => {
  const { hanako, aya, kenta } = actors
  await hanako.follow()
  await hanako.say('解約したい')
  await Promise.all([aya.click('follow_up.claim'), kenta.click('follow_up.claim')])
  await world().settle()
  const [followUp] = await db().prisma.followUp.findMany()
  const [winner, loser] = followUp?.assigneeId === aya.id ? [aya, kenta] : [kenta, aya]
  expect(followUp?.assigneeId).toBe(winner.id)
  expect(loser.whispers()).toEqual([expect.stringContaining(winner.id)])
  expect(winner.whispers()).toEqual([])
  expect(aya.cardText()).toContain(`<@${winner.id}>`)
})

test('resolve by modal with outcome and note collapses the card; reopen brings it back', async () => {
  const { hanako, aya } = actors
  await hanako.follow()
  await hanako.say('解約したい')
  await aya.click('follow_up.claim')
  await aya.click('follow_up.resolve')
  await aya.submit({ outcome: 'retained', note: '次回予約をいただいた' })
  expect(aya.cardText()).toContain('解決')
  expect(aya.cardBlocks()).toBeLessThanOrEqual(2)
  await aya.click('follow_up.reopen')
  expect(aya.cardBlocks()).toBeGreaterThan(2)
  expect(aya.cards()).toHaveLength(1)
})

test('in the thread, "@matane 担当", "タグ" and "解決" do the same; outsiders are refused', async () => {
  const { hanako, aya, guest } = actors
  await hanako.follow()
  await hanako.say('解約したい')
  const { slack, fakes } = world().sandbox
  fakes.slack.join(slack.alertChannel, guest.id)
  await guest.mention('担当')
  expect((await db().prisma.followUp.findFirstOrThrow()).assigneeId).toBeNull()
  await aya.mention('担当')
  expect((await db().prisma.followUp.findFirstOrThrow()).assigneeId).toBe(aya.id)
  await aya.mention('タグ 価格 予約')
  expect(await db().prisma.customerTag.count()).toBe(2)
  await aya.mention('解決')
  expect((await db().prisma.followUp.findFirstOrThrow()).resolvedAt).not.toBeNull()
})

test('what staff write in a thread never reaches the customer', async () => {
  const { hanako, aya } = actors
  await hanako.follow()
  await hanako.say('解約したい')
  const before = hanako.count()
  await aya.sayInThread('この方には割引を提案しましょう')
  await world().advance('1h')
  expect(hanako.count()).toBe(before)
})

test('/kpi answers with the number, n, the period and the definition', async () => {
  const { hanako, aya } = actors
  await hanako.follow()
  await hanako.scan('kichijoji')
  await hanako.tap('9')
  await aya.command('/kpi', 'nps 今月')
  const answer = aya.said('kpi')
  expect(answer).toContain('NPS')
  expect(answer).toMatch(/NPS \+?100/)
  expect(answer).toMatch(/1名/)
  expect(answer).toContain('定義')
})
