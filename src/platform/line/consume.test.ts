import { expect, test } from 'vitest'
import { z } from 'zod'
import { useDatabase } from '../../../test/support/database.ts'
import { type LineWorld, lineWorld } from '../../../test/support/line-world.ts'
import { definePostback, type LineHandlers, type TextStage, textMessage } from './index.ts'
import { TEXTS } from './texts.ts'

const db = useDatabase()

/** A room that writes down what it is asked, and takes the texts it is told to. */
function listener(name = '', takes: Partial<Record<TextStage, RegExp>> = {}) {
  const asked: string[] = []
  const stage = (which: TextStage) => async (_turn: unknown, text: string) => {
    asked.push(`${name}${which} ${text}`)
    return takes[which]?.test(text) ?? false
  }
  const handlers: LineHandlers = {
    follow: async () => void asked.push(`${name}follow`),
    unfollow: async () => void asked.push(`${name}unfollow`),
    unsend: async (_turn, cause) => void asked.push(`${name}unsend ${cause}`),
    texts: {
      code: stage('code'),
      answer: stage('answer'),
      word: stage('word'),
      intent: stage('intent'),
      rest: stage('rest')
    }
  }
  return { asked, handlers }
}

const inbox = () => db().prisma.inbox.findMany({ orderBy: { id: 'asc' } })
const bodies = async () => (await inbox()).map((row) => db().cipher.open('inbox.body', row.bodySealed))
const last = (world: LineWorld, userId: string) => world.heard(userId).at(-1)

test('a new person who follows becomes one customer with the name and language of the profile', async () => {
  const { asked, handlers } = listener()
  const world = await lineWorld(db(), { features: [handlers] })
  const emma = world.line.addPerson({ displayName: 'Emma Wilson', language: 'en' })
  await world.line.follow(emma.userId)
  await world.settle()
  const [customer] = await db().prisma.customer.findMany({ include: { identities: true } })
  expect(customer).toMatchObject({ locale: 'en', identities: [{ channel: 'line', blockedAt: null }] })
  expect(db().cipher.open('customer.name', customer?.nameSealed ?? '')).toBe('Emma Wilson')
  expect(asked).toEqual(['follow'])
  expect(world.sends()).toEqual(['reply'])
})

test('LINE’s profile API being down keeps nobody waiting: the customer is nameless for now', async () => {
  const world = await lineWorld(db())
  world.line.faults.failNext('', { status: 503 })
  const { customerId } = await world.friend()
  expect(await db().prisma.customer.findUnique({ where: { id: customerId } })).toMatchObject({ nameSealed: null })
})

test('two webhooks of a brand-new person at the same moment: one customer, both messages kept, in order', async () => {
  const { asked, handlers } = listener('', { rest: /./ })
  const world = await lineWorld(db(), { features: [handlers] })
  const { userId } = world.line.addPerson({ displayName: '田中 健', language: 'ja' })
  await Promise.all([world.line.say(userId, 'はじめまして'), world.line.say(userId, 'お願いします')])
  await world.settle()
  expect(await db().prisma.customer.count()).toBe(1)
  expect(asked.filter((line) => line.startsWith('rest'))).toEqual(['rest はじめまして', 'rest お願いします'])
})

test('what LINE tells again after we were away is still answered for free', async () => {
  const world = await lineWorld(db())
  const { userId } = await world.friend()
  world.pass(-600)
  const { webhookEventId } = await world.line.say(userId, 'やあ')
  await db().prisma.inbox.deleteMany({ where: { eventId: webhookEventId } })
  world.pass(600)
  await world.line.redeliver(webhookEventId)
  await world.settle()
  expect(last(world, userId)).toBe(TEXTS.ja.unheard)
  expect(world.sends().at(-1)).toBe('reply')
})

