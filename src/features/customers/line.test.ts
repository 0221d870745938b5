import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { lineTurns } from '../../../test/support/line-turns.ts'
import { testScope } from '../../../test/support/queue.ts'
import { customersFeature, lineIdentity } from './index.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
const EMMA = 'U00000000000000000000000000000002'

function setUp() {
  const turns = lineTurns(testScope(db()), [customersFeature])
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
  const later = (ms: number) => {
    turns.realNow = new Date(turns.realNow.getTime() + ms)
  }
  const blockedAt = async (userId: string) =>
    (await lineIdentity(db().prisma, db().cipher, await turns.customerId(userId)))?.blockedAt
  return { turns, later, blockedAt }
}

const said = (text: string) => ({ type: 'message', message: { id: text, type: 'text', text } })
const factNames = async () => (await db().prisma.event.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name)

test('following greets in the language of the profile', async () => {
  const { turns } = setUp()
  expect(await turns.follow(HANAKO)).toEqual([
    { type: 'text', text: expect.stringMatching(/^佐藤 花子 様、友だち追加/) }
  ])
  expect(await turns.follow(EMMA)).toEqual([{ type: 'text', text: expect.stringMatching(/^Hello Emma, thank you/) }])
})

test('without a name the greeting still reads well', async () => {
  const { turns } = setUp()
  expect(await turns.follow('U9')).toEqual([{ type: 'text', text: expect.stringMatching(/^友だち追加ありがとう/) }])
})

test('blocking stops messages without an answer, following again lets them through and says welcome back', async () => {
  const { turns, later, blockedAt } = setUp()
  await turns.follow(HANAKO)
  later(1000)
  expect(await turns.unfollow(HANAKO)).toEqual([])
  expect(await blockedAt(HANAKO)).toBeInstanceOf(Date)
  later(1000)
  expect(await turns.follow(HANAKO)).toEqual([{ type: 'text', text: expect.stringContaining('おかえりなさい') }])
  expect(await blockedAt(HANAKO)).toBeUndefined()
  expect(await factNames()).toEqual(['line.followed', 'line.unfollowed', 'line.followed'])
})

test('a block that LINE tells after a newer follow does not silence the customer', async () => {
  const { turns, later, blockedAt } = setUp()
  const blockedMs = turns.realNow.getTime()
  later(5000)
  await turns.follow(HANAKO)
  await turns.handle(HANAKO, { type: 'unfollow', timestamp: blockedMs })
  expect(await blockedAt(HANAKO)).toBeUndefined()
})

test('a follow that LINE tells after a newer block greets nobody', async () => {
  const { turns, later, blockedAt } = setUp()
  const followedMs = turns.realNow.getTime()
  later(5000)
  await turns.unfollow(HANAKO)
  expect(await turns.handle(HANAKO, { type: 'follow', timestamp: followedMs })).toEqual([])
  expect(await blockedAt(HANAKO)).toBeInstanceOf(Date)
})

test('someone who writes after a block is answered, even if LINE never tells that they follow again', async () => {
  const { turns, later, blockedAt } = setUp()
  await turns.follow(HANAKO)
  later(1000)
  const beforeMs = turns.realNow.getTime()
  later(1000)
  await turns.unfollow(HANAKO)
  await turns.handle(HANAKO, { ...said('遅れて届いた'), timestamp: beforeMs })
  expect(await blockedAt(HANAKO)).toBeInstanceOf(Date)
  later(1000)
  await turns.say(HANAKO, 'ヘルプ')
  expect(await blockedAt(HANAKO)).toBeUndefined()
  expect(await turns.follow(HANAKO)).toEqual([{ type: 'text', text: expect.stringContaining('おかえりなさい') }])
})

test('someone who writes without having followed is a customer too', async () => {
  const { turns } = setUp()
  await turns.say(EMMA, 'hello')
  expect(await db().prisma.customer.count()).toBe(1)
  expect(await factNames()).toEqual([])
})

test.each([
  [HANAKO, 'ヘルプ', 'スタンプカードを見る', ['スタンプ', 'クーポン', '相談', '設定']],
  [HANAKO, ' ﾍﾙﾌﾟ ', 'スタンプカードを見る', ['スタンプ', 'クーポン', '相談', '設定']],
  [EMMA, 'HELP', 'What you can do', ['Stamps', 'Coupons', 'Contact', 'Settings']],
  [EMMA, '？', 'What you can do', ['Stamps', 'Coupons', 'Contact', 'Settings']]
])('%s asks for %j and learns what there is, a tap away', async (userId, text, answer, words) => {
  const { turns } = setUp()
  const [message] = await turns.say(userId, text)
  expect(message).toMatchObject({ type: 'text', text: expect.stringContaining(answer) })
  expect(message?.quickReply?.items?.map(({ action }) => action && 'text' in action && action.text)).toEqual(words)
})

test('a sentence with the word help in it is not taken for a command', async () => {
  const { turns } = setUp()
  expect(await turns.say(EMMA, 'help me find my umbrella')).toEqual([
    { type: 'text', text: expect.stringContaining('Thank you for your message') }
  ])
})
