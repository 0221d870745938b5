import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type LineWorld, lineWorld } from '../../../test/support/line-world.ts'
import { RATE_LIMITED } from '../../sandbox/line/index.ts'
import { type LineMessage, refreshQuota, textMessage } from './index.ts'

const db = useDatabase()

/** A customer who has just written; `tell` answers them on their reply token. */
async function conversation(options: { callMs?: number } = {}) {
  const world = await lineWorld(db(), { ...options, features: [{ texts: { rest: async () => true } }] })
  const friend = await world.friend()
  await world.line.say(friend.userId, 'こんにちは')
  await world.settle()
  await db().query('DELETE FROM delivery')
  await db().query('DELETE FROM outbox')
  const before = world.sends().length
  const heardBefore = world.heard(friend.userId).length
  const token = Object.entries(world.line.snapshot().replyTokens).find(([, { used }]) => !used)?.[0] ?? ''
  const reply = () => ({ token, receivedAt: world.realNow })
  return {
    world,
    friend,
    reply,
    answer: (text: string) => world.tell(friend.customerId, [textMessage(text)], reply()),
    push: (text: string) => world.tell(friend.customerId, [textMessage(text)]),
    sends: () => world.sends().slice(before),
    heard: () => world.heard(friend.userId).slice(heardBefore)
  }
}

const used = ({ line }: LineWorld) => Object.values(line.snapshot().usage).reduce((sum, count) => sum + count, 0)

test('an answer rides on the fresh reply token and costs nothing', async () => {
  const { world, answer, heard, sends } = await conversation()
  await answer('はい')
  await world.settle()
  expect([heard(), sends(), used(world)]).toEqual([['はい'], ['reply'], 0])
  expect(await world.outbox()).toMatchObject([{ state: 'done', outcome: 'replied' }])
})

test('after 50 seconds an answer is pushed, with the row’s id as retry key', async () => {
  const { world, answer, heard, sends } = await conversation()
  await answer('遅れました')
  world.pass(51)
  await world.settle()
  expect([heard(), sends(), used(world)]).toEqual([['遅れました'], ['push'], 1])
  const [row] = await db().prisma.outbox.findMany()
  expect(Object.keys(world.line.snapshot().retryKeys)).toEqual([row?.id])
  expect(row).toMatchObject({ state: 'done', outcome: 'pushed' })
})

test('more than five messages go out as one reply and one push, in order', async () => {
  const { world, friend, reply, heard, sends } = await conversation()
  const seven = Array.from({ length: 7 }, (_, index) => textMessage(String(index)))
  await world.tell(friend.customerId, seven, reply())
  await world.settle()
  expect([heard(), sends()]).toEqual([
    ['0', '1', '2', '3', '4', '5', '6'],
    ['reply', 'push']
  ])
})

test('the answer to a reply is lost: the same token is asked again, and the customer sees one message', async () => {
  const { world, answer, heard, sends } = await conversation()
  world.line.faults.failNext('/reply', 'lose-answer')
  await answer('一度だけ')
  await world.settle(3)
  expect([heard(), sends()]).toEqual([['一度だけ'], ['reply', 'reply']])
  expect(await world.outbox()).toMatchObject([{ state: 'done', outcome: 'replied', attempts: 2 }])
})

test.each([0, 60])(
  'a worker dies after LINE took the reply: %d s later the next one sends nothing',
  async (seconds) => {
    const { world, answer, heard, sends } = await conversation()
    await answer('一度だけ')
    await world.settle()
    await db().query(`UPDATE outbox SET state = 'ready', outcome = NULL, done_at = NULL`)
    world.pass(seconds)
    await world.settle()
    expect([heard(), sends(), used(world)]).toEqual([['一度だけ'], ['reply'], 0])
    expect(await world.outbox()).toMatchObject([{ state: 'done', outcome: 'replied' }])
  }
)

test('a reply that hangs ends by its own time-out and is sent once by the second try', async () => {
  const { world, answer, heard, sends } = await conversation({ callMs: 400 })
  world.line.faults.failNext('/reply', 'hang')
  await answer('一度だけ')
  await world.settle(3)
  expect([heard(), sends(), used(world)]).toEqual([['一度だけ'], ['reply', 'reply'], 0])
})