test('a text is offered stage by stage, each stage in the order of the features, until one takes it', async () => {
  const first = listener('1 ', { intent: /解約/ })
  const second = listener('2 ', { word: /ヘルプ/ })
  const world = await lineWorld(db(), { features: [first.handlers, second.handlers] })
  const { userId } = await world.friend()
  const stages = (list: string[], text: string) =>
    list.filter((line) => line.endsWith(` ${text}`)).map((line) => line.slice(0, -text.length - 1))
  for (const text of ['ヘルプミー', '解約', 'やあ']) {
    await world.line.say(userId, text)
    await world.settle()
  }
  expect(stages(first.asked, 'ヘルプミー')).toEqual(['1 code', '1 answer', '1 word'])
  expect(stages(second.asked, 'ヘルプミー')).toEqual(['2 code', '2 answer', '2 word'])
  expect(stages(second.asked, '解約')).toEqual(['2 code', '2 answer', '2 word'])
  expect(stages(second.asked, 'やあ')).toEqual(['2 code', '2 answer', '2 word', '2 intent', '2 rest'])
  expect(last(world, userId)).toBe(TEXTS.ja.unheard)
})

test('NUL and lone surrogates never reach a feature', async () => {
  const { asked, handlers } = listener('', { code: /./ })
  const world = await lineWorld(db(), { features: [handlers] })
  const { userId } = await world.friend()
  await world.line.say(userId, 'a\u0000b\ud800')
  await world.settle()
  expect(asked).toContain('code ab\ufffd')
})

test('the same webhook five times and out of order has one effect, in the order in which it happened', async () => {
  const { asked, handlers } = listener('', { rest: /./ })
  const world = await lineWorld(db(), { features: [handlers] })
  const { userId } = await world.friend()
  const events = ['一', '二', '三'].map((text, index) => ({
    type: 'message',
    mode: 'active',
    timestamp: world.realNow.getTime() + index,
    source: { type: 'user', userId },
    webhookEventId: `E${index}`,
    deliveryContext: { isRedelivery: false },
    message: { type: 'text', id: `M${index}`, text }
  }))
  for (const order of [[2], [0], [1, 2, 0], [2, 2], [1]])
    await world.line.sendEvents(order.map((index) => events[index]))
  await world.settle()
  for (const event of events) await world.line.sendEvents([{ ...event, deliveryContext: { isRedelivery: true } }])
  await world.settle()
  expect(asked.filter((line) => line.startsWith('rest'))).toEqual(['rest 一', 'rest 二', 'rest 三'])
})

test.each([
  ['standby', { mode: 'standby' }],
  ['of a type we do not know', { type: 'messageEdited' }],
  ['of a type we know and leave alone', { type: 'beacon', beacon: { hwid: 'x', type: 'enter' } }],
  ['of a group', { source: { type: 'group', groupId: 'C1', userId: 'U1' } }],
  ['of a room', { source: { type: 'room', roomId: 'R1' } }],
  ['joining a group', { type: 'join', source: { type: 'group', groupId: 'C1' } }],
  ['without a source', { source: undefined }]
])('an event %s is kept, and leads to no customer and no answer', async (_, changes) => {
  const { asked, handlers } = listener('', { code: /./ })
  const world = await lineWorld(db(), { features: [handlers] })
  const { userId } = world.line.addPerson({ displayName: '花子', language: 'ja' })
  const event = {
    type: 'message',
    mode: 'active',
    timestamp: 0,
    source: { type: 'user', userId },
    webhookEventId: 'A',
    message: { type: 'text', id: '1', text: 'x' }
  }
  expect(await world.line.sendEvents([{ ...event, ...changes }])).toBe(200)
  await world.settle()
  expect(await inbox()).toMatchObject([{ state: 'done', eventId: 'A' }])
  expect([asked, world.line.calls().filter(({ kind }) => kind === 'api'), await db().prisma.customer.count()]).toEqual([
    [],
    [],
    0
  ])
})

test('a sticker gets a short kind answer, once for pictures sent together, and none when it is late', async () => {
  const world = await lineWorld(db())
  const { userId } = await world.friend()
  const heard = () => world.heard(userId).filter((text) => text === TEXTS.ja.notText).length
  await world.line.sendSticker(userId)
  await world.settle()
  expect(heard()).toBe(1)
  const image = (index: number, timestamp: number) => ({
    type: 'message',
    timestamp,
    source: { type: 'user', userId },
    webhookEventId: `${timestamp}-${index}`,
    message: { type: 'image', id: `${index}`, imageSet: { id: 'S', index, total: 3 } }
  })
  await world.line.sendEvents([1, 2, 3].map((index) => image(index, world.realNow.getTime())))
  await world.settle()
  expect(heard()).toBe(2)
  await world.line.sendEvents([image(1, world.realNow.getTime() - 60_000)])
  await world.settle()
  expect(heard()).toBe(2)
})

