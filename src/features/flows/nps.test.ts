import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { buttonsOf, dataOf, type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { lastScore } from '../surveys/index.ts'
import { flowLine } from './line.ts'

const db = useDatabase()
const yaml = readFileSync('flows/surveys/nps.yaml', 'utf8')
const ANNA = 'U-anna'
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  await world.publish(yaml)
  anna = await world.person(ANNA)
})

const stamp = () => world.fact(anna, 'stamp.granted')
const run = () => db().prisma.flowRun.findFirstOrThrow({ orderBy: { id: 'desc' } })
const responses = () =>
  db().prisma.surveyResponse.findMany({ include: { answers: { orderBy: [{ answeredAt: 'asc' }, { id: 'asc' }] } } })
const reasons = async () => {
  const rows = await db().prisma.followUpReason.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return rows.map(({ kind, score, wordsSealed }) => ({ kind, score, worded: wordsSealed !== null }))
}
const followUps = () => db().prisma.followUp.count()
const answerFacts = () => db().prisma.event.findMany({ where: { name: 'survey.answered' }, orderBy: { id: 'asc' } })

test('after a stamp the score is asked with eleven buttons, under the last message', async () => {
  const told = await stamp()
  expect(told).toHaveLength(1)
  expect(buttonsOf(told[0]).map(({ label, displayText }) => [label, displayText])).toEqual(
    Array.from({ length: 11 }, (_, score) => [String(score), `${score}点`])
  )
})

test('someone who reads English is asked in English', async () => {
  const emma = await world.person('U-emma', 'en')
  expect(textsOf(await world.fact(emma, 'stamp.granted'))[0]).toContain('How likely are you to recommend us')
})

test('a low score opens a follow-up at once, and the reply asks why', async () => {
  const [question] = await stamp()
  const told = await world.tap(ANNA, dataOf(question, '3'))
  expect(textsOf(told)[0]).toContain('気になった点')
  expect(buttonsOf(told[0]).map(({ label }) => label)).toEqual(['スキップ'])
  expect(await followUps()).toBe(1)
  expect(await reasons()).toEqual([{ kind: 'nps', score: 3, worded: false }])
  expect(await db().prisma.outbox.count({ where: { channel: 'slack' } })).toBeGreaterThan(0)
})

test('a reason is kept sealed, added to the same follow-up, and thanked for', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '3'))
  const told = await world.turns.say(ANNA, '待ち時間が長かったです')
  expect(textsOf(told)[0]).toContain('お聞かせくださり')
  expect(await followUps()).toBe(1)
  expect(await reasons()).toEqual([
    { kind: 'nps', score: 3, worded: false },
    { kind: 'nps', score: null, worded: true }
  ])
  const [response] = await responses()
  expect(response).toMatchObject({ survey: 'nps', score: 3, customerId: anna })
  expect(response?.answers.map(({ question: name, number }) => [name, number])).toEqual([
    ['score', 3],
    ['reason', null]
  ])
  const sealed = response?.answers[1]?.textSealed ?? ''
  expect(db().cipher.open('survey_answer.text', sealed)).toBe('待ち時間が長かったです')
})

test('no fact, no log line and no column holds the reason in the open', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '3'))
  await world.turns.say(ANNA, '待ち時間が長かったです')
  const tables = [
    'event',
    'flow_run',
    'survey_answer',
    'survey_response',
    'follow_up',
    'follow_up_reason',
    'timer',
    'outbox'
  ]
  for (const table of tables) {
    const [row] = await db().query<{ found: boolean }>(
      `SELECT coalesce(bool_or(t::text LIKE '%待ち時間%'), false) AS found FROM ${table} t`
    )
    expect([table, row?.found]).toEqual([table, false])
  }
  expect(JSON.stringify(world.scope.lines)).not.toMatch(/待ち時間|佐藤|U-anna/)
})

test('someone who stays silent after a low score has a follow-up, and the survey leads on to its end', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '2'))
  expect(await followUps()).toBe(1)
  expect(textsOf(await world.pass('23h'))).toEqual([])
  expect((await run()).endedAt).toBeNull()
  expect(textsOf(await world.pass('2h'))).toEqual([])
  expect((await run()).endedAt).not.toBeNull()
  expect(await db().prisma.customerTag.findMany()).toMatchObject([{ tag: '理由未回答', addedBy: 'flow:nps' }])
  expect(await followUps()).toBe(1)
})