test('a reply whose answer was lost is never pushed, however late it is', async () => {
  const { world, answer, heard, sends } = await conversation()
  world.line.faults.failNext('/reply', 'lose-answer')
  await answer('一度だけ')
  await world.settle()
  world.pass(3600)
  await world.settle(3)
  expect([heard(), sends()]).toEqual([['一度だけ'], ['reply']])
  expect(await world.outbox()).toMatchObject([{ state: 'done', outcome: 'presumed_delivered' }])
  expect(JSON.stringify(world.scope.lines)).toContain('taken for delivered')
})

test('a lost answer, an invalid token, and the process ends there: the next one sends nothing more', async () => {
  const { world, answer, heard, sends } = await conversation()
  world.line.faults.failNext('/reply', 'lose-answer')
  await answer('一度だけ')
  await world.settle(2)
  await db().query(`UPDATE outbox SET state = 'ready', outcome = NULL, done_at = NULL`)
  world.pass(3600)
  await world.settle(2)
  expect([heard(), sends()]).toEqual([['一度だけ'], ['reply', 'reply']])
  expect(await world.outbox()).toMatchObject([{ state: 'done', outcome: 'replied' }])
})

test('a token that was used elsewhere leads to a push at once', async () => {
  const { world, reply, answer, heard, sends } = await conversation()
  await world.client.reply(reply().token, [textMessage('別の返信')])
  await answer('こちらも')
  await world.settle()
  expect([heard(), sends()]).toEqual([
    ['別の返信', 'こちらも'],
    ['reply', 'reply', 'push']
  ])
})

test('the answer to a push is lost: the retry key makes the second one a 409, and the customer sees one message', async () => {
  const { world, push, heard, sends } = await conversation()
  world.line.faults.failNext('/push', 'lose-answer')
  await push('一度だけ')
  await world.settle(3)
  expect([heard(), sends(), used(world)]).toEqual([['一度だけ'], ['push', 'push'], 1])
  expect(await world.outbox()).toMatchObject([{ state: 'done', outcome: 'pushed' }])
})

test('LINE down past the life of the tokens: nothing is lost, the order is kept, no token is misused', async () => {
  const { world, answer, push, heard } = await conversation()
  world.line.faults.failNext('', { status: 503 }, Number.POSITIVE_INFINITY)
  await answer('一')
  await push('二')
  await push('三')
  await world.settle(2)
  world.pass(3600)
  await world.settle(1)
  world.line.faults.clear()
  await world.settle(3)
  expect(heard()).toEqual(['一', '二', '三'])
  expect((await world.outbox()).map(({ outcome }) => outcome)).toEqual(['pushed', 'pushed', 'pushed'])
})

test('too many calls: the message waits as long as LINE says and goes out once', async () => {
  const { world, push, heard } = await conversation()
  world.line.faults.failNext('/push', { ...RATE_LIMITED, headers: { 'retry-after': '120' } })
  await push('あとで')
  await world.settle()
  const [row] = await db().query<{ wait: number }>(
    `SELECT extract(epoch FROM run_at - now())::float8 AS wait FROM outbox`
  )
  expect(row?.wait).toBeGreaterThan(110)
  await world.settle(2)
  expect(heard()).toEqual(['あとで'])
})

test('at the monthly limit pushes are parked and staff told once, while replies go on; next month they go out in order', async () => {
  const { world, answer, push, heard, sends } = await conversation()
  world.line.setMonthlyLimit(0)
  await push('一')
  await push('二')
  await world.settle()
  await answer('返信')
  await world.settle()
  expect(sends()).toEqual(['push', 'reply'])
  expect(heard()).toEqual(['返信'])
  expect(await world.outbox()).toMatchObject([{ state: 'parked' }, { state: 'parked' }, { outcome: 'replied' }])
  expect(new Set(world.notices.map(({ name }) => name))).toEqual(new Set(['quota:2026-11']))
  expect(world.notices[0]?.text('ja')).toMatch(/上限.*12月1日/)
  world.line.setMonthlyLimit(200)
  world.scope.at = new Date('2026-11-30T15:00:00Z')
  await world.settle()
  expect(heard()).toEqual(['返信', '一', '二'])
})

