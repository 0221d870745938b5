import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type SlackWorld, slackWorld } from '../../../test/support/slack-world.ts'
import type { Card, SlackIntent } from './index.ts'
import { header, section } from './index.ts'

const db = useDatabase()

const record = { type: 'ticket', id: '812' } as const
const CARD: SlackIntent = { kind: 'card', record }
const line = (text: string): SlackIntent => ({ kind: 'thread', record, text })
const look = (version: number, text = `第${version}版`): Card => ({
  version,
  text,
  blocks: [section(text, { blockId: '812:head' })]
})

const posts = (world: SlackWorld) => world.fake.messages(world.alerts).map(({ text }) => text)
const called = (world: SlackWorld, name: string) => world.fake.calls().filter((call) => call.name === name)
const outcomes = async () =>
  (await db().prisma.outbox.findMany({ orderBy: { seq: 'asc' } })).map(({ state, outcome }) => outcome ?? state)

function worldWith(version: number): SlackWorld {
  const world = slackWorld(db())
  world.tickets.set('812', look(version))
  return world
}

describe('a card', () => {
  it('is posted once and updated afterwards, in the same message', async () => {
    const world = worldWith(1)
    await world.tell('opened', CARD)
    await world.settle()
    world.tickets.set('812', look(2))
    await world.tell('claimed', CARD)
    await world.settle()
    expect(world.fake.messages(world.alerts)).toMatchObject([{ text: '第2版', editedTs: expect.any(String) }])
    expect(await outcomes()).toEqual(['posted', 'updated'])
  })

  it('shows the record as it is when it goes out: what is already shown costs no call', async () => {
    const world = worldWith(3)
    await world.tell('a', CARD)
    await world.tell('b', CARD)
    await world.tell('c', CARD)
    await world.settle()
    expect(await outcomes()).toEqual(['posted', 'current', 'current'])
    expect(called(world, 'chat.update')).toEqual([])
  })

  it('never goes back to an older look', async () => {
    const world = worldWith(5)
    await world.tell('a', CARD)
    await world.settle()
    world.tickets.set('812', look(4))
    await world.tell('b', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第5版'])
  })

  it('gets new block ids with each version', async () => {
    const world = worldWith(1)
    await world.tell('a', CARD)
    await world.settle()
    const before = world.fake.messages(world.alerts)[0]?.blocks[0]?.block_id
    world.tickets.set('812', look(2))
    await world.tell('b', CARD)
    await world.settle()
    expect([before, world.fake.messages(world.alerts)[0]?.blocks[0]?.block_id]).toEqual(['812:head~1', '812:head~2'])
  })

  it('of a record that is gone is not shown', async () => {
    const world = slackWorld(db())
    await world.tell('a', CARD, line('一言'))
    await world.settle()
    expect(await outcomes()).toEqual(['gone', 'gone'])
    expect(posts(world)).toEqual([])
  })

  it('that somebody deleted is posted again, and later changes go to the new message', async () => {
    const world = worldWith(1)
    await world.tell('a', CARD)
    await world.settle()
    const [first] = world.fake.messages(world.alerts)
    world.fake.deleteMessage(world.alerts, first?.ts ?? '')
    for (const version of [2, 3]) {
      world.tickets.set('812', look(version))
      await world.tell(`v${version}`, CARD, line(`第${version}版になりました`))
      await world.settle()
    }
    const [again, ...others] = world.fake.messages(world.alerts)
    expect(others).toEqual([])
    expect(again).toMatchObject({ text: '第3版' })
    expect(again?.ts).not.toBe(first?.ts)
    expect(world.fake.thread(world.alerts, again?.ts ?? '').map(({ text }) => text)).toEqual([
      '第3版',
      '第2版になりました',
      '第3版になりました'
    ])
    expect(await db().prisma.slackMessage.findMany()).toMatchObject([{ ts: again?.ts, version: 3 }])
  })

  it('found again, but not brought up to date yet, is brought up to date by the next try', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    world.fake.faults.failNext('chat.update', { kind: 'status', status: 500 })
    world.fake.onChange(() => world.tickets.set('812', look(2)))
    await world.tell('a', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第2版'])
  })

  it('in a channel to which alerts go no longer is left as it is: outsiders may read it', async () => {
    const world = worldWith(1)
    await db().prisma.slackMessage.create({
      data: { recordType: 'ticket', recordId: '812', channel: world.general, ts: '1.000001', version: 1 }
    })
    world.tickets.set('812', look(2))
    await world.tell('a', CARD, line('一'))
    await world.settle()
    const [card] = world.fake.messages(world.alerts)
    expect(world.fake.thread(world.alerts, card?.ts ?? '').map(({ text }) => text)).toEqual(['第2版', '一'])
    expect(called(world, 'chat.update')).toEqual([])
    expect(await db().prisma.slackMessage.findMany()).toMatchObject([{ channel: world.alerts, version: 2 }])
  })

  it('that Slack no longer lets us change is posted anew, without going round in circles', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    world.fake.faults.failNext('chat.update', { kind: 'error', error: 'edit_window_closed' }, 2)
    await world.tell('a', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第1版', '第1版'])
    expect(called(world, 'chat.update')).toHaveLength(1)
    const [, newer] = world.fake.messages(world.alerts)
    expect(await db().prisma.slackMessage.findMany()).toMatchObject([{ ts: newer?.ts }])
  })

  it('whose blocks Slack refuses still says its words', async () => {
    const world = slackWorld(db())
    world.tickets.set('812', {
      version: 1,
      text: '要対応',
      blocks: [{ ...header('x'), text: { type: 'plain_text', text: 'x'.repeat(200) } }]
    })
    await world.tell('a', CARD)
    await world.settle()
    expect(world.fake.messages(world.alerts)).toMatchObject([{ text: '要対応', blocks: [] }])
    expect(world.scope.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('refused the blocks') })
    )
  })

  it('of a type that no feature draws is a dead letter, not an endless loop', async () => {
    const world = slackWorld(db())
    await world.tell('a', { kind: 'card', record: { type: 'novelty', id: '1' } })
    await world.settle()
    expect((await outcomes())[0]).toBe('dead')
  })
})