test.each(['8', '８', '8点', ' 8 ', '八'])('typing %j is as good as tapping', async (said) => {
  await stamp()
  expect(textsOf(await world.turns.say(ANNA, said))[0]).toContain('ご回答ありがとうございました')
  expect((await responses()).map(({ score }) => score)).toEqual([8])
  expect((await answerFacts()).map(({ properties }) => properties)).toEqual([
    { survey: 'nps', question: 'score', measure: 'nps', score: 8, class: 'passive' }
  ])
})

test('a number outside the scale is asked again, with the buttons; what is no number goes elsewhere', async () => {
  await stamp()
  const again = await world.turns.say(ANNA, '11')
  expect(textsOf(again)).toEqual(['恐れ入りますが、0〜10の数字でお答えください。'])
  expect(buttonsOf(again[0])).toHaveLength(11)
  await world.turns.say(ANNA, '今日は何時までですか')
  expect(await responses()).toEqual([])
  await world.tap(ANNA, dataOf(again[0], '10'))
  expect((await responses()).map(({ score }) => score)).toEqual([10])
})

test('a second tap on an answered question is answered kindly and changes nothing', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '3'))
  const before = [await responses(), await reasons(), await run()]
  const told = await world.tap(ANNA, dataOf(question, '9'))
  expect(textsOf(told)[0]).toContain('この質問にはお答えいただいています')
  expect([await responses(), await reasons(), await run()]).toEqual(before)
  await world.turns.say(ANNA, '音が大きい')
  expect(textsOf(await world.tap(ANNA, dataOf(question, '3')))[0]).toContain('この質問にはお答えいただいています')
})

test('taps that come at the same moment count once', async () => {
  const [question] = await stamp()
  await Promise.all(['1', '2', '3', '4'].map((score) => world.tap(ANNA, dataOf(question, score))))
  expect(await responses()).toHaveLength(1)
  expect(await followUps()).toBe(1)
  expect(await reasons()).toHaveLength(1)
  expect(await answerFacts()).toHaveLength(1)
})

test('a tap on a question that timed out is answered kindly and counts no more', async () => {
  const [question] = await stamp()
  await world.pass('4d')
  expect(textsOf(await world.tap(ANNA, dataOf(question, '3')))[0]).toContain('受付は終了しました')
  expect(await responses()).toEqual([])
  expect(await followUps()).toBe(0)
})

test("somebody else's button does not answer for its owner", async () => {
  const [question] = await stamp()
  await world.person('U-eve')
  expect(textsOf(await world.tap('U-eve', dataOf(question, '0')))[0]).toContain('受付は終了しました')
  expect(await responses()).toEqual([])
  expect(await world.tap('U-eve', 'v1 flow.answer {"run":"nonsense"}')).toHaveLength(1)
})

test('a button with a value the question never offered changes nothing', async () => {
  const [question] = await stamp()
  for (const value of ['11', '-1', '"x"', 'null', '3.5'])
    await world.tap(ANNA, dataOf(question, '10').replace('"value":10', `"value":${value}`))
  expect(await responses()).toEqual([])
  expect((await run()).visit).toBe(1)
})

test('skipping the reason is thanked for and adds no empty reason', async () => {
  const [question] = await stamp()
  const [why] = await world.tap(ANNA, dataOf(question, '5'))
  expect(textsOf(await world.tap(ANNA, dataOf(why, 'スキップ')))[0]).toContain('お気づきの点')
  expect(await reasons()).toHaveLength(1)
})

test.each(['ヘルプ', 'スタンプ', 'クーポン', '設定', '相談', 'help'])(
  '%s stays a command while the reason is asked',
  async (word) => {
    const [question] = await stamp()
    await world.tap(ANNA, dataOf(question, '5'))
    await world.turns.say(ANNA, word)
    expect((await run()).endedAt).toBeNull()
    expect((await responses())[0]?.answers).toHaveLength(1)
    await world.turns.say(ANNA, 'スキップ')
    expect((await run()).endedAt).not.toBeNull()
  }
)

test('a wish to leave, given as the reason, reaches staff as one', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '5'))
  await world.turns.say(ANNA, '解約したいです')
  expect(await reasons()).toHaveLength(2)
  expect(await db().prisma.followUp.findMany()).toMatchObject([{ priority: 'high' }])
})

