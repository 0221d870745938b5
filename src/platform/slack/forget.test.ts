import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type SlackWorld, slackWorld } from '../../../test/support/slack-world.ts'
import { forgetRecord, type SlackIntent, section } from './index.ts'

const db = useDatabase()
const record = { type: 'ticket', id: '812' } as const
const CARD: SlackIntent = { kind: 'card', record }
const said = (text: string, toAll = false): SlackIntent => ({ kind: 'thread', record, text, toAll })
let world: SlackWorld

beforeEach(async () => {
  world = slackWorld(db())
  draw(1, '花子さん')
  await world.tell('a', CARD, said('花子さんに電話しました'), said('花子さん、期限です', true))
  await world.settle()
})

function draw(version: number, text: string): void {
  world.tickets.set('812', { version, text, blocks: [section(text, { blockId: '812' })] })
}
/** The record is emptied, and then forgotten in Slack. */
async function forget(cause = 'erase'): Promise<void> {
  draw(2, '消去済み')
  await world.context.perform(cause, (work) => forgetRecord(work, record, '消しました'))
}
const card = () => world.fake.messages(world.alerts)[0]
const thread = () => world.fake.thread(world.alerts, card()?.ts ?? '').map(({ text }) => text)
const everything = () =>
  JSON.stringify([world.fake.messages(world.alerts), world.fake.thread(world.alerts, card()?.ts ?? '')])

describe('a record that is forgotten', () => {
  test('shows as it is now, and all that we said under it says so; in the channel as well', async () => {
    await forget()
    await world.settle()
    expect(card()?.text).toBe('消去済み')
    expect(thread().filter((text) => text === '消しました')).toHaveLength(2)
    expect(everything()).not.toContain('花子')
  })

  test('keeps what staff said to each other: nobody but they can change it', async () => {
    await world.fake.say(world.aya.id, world.alerts, '承知しました', card()?.ts)
    await forget()
    await world.settle()
    expect(thread()).toContain('承知しました')
  })

  test('says nothing any more that was waiting, and sends no words that were kept', async () => {
    await world.tell('late', said('花子さんからの伝言'), CARD)
    await forget()
    await world.settle()
    expect(everything()).not.toContain('花子')
    const rows = await db().prisma.outbox.findMany({ orderBy: { seq: 'asc' } })
    expect(rows.map(({ outcome, payloadSealed }) => [outcome, payloadSealed === ''])).toEqual([
      ...['posted', 'posted', 'posted', 'dropped', 'dropped'].map((outcome) => [outcome, true]),
      ['forgotten', false]
    ])
  })

  test('forgets what staff told the bot in its thread', async () => {
    await world.fake.mention(world.aya.id, world.alerts, '花子さんのことで', card()?.ts)
    await world.settle()
    await forget()
    expect(await db().prisma.inbox.findMany({ where: { source: 'slack' } })).toMatchObject([
      { bodySealed: '', key: 'erased' }
    ])
  })

  test('goes on where it was interrupted, and does nothing twice', async () => {
    world.fake.faults.failNext('chat.update', { kind: 'lose_answer' })
    await forget()
    await world.settle()
    expect(everything()).not.toContain('花子')
    const updates = () => world.fake.calls().filter(({ name }) => name === 'chat.update').length
    const before = updates()
    await forget('again')
    await world.settle()
    // The card itself is drawn again; what stands under it says so already.
    expect(updates()).toBe(before + 1)
  })

  test('takes messages away where old ones cannot be changed', async () => {
    world.fake.faults.failNext('chat.update', { kind: 'error', error: 'edit_window_closed' }, 3)
    await forget()
    await world.settle()
    expect(everything()).not.toContain('花子')
  })

  test('was deleted with its thread by somebody: there is nothing left to do', async () => {
    world.fake.faults.failNext('conversations.replies', { kind: 'error', error: 'thread_not_found' })
    await forget()
    await world.settle()
    expect((await db().prisma.outbox.findFirstOrThrow({ orderBy: { seq: 'desc' } })).outcome).toBe('forgotten')
  })
})

test('a record that was never shown stays unseen', async () => {
  await world.context.perform('erase', (work) => forgetRecord(work, { type: 'ticket', id: '1' }, '消しました'))
  await world.settle()
  expect((await db().prisma.outbox.findFirstOrThrow({ orderBy: { seq: 'desc' } })).outcome).toBe('never shown')
  expect(world.fake.messages(world.alerts).filter(({ threadTs }) => !threadTs)).toHaveLength(1)
})