describe('what is said under a card', () => {
  it('stays in the thread, unless it is for all: then the channel shows it as well, once even if the answer is lost', async () => {
    const world = worldWith(1)
    await world.tell('a', CARD, line('担当になりました'))
    await world.settle()
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    await world.tell('b', { kind: 'thread', record, text: '期限です', toAll: true })
    await world.settle()
    const { ts = '' } = world.fake.messages(world.alerts)[0] ?? {}
    const replies = world.fake.thread(world.alerts, ts).slice(1)
    expect(replies.map(({ text, isBroadcast = false }) => [text, isBroadcast])).toEqual([
      ['担当になりました', false],
      ['期限です', true]
    ])
  })

  it('stands in its thread, in order', async () => {
    const world = worldWith(1)
    await world.tell('a', CARD, line('一'), line('二'))
    await world.tell('b', line('三'))
    await world.settle()
    const [card] = world.fake.messages(world.alerts)
    expect(world.fake.thread(world.alerts, card?.ts ?? '').map(({ text }) => text)).toEqual(['第1版', '一', '二', '三'])
  })

  it('brings the card with it when that is not there yet', async () => {
    const world = worldWith(1)
    await world.tell('a', line('一'))
    await world.settle()
    const [card] = world.fake.messages(world.alerts)
    expect(world.fake.thread(world.alerts, card?.ts ?? '').map(({ text }) => text)).toEqual(['第1版', '一'])
  })

  it('is posted once with its card when both answers are lost', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' }, 2)
    await world.tell('a', line('一'))
    await world.settle()
    const [card, ...others] = world.fake.messages(world.alerts)
    expect(others).toEqual([])
    expect(world.fake.thread(world.alerts, card?.ts ?? '').map(({ text }) => text)).toEqual(['第1版', '一'])
  })
})