test('nobody is asked again before 90 days have passed', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '10'))
  await world.pass('89d')
  expect(await stamp()).toEqual([])
  await world.pass('1d')
  expect(await stamp()).toHaveLength(1)
  expect(await lastScore(db().prisma, anna, { survey: 'nps', before: world.scope.now() })).toMatchObject({ score: 10 })
})

test('the same fact told again, and a fact told late, ask nobody', async () => {
  const fact = { source: 'pos', sourceId: 'one' }
  expect(await world.fact(anna, 'stamp.granted', { ...fact, at: new Date('2026-11-01T00:00:00Z') })).toEqual([])
  expect(await world.fact(anna, 'stamp.granted', { source: 'pos', sourceId: 'two' })).toHaveLength(1)
  expect(await world.fact(anna, 'stamp.granted', { source: 'pos', sourceId: 'two' })).toEqual([])
})

test('someone who blocks the account is not asked', async () => {
  await world.turns.unfollow(ANNA)
  await db().prisma.identity.updateMany({ data: { blockedAt: world.scope.now() } })
  expect(await stamp()).toEqual([])
  expect(await db().prisma.flowRun.count()).toBe(0)
})

async function takeBack(cause: string): Promise<void> {
  await world.perform(async (work) => {
    const event = { type: 'unsend', webhookEventId: 'E-unsend', timestamp: 0, mode: 'active' }
    const customer = { id: anna, locale: 'ja' as const, name: undefined }
    await flowLine.unsend?.({ work, customer, event, ageMs: 0, help: async () => [], say: () => {} }, cause)
  })
}

test('a message taken back takes its reason with it', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '3'))
  await world.turns.handle(ANNA, { type: 'message', message: { id: 'M-why', type: 'text', text: '名前は山田です' } })
  const answer = async () => (await responses())[0]?.answers.find(({ question: name }) => name === 'reason')
  const cause = (await answer())?.cause ?? ''
  expect((await answer())?.textSealed).not.toBeNull()
  await takeBack(cause)
  expect(await answer()).toMatchObject({ textSealed: null, number: null })
  expect((await responses())[0]?.score).toBe(3)
  const row = await run()
  expect(db().cipher.open('flow_run.facts', row.factsSealed)).not.toContain('山田')
})

test('a typed score taken back is not counted any more', async () => {
  await stamp()
  await world.turns.say(ANNA, '3')
  const cause = (await responses())[0]?.answers[0]?.cause ?? ''
  await takeBack(cause)
  expect(await responses()).toMatchObject([{ score: null, scoredAt: null, answers: [{ number: null }] }])
  expect(db().cipher.open('flow_run.facts', (await run()).factsSealed)).toBe('{"facts":{},"causes":{}}')
})

test('an answer taken back is forgotten by a run that is over, which stays over', async () => {
  await stamp()
  await world.turns.say(ANNA, '8')
  const { endedAt } = await run()
  await takeBack((await responses())[0]?.answers[0]?.cause ?? '')
  const row = await run()
  expect(db().cipher.open('flow_run.facts', row.factsSealed)).toBe('{"facts":{},"causes":{}}')
  expect(endedAt).not.toBeNull()
  expect(row.endedAt).toEqual(endedAt)
})

test('whatever is answered meanwhile, the buttons of the open question stay in reach and work', async () => {
  await stamp()
  const scores = Array.from({ length: 11 }, (_, score) => String(score))
  const sticker = await world.turns.handle(ANNA, { type: 'message', message: { id: 'M-sticker', type: 'sticker' } })
  const lost = await world.turns.say(ANNA, 'こんにちは')
  const help = await world.turns.say(ANNA, 'ヘルプ')
  const back = await world.turns.follow(ANNA)
  for (const told of [sticker, lost, help, back])
    expect(buttonsOf(told.at(-1)).map(({ label }) => label)).toEqual(expect.arrayContaining(scores))
  await world.tap(ANNA, dataOf(help.at(-1), '10'))
  expect((await responses()).map(({ score }) => score)).toEqual([10])
  expect(buttonsOf((await world.turns.say(ANNA, 'ヘルプ')).at(-1)).map(({ label }) => label)).not.toContain('10')
})

test('an answer to an old tap does not hide how to skip the question that is open now', async () => {
  const [question] = await stamp()
  await world.tap(ANNA, dataOf(question, '3'))
  const [closed] = await world.tap(ANNA, dataOf(question, '9'))
  expect(buttonsOf(closed).map(({ label }) => label)).toEqual(['スキップ'])
})
