import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type SlackWorld, slackWorld } from '../../../test/support/slack-world.ts'
import type { Card, SlackIntent } from './index.ts'
import { section } from './index.ts'

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

describe('an answer that was lost', () => {
  it('to a card leads to one card, which then shows the newest look', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    world.fake.onChange(() => world.tickets.set('812', look(2)))
    await world.tell('a', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第2版'])
    expect(called(world, 'chat.postMessage')).toHaveLength(1)
  })

  it.each(['notice', 'thread'] as const)('to a %s leads to one message', async (kind) => {
    const world = worldWith(1)
    await world.tell('opened', CARD)
    await world.settle()
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    await world.tell('a', kind === 'notice' ? { kind, name: 'quota:2026-11', text: '一度だけ' } : line('一度だけ'))
    await world.settle()
    const [card] = world.fake.messages(world.alerts)
    const all = [...world.fake.messages(world.alerts), ...world.fake.thread(world.alerts, card?.ts ?? '')]
    expect(all.filter(({ text }) => text === '一度だけ')).toHaveLength(1)
    expect((await outcomes()).at(-1)).toBe('posted')
  })

  it('to an update is harmless', async () => {
    const world = worldWith(1)
    await world.tell('a', CARD)
    await world.settle()
    world.tickets.set('812', look(2))
    world.fake.faults.failNext('chat.update', { kind: 'lose_answer' })
    await world.tell('b', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第2版'])
  })

  it('from a gateway in front of Slack (502) counts as lost, too', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'status', status: 502 })
    await world.tell('a', CARD)
    await world.settle()
    expect(called(world, 'conversations.history')).toHaveLength(1)
    expect(posts(world)).toEqual(['第1版'])
  })

  it('is found again among more messages than one page holds', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    world.fake.faults.failNext('conversations.history', { kind: 'status', status: 500 }, 1)
    await world.tell('a', CARD)
    for (let count = 0; count < 250; count += 1) await world.fake.say(world.owner.id, world.alerts, `雑談${count}`)
    await world.settle()
    expect(posts(world).filter((text) => text === '第1版')).toHaveLength(1)
    expect(called(world, 'chat.postMessage')).toHaveLength(1)
  })

  it('does not stop a message that never arrived', async () => {
    const world = worldWith(1)
    world.fake.faults.failNext('chat.postMessage', { kind: 'status', status: 500 }, 2)
    await world.tell('a', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第1版'])
  })

  it('of a deleted card posted again leads to one new card', async () => {
    const world = worldWith(1)
    await world.tell('a', CARD)
    await world.settle()
    world.fake.deleteMessage(world.alerts, world.fake.messages(world.alerts)[0]?.ts ?? '')
    world.tickets.set('812', look(2))
    world.fake.faults.failNext('chat.postMessage', { kind: 'lose_answer' })
    await world.tell('b', CARD)
    await world.settle()
    expect(posts(world)).toEqual(['第2版'])
    expect(called(world, 'chat.postMessage')).toHaveLength(2)
  })
})
