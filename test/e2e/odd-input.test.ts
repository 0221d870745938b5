import { beforeEach, describe, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors
let hanako: Actors['hanako']

beforeEach(async () => {
  actors = actorsOf(world())
  hanako = actors.hanako
  await hanako.follow()
})

const line = () => world().sandbox.fakes.line
let events = 0

/** A webhook event of Hanako's that her phone would not send by itself. */
function eventOf(event: { type: string; [field: string]: unknown }) {
  events += 1
  const source = { type: 'user', userId: hanako.userId }
  return { mode: 'active', timestamp: Date.now(), webhookEventId: `ODD${events}`, source, ...event }
}
async function send(...given: Parameters<typeof eventOf>[0][]): Promise<number> {
  const status = await line().sendEvents(given.map(eventOf))
  await world().settle()
  return status
}
const textEvent = (text: string) => ({ type: 'message', message: { type: 'text', id: `M${events}`, text } })
const scores = async () => (await db().prisma.surveyResponse.findMany()).map(({ score }) => score)
const stamps = () => db().prisma.stamp.count()

describe('what did not come from LINE', () => {
  test.each([
    ['another signature', (body: string) => [body, 'AAAA'] as const],
    ['no signature', (body: string) => [body, ''] as const],
    ['a signature in hex', (body: string) => [body, Buffer.from(body).toString('hex')] as const]
  ])('with %s is refused, and changes nothing', async (_, forge) => {
    const body = JSON.stringify({ destination: 'U', events: [eventOf(textEvent(await hanako.codeAt('kichijoji')))] })
    const inbox = await db().prisma.inbox.count()
    expect(await line().sendBody(...forge(body))).toBe(401)
    await world().settle()
    expect([await stamps(), await db().prisma.inbox.count()]).toEqual([0, inbox])
  })
})

describe('a batch with things we cannot read', () => {
  test('keeps them aside, and the good events beside them are answered', async () => {
    const body = [null, 7, [], { type: 'message' }, eventOf({ type: 'brandNew', x: 1 }), eventOf(textEvent('ヘルプ'))]
    expect(await line().sendEvents(body)).toBe(200)
    await world().settle()
    expect(hanako.lastText()).toContain('このトークでできること')
    const states = (await db().prisma.inbox.groupBy({ by: ['state'], _count: true })).map(({ state }) => state)
    expect(states.toSorted()).toEqual(['done', 'quarantined'])
  })

  test('NUL, lone surrogates and 5,000 characters are a text like any other', async () => {
    for (const text of ['\u0000', '\ud800', '𠮷'.repeat(2500), '\u202e\u200b', `${'🏽'.repeat(100)}\u0000`])
      expect(await send(textEvent(text))).toBe(200)
    expect(await db().prisma.inbox.count({ where: { state: { not: 'done' } } })).toBe(0)
    await hanako.say('ヘルプ')
    expect(hanako.lastVia()).toBe('reply')
  })
})

describe('a counter code', () => {
  test('of a photograph sent later is refused, whoever sends it', async () => {
    const photographed = await hanako.codeAt('kichijoji')
    await world().advance('2m')
    await hanako.say(photographed)
    expect([hanako.lastText(), await stamps()]).toEqual([expect.stringContaining('有効時間が過ぎて'), 0])
  })

  test('told five times, late and out of order, is one stamp, one card and one question', async () => {
    const event = { ...textEvent(await hanako.codeAt('kichijoji')), webhookEventId: 'ONCE' }
    const before = hanako.count()
    await Promise.all([send(event), send(event), send({ ...event, deliveryContext: { isRedelivery: true } })])
    await world().advance('5m')
    await send({ ...event, deliveryContext: { isRedelivery: true } }, { ...event })
    const asked = await db().prisma.flowRun.count({ where: { flow: 'nps' } })
    expect([await stamps(), hanako.count() - before, asked]).toEqual([1, 2, 1])
  })

  test('that waited in a queue for an hour still brings its stamp: it was sent in time', async () => {
    const code = await hanako.codeAt('kichijoji')
    await world().advance('1h')
    await send({ ...textEvent(code), timestamp: Date.now() - 3_600_000, deliveryContext: { isRedelivery: true } })
    expect(await stamps()).toBe(1)
  })

  test('with kind words around it is read; one with a character lost is explained', async () => {
    const code = await hanako.codeAt('kichijoji')
    await hanako.say(code.replace('スタンプ ', '').slice(0, -1))
    expect([hanako.lastText(), await stamps()]).toEqual([expect.stringContaining('コードを読み取れません'), 0])
    await hanako.say(`${code} お願いします🙏`)
    expect(await stamps()).toBe(1)
  })

  test('in a group chat is nobody’s', async () => {
    const source = { type: 'group', groupId: 'C1', userId: hanako.userId }
    const said = hanako.count()
    await send({ ...textEvent(await hanako.codeAt('kichijoji')), source })
    expect([await stamps(), hanako.count()]).toEqual([0, said])
  })
})

describe('in answer to the question', () => {
  beforeEach(() => hanako.scan('kichijoji'))

  test('a sticker is explained kindly, and the scores stay a tap away', async () => {
    await line().sendSticker(hanako.userId)
    await world().settle()
    expect(hanako.lastText()).toContain('文字でお送りください')
    await hanako.tap('9')
    expect(await scores()).toEqual([9])
  })

  test('five pictures at once are one explanation', async () => {
    const image = (index: number) => ({
      type: 'message',
      message: { type: 'image', id: `I${index}`, imageSet: { id: 'S', index, total: 5 } }
    })
    const before = hanako.count()
    await send(...[1, 2, 3, 4, 5].map(image))
    expect(hanako.count() - before).toBe(1)
  })

  test.each([
    ['８', 8],
    ['10😊', 10],
    [' ０点です。 ', 0]
  ])('%j counts', async (said, score) => {
    await hanako.say(said)
    expect(await scores()).toEqual([score])
  })

  test('two taps at the same moment count once; the second is told so and hides nothing', async () => {
    const [low, high] = [hanako.quickReply('3'), hanako.quickReply('9')]
    await Promise.all([line().tap(hanako.userId, low), line().tap(hanako.userId, high)])
    await world().settle()
    expect(await scores()).toHaveLength(1)
    expect(hanako.heard()).toContain('この質問にはお答えいただいています')
  })

  test('a tap on a question of a former visit changes nothing', async () => {
    const old = hanako.quickReply('0')
    await hanako.tap('10')
    await world().advance('91d')
    await hanako.scan('kichijoji')
    await hanako.tapAction(old)
    expect(await scores()).toEqual([10])
    await hanako.tap('7')
    expect((await scores()).toSorted()).toEqual([10, 7])
  })

  test('5,000 characters of reason are kept whole, shortened on the card, and thanked for', async () => {
    const reason = '長い'.repeat(2500)
    await hanako.tap('2')
    await hanako.say(reason)
    const answer = await db().prisma.surveyAnswer.findFirstOrThrow({ where: { question: 'reason' } })
    expect(db().cipher.open('survey_answer.text', answer.textSealed ?? '')).toBe(reason)
    expect(actors.aya.cardText()).toContain('長い長い')
    expect(hanako.lastText()).toContain('お聞かせくださり')
  })
})

describe('someone who blocked the account', () => {
  test('is sent nothing until they follow again, and then keeps card and stamps', async () => {
    await hanako.scan('kichijoji')
    await hanako.block()
    const said = hanako.count()
    await world().advance('4d')
    expect(hanako.count()).toBe(said)
    await hanako.follow()
    expect(hanako.heard().split('おかえりなさい')[1]).toContain('1 / 10')
  })

  test('and whose return LINE never told is answered when they write', async () => {
    await hanako.block()
    await send({ ...textEvent('ヘルプ'), timestamp: Date.now() + 1000 })
    const sent = await db().prisma.outbox.findMany({ where: { channel: 'line' }, orderBy: { seq: 'asc' } })
    expect(sent.map(({ outcome }) => outcome)).toEqual(['replied', 'pushed'])
  })
})

test('at the monthly limit what we begin waits and staff are told once, while answers go on', async () => {
  line().setMonthlyLimit(0)
  const said = hanako.count()
  for (const text of ['ヘルプ', 'スタンプ']) await send(textEvent(text))
  expect(hanako.count()).toBe(said)
  await hanako.say('クーポン')
  expect(hanako.count()).toBe(said + 1)
  expect(hanako.lastVia()).toBe('reply')
  const notices = actors.aya.cards().filter((card) => JSON.stringify(card).includes('配信数が上限'))
  expect(notices).toHaveLength(1)
  expect(await db().prisma.outbox.count({ where: { state: 'parked' } })).toBe(2)
})