test('a limit raised within the month frees what was parked', async () => {
  const { world, push, heard } = await conversation()
  world.line.setMonthlyLimit(0)
  await push('待ちました')
  await world.settle()
  await refreshQuota(world.scope, world.client)
  await world.settle()
  expect(heard()).toEqual([])
  world.line.setMonthlyLimit(5000)
  await refreshQuota(world.scope, world.client)
  await world.settle()
  expect(heard()).toEqual(['待ちました'])
})

test('someone who blocked the account is sent nothing', async () => {
  const { world, friend, push, sends } = await conversation()
  world.pass(1)
  await world.line.block(friend.userId)
  await world.settle()
  await push('届きません')
  await world.settle()
  expect(sends()).toEqual([])
  expect((await world.outbox()).at(-1)).toMatchObject({ state: 'done', outcome: 'blocked' })
})

test('a customer without LINE is no fault', async () => {
  const world = await lineWorld(db())
  const { id } = await db().prisma.customer.create({ data: { createdAt: new Date() } })
  await world.tell(id, [textMessage('どこへ')])
  await world.settle()
  expect(await world.outbox()).toMatchObject([{ state: 'done', outcome: 'no_identity' }])
})

test('somebody we no longer know is answered while their reply token is fresh, and never written to', async () => {
  const { world, friend, answer, push, heard, sends } = await conversation()
  await db().prisma.customer.delete({ where: { id: friend.customerId } })
  await answer('消去しました')
  await push('またのご来店を')
  await world.settle()
  expect([heard(), sends()]).toEqual([['消去しました'], ['reply']])
  expect(await world.outbox()).toMatchObject([{ outcome: 'replied' }, { outcome: 'no_identity' }])
})

test('what LINE refuses for good lies dead after one try, and the next message goes out', async () => {
  const { world, friend, push, heard, sends } = await conversation()
  const forged: unknown = { type: 'text', text: '' }
  await world.tell(friend.customerId, [forged as LineMessage])
  await push('次')
  await world.settle(3)
  expect([heard(), sends()]).toEqual([['次'], ['push', 'push']])
  expect(await world.outbox()).toMatchObject([
    { state: 'dead', lastError: expect.stringContaining('messages[0].text') },
    { state: 'done' }
  ])
})

test('a refused access token is said in the log with what to check, and the message is kept', async () => {
  const { world, push, heard } = await conversation()
  world.line.faults.failNext('/push', { status: 401, body: { message: 'Authentication failed' } })
  await push('あとで')
  await world.settle()
  expect(world.scope.lines.map(({ message }) => message).join()).toMatch(/LINE_CHANNEL_ACCESS_TOKEN/)
  await world.settle(2)
  expect(heard()).toEqual(['あとで'])
})

test('a push that may have arrived more than 24 hours ago is left to a person', async () => {
  const { world, push, sends } = await conversation({ callMs: 400 })
  world.line.faults.failNext('/push', 'hang')
  await push('届いたかも')
  await world.settle()
  world.pass(25 * 3600)
  await world.settle(2)
  expect(sends()).toEqual(['push'])
  expect(await world.outbox()).toMatchObject([{ state: 'dead', lastError: expect.stringContaining('24 hours') }])
})

test('while a call for one customer hangs, the others get theirs', async () => {
  const { world, push, heard } = await conversation()
  const other = await world.friend('Emma Wilson')
  const before = world.heard(other.userId).length
  world.line.faults.failNext('/push', 'hang')
  await push('待つ')
  await world.tell(other.customerId, [textMessage('now')])
  const settled = world.settle()
  await expect.poll(() => world.heard(other.userId).slice(before), { interval: 5, timeout: 9000 }).toEqual(['now'])
  expect(heard()).toEqual([])
  world.line.faults.clear()
  await settled
})
