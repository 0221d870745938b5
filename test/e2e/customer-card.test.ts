import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(async () => {
  actors = actorsOf(world())
  await actors.hanako.follow()
  await actors.hanako.say('解約したい')
}, 30_000)

const slack = () => world().sandbox.fakes.slack
/** Slack names blocks anew each time. */
const modalOf = (userId: string) =>
  JSON.stringify(
    slack()
      .modal(userId)
      .map(({ view }) => view.blocks)
  ).replaceAll(/"block_id":"\w+",/g, '')

async function clickInModal(userId: string, actionId: string): Promise<void> {
  await slack().clickInModal(userId, { actionId })
  await world().settle()
}

test('from the alert to the card, a tag from there, and back to the card that has it', async () => {
  const { aya } = actors
  await aya.click('customer.card')
  expect(modalOf(aya.id)).toContain('佐藤 花子 様')
  expect(modalOf(aya.id)).toContain('✅ LINEで届きます')
  expect(modalOf(aya.id)).toContain('💚 LINEの友だち追加')
  await clickInModal(aya.id, 'customer.tag')
  expect(await aya.submit({ new_tags: '席が希望' })).toMatchObject({ ok: true })
  expect(slack().modal(aya.id)).toHaveLength(1)
  expect(modalOf(aya.id)).toContain('`席が希望`')
  await world().settle()
  expect(aya.cardText()).toContain('`席が希望`')
})

test('found by name, leafed through, and closed to guests', async () => {
  const { aya, manager, guest } = actors
  const { id: customerId } = await db().prisma.customer.findFirstOrThrow()
  const visit = { customerId, name: 'visit', source: 'test', at: new Date('2026-01-10T03:00:00Z') }
  await db().prisma.event.createMany({
    data: Array.from({ length: 12 }, (_, n) => ({ ...visit, sourceId: `visit ${n}` }))
  })
  await manager.command('/matane', 'customer 佐藤花子')
  const first = modalOf(manager.id)
  expect(first).toContain('以前の記録')
  await clickInModal(manager.id, 'customer.older')
  expect(modalOf(manager.id)).not.toBe(first)
  await clickInModal(manager.id, 'customer.newest')
  expect(modalOf(manager.id)).toBe(first)
  await aya.command('/matane', 'customer 山田')
  expect(aya.whispers().at(-1)).toContain('見つかりませんでした')
  const alert = aya.cards().at(-1)?.ts ?? ''
  const { alertChannel: channel } = world().sandbox.slack
  await expect(slack().click(guest.id, { channel, ts: alert, actionId: 'customer.card' })).rejects.toThrow(/cannot see/)
  expect(slack().modal(guest.id)).toEqual([])
})

test('an alert channel that outsiders can read by now shows no cards, not even the next page', async () => {
  const { aya } = actors
  await aya.click('customer.card')
  const { alertChannel } = world().sandbox.slack
  slack().setExtShared(alertChannel, true)
  await aya.mention('お客様')
  expect(aya.whispers().at(-1)).toContain('社外')
})

test('in the thread the word for it offers the card', async () => {
  const { aya } = actors
  await aya.mention('お客様')
  const whisper = slack().ephemerals(aya.id).at(-1)
  expect(whisper?.text).toContain('佐藤 花子 様')
  const { alertChannel: channel } = world().sandbox.slack
  await slack().click(aya.id, { channel, ts: whisper?.ts ?? '', actionId: 'customer.card' })
  await world().settle()
  expect(modalOf(aya.id)).toContain('佐藤 花子 様')
})