describe('Slack’s rates', () => {
  it('a 429 is waited out: nothing is lost, nothing is sent meanwhile', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 60 })
    await world.tell('a', CARD)
    await world.settle()
    await world.tell('b', { kind: 'notice', name: 'n', text: 'お知らせ' })
    await world.settle()
    expect(called(world, 'chat.postMessage')).toHaveLength(1)
    const rows = await db().prisma.outbox.findMany()
    expect(rows.map(({ state }) => state)).toEqual(['ready', 'ready'])
    for (const { runAt } of rows) expect(runAt.getTime() - Date.now()).toBeGreaterThan(50_000)
  })
})

describe('a channel that outsiders read', () => {
  it('gets no customer data: rows wait, the channel is told once, the log says what to do', async () => {
    const world = worldWith(1)
    world.fake.setExtShared(world.alerts, true)
    await world.tell('a', CARD, line('佐藤さんの話'))
    await world.tell('b', { kind: 'notice', name: 'n', text: '秘密' })
    await world.settle()
    expect(posts(world)).toEqual([expect.stringContaining('社外と共有')])
    expect(await outcomes()).toEqual(['parked', 'parked', 'parked', 'posted'])
    expect(world.scope.lines).toContainEqual(
      expect.objectContaining({ level: 'error', data: { hint: expect.stringContaining('SLACK_ALERT_CHANNEL') } })
    )
  })

  it('gets what waited once it is no longer shared, in order', async () => {
    const world = worldWith(1)
    world.fake.setExtShared(world.alerts, true)
    await world.tell('a', CARD, line('一'))
    await world.settle()
    world.fake.setExtShared(world.alerts, false)
    world.nowMs += 61_000
    world.scope.at = new Date(world.scope.at.getTime() + 11 * 60_000)
    await world.settle()
    const card = world.fake.messages(world.alerts).at(-1)
    expect(world.fake.thread(world.alerts, card?.ts ?? '').map(({ text }) => text)).toEqual(['第1版', '一'])
  })
})

describe('answers elsewhere', () => {
  it('go to the thread, or to the one person', async () => {
    const world = slackWorld(db())
    const ts = await world.fake.say(world.aya.id, world.general, '相談です')
    await world.tell('a', { kind: 'reply', channel: world.general, threadTs: ts, text: 'はい' })
    await world.tell('b', {
      kind: 'whisper',
      channel: world.general,
      threadTs: ts,
      userId: world.aya.id,
      text: 'こっそり'
    })
    await world.settle()
    expect(world.fake.thread(world.general, ts).map(({ text }) => text)).toEqual(['相談です', 'はい'])
    expect(world.fake.ephemerals(world.aya.id)).toMatchObject([{ text: 'こっそり', threadTs: ts }])
  })

  it('to someone who has left are dropped', async () => {
    const world = slackWorld(db())
    const ts = await world.fake.say(world.aya.id, world.general, '相談です')
    world.fake.leave(world.general, world.aya.id)
    await world.tell('b', {
      kind: 'whisper',
      channel: world.general,
      threadTs: ts,
      userId: world.aya.id,
      text: 'こっそり'
    })
    await world.settle()
    expect(await outcomes()).toEqual(['not in the channel'])
  })
})

describe('trouble that people must mend', () => {
  it.each([
    ['invalid_auth', 'SLACK_BOT_TOKEN'],
    ['not_in_channel', '/invite'],
    ['missing_scope', 'slack-manifest.yaml']
  ])('%s is tried again, and the log says what to do', async (error, hint) => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'error', error })
    await world.tell('a', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第1版'])
    expect(JSON.stringify(world.scope.lines)).toContain(hint)
  })
})