const choose = definePostback('test.choose', z.object({ value: z.number() }))
test.each([
  ['one of ours', choose.encode({ value: 7 }), 'got 7'],
  ['of another feature', 'v1 test.other {"value":7}', TEXTS.ja.unknownButton],
  ['of an older version', 'v0 test.choose {"value":7}', TEXTS.ja.unknownButton],
  ['with data of another shape', 'v1 test.choose {"value":"7"}', TEXTS.ja.unknownButton],
  ['with broken data', 'v1 test.choose {"value":', TEXTS.ja.unknownButton],
  ['of another tool', 'action=buy&itemid=111', TEXTS.ja.unknownButton],
  ['empty', '', TEXTS.ja.unknownButton],
  ['endless', 'x'.repeat(10_000), TEXTS.ja.unknownButton]
])('a button that is %s gets its answer and is handled', async (_, data, answer) => {
  const postbacks = [choose.handler(async (turn, { value }) => turn.say(textMessage(`got ${value}`)))]
  const world = await lineWorld(db(), { features: [{ postbacks }] })
  const { userId } = await world.friend()
  await world.line.tap(userId, { type: 'postback', data })
  await world.settle()
  expect(last(world, userId)).toBe(answer)
  expect((await inbox()).map(({ state }) => state)).toEqual(['done', 'done'])
})

test('a message taken back loses its words in the store, and the features are told what it caused', async () => {
  const { asked, handlers } = listener('', { rest: /./ })
  const world = await lineWorld(db(), { features: [handlers] })
  const { userId } = await world.friend()
  const kept = await world.line.say(userId, 'のこる')
  const secret = await world.line.say(userId, 'ひみつ')
  await world.settle()
  await world.line.unsend(userId, secret.messageId)
  await world.settle()
  expect(asked.at(-1)).toBe(`unsend line:${secret.webhookEventId}`)
  const stored = (await bodies()).join()
  expect(stored).not.toContain('ひみつ')
  expect(stored).toContain('のこる')
  expect(kept.status).toBe(200)
})

test('a message told again after it was taken back is neither read nor kept', async () => {
  const { asked, handlers } = listener('', { rest: /./ })
  const world = await lineWorld(db(), { features: [handlers] })
  const { userId } = await world.friend()
  const message = { type: 'text', id: '9', text: 'ひみつ' }
  const timestamp = world.realNow.getTime()
  const base = { mode: 'active', source: { type: 'user', userId } }
  await world.line.sendEvents([
    { ...base, type: 'unsend', timestamp: timestamp + 1, webhookEventId: 'B', unsend: { messageId: '9' } }
  ])
  await world.settle()
  await world.line.sendEvents([
    { ...base, type: 'message', timestamp, webhookEventId: 'A', message, deliveryContext: { isRedelivery: true } }
  ])
  await world.settle()
  expect(asked.join()).not.toContain('ひみつ')
  expect((await bodies()).join()).not.toContain('ひみつ')
})

test('one person cannot take back the message of another', async () => {
  const { asked, handlers } = listener('', { rest: /./ })
  const world = await lineWorld(db(), { features: [handlers] })
  const [victim, other] = [await world.friend(), await world.friend('田中 健')]
  const { messageId } = await world.line.say(victim.userId, 'わたしの')
  await world.settle()
  await world.line.sendEvents([
    {
      type: 'unsend',
      timestamp: 0,
      webhookEventId: 'X',
      source: { type: 'user', userId: other.userId },
      unsend: { messageId }
    }
  ])
  await world.settle()
  expect((await bodies()).join()).toContain('わたしの')
  expect(asked.some((line) => line.startsWith('unsend'))).toBe(false)
})

test('unfollowing reaches the features without asking LINE for a profile, and nothing is said', async () => {
  const { asked, handlers } = listener()
  const world = await lineWorld(db(), { features: [handlers] })
  const { userId } = await world.friend()
  const before = world.line.calls().filter(({ kind }) => kind === 'api').length
  world.pass(1)
  await world.line.block(userId)
  await world.settle()
  expect(asked.at(-1)).toBe('unfollow')
  expect(world.line.calls().filter(({ kind }) => kind === 'api')).toHaveLength(before)
})
