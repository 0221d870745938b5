import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../test/support/follow-up-world.ts'
import { member } from '../../../test/support/staff-desk.ts'

const db = useDatabase()
const AYA = member('UAYA')
let world: FollowUpWorld
let hanako: string

beforeEach(async () => {
  world = followUpWorld(db())
  hanako = await world.customer()
})

describe('openFollowUp', () => {
  it('opens one, and a second reason joins it', async () => {
    const first = await world.open(hanako, { score: 3 })
    const second = await world.open(hanako, { words: '予約が取れない' })
    expect(first).toMatchObject({ how: 'opened' })
    expect(second).toEqual({ ...first, how: 'added' })
    expect(await db().prisma.followUp.count()).toBe(1)
    expect((await world.row(first.id)).version).toBe(2)
  })

  it('opens one for each customer', async () => {
    const kens = await world.open(await world.customer('田中 健'))
    expect((await world.open(hanako)).id).not.toBe(kens.id)
  })

  it('does nothing a second time for the same cause', async () => {
    const first = await world.open(hanako, { cause: 'line:same', score: 3 })
    const again = await world.open(hanako, { cause: 'line:same', score: 3 })
    expect(again).toEqual({ ...first, how: 'known' })
    expect((await world.row(first.id)).version).toBe(1)
    expect(await db().prisma.followUpReason.count()).toBe(1)
  })

  it('keeps the cause known after the follow-up was resolved: a late redelivery opens nothing', async () => {
    const { id } = await world.open(hanako, { cause: 'line:same' })
    await world.desk.mention(AYA, '解決 誤検知', { type: 'follow_up', id })
    expect(await world.open(hanako, { cause: 'line:same' })).toMatchObject({ id, how: 'known' })
    expect(await db().prisma.followUp.count({ where: { resolvedAt: null } })).toBe(0)
  })

  it('opens a new one for a new reason after the last was resolved', async () => {
    const { id } = await world.open(hanako)
    await world.desk.mention(AYA, '解決', { type: 'follow_up', id })
    expect(await world.open(hanako)).toMatchObject({ how: 'opened' })
  })

  it('makes one out of many that come at the same moment', async () => {
    const opened = await Promise.all(Array.from({ length: 12 }, (_, index) => world.open(hanako, { score: index % 7 })))
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
    expect(opened.filter(({ how }) => how === 'opened')).toHaveLength(1)
    expect((await world.row(opened[0]?.id ?? '')).version).toBe(12)
  })

  it('keeps words sealed, and out of the thread and the facts', async () => {
    await world.open(hanako, { words: '店長の態度が失礼' })
    await world.open(hanako, { words: '予約も取れない' })
    const stored = JSON.stringify([
      await db().prisma.followUpReason.findMany(),
      await db().prisma.followUpActivity.findMany(),
      await db().prisma.event.findMany(),
      await world.desk.intents()
    ])
    expect(stored).not.toContain('失礼')
    expect(stored).not.toContain('予約')
  })

  it('is urgent when the words say that the customer wants to leave, whatever the flow thought', async () => {
    const { id } = await world.open(hanako, { kind: 'flow', priority: 'normal', words: '解約したいです' })
    expect((await world.row(id)).priority).toBe('high')
    expect(await world.cardText(id)).toContain('解約・退会のご意向')
  })

  it('brings the earlier of two deadlines', async () => {
    const { id } = await world.open(hanako, { priority: 'normal', due: '3d' })
    await world.open(hanako, { due: '2h' })
    expect((await world.row(id)).dueAt).toEqual(new Date(world.scope.at.getTime() + 7_200_000))
    await world.open(hanako, { due: '5d' })
    expect((await world.row(id)).dueAt).toEqual(new Date(world.scope.at.getTime() + 7_200_000))
  })

  it('tells the team of a joined reason in the thread, and shows the card each time', async () => {
    await world.open(hanako, { score: 3 })
    await world.open(hanako, { kind: 'consult' })
    const kinds = (await world.desk.intents()).map(({ kind }) => kind)
    expect(kinds).toEqual(['card', 'card', 'thread'])
    expect(await world.threads()).toEqual([expect.stringContaining('スタッフへの相談')])
  })

  it('says of the words after a score that the customer explained it, never the words', async () => {
    await world.open(hanako, { score: 3 })
    await world.open(hanako, { words: '混んでいた' })
    expect(await world.threads()).toEqual([expect.stringMatching(/評価の理由を書いてくださいました(?!.*混んでいた)/)])
  })

  it('records that it was opened, for later learning', async () => {
    await world.open(hanako)
    await world.open(hanako)
    expect(await db().prisma.event.findMany()).toMatchObject([
      { name: 'follow_up.opened', properties: { kind: 'nps', priority: 'high' } }
    ])
  })
})

describe('the clock', () => {
  it('reminds once when nobody has answered by the deadline', async () => {
    const { id } = await world.open(hanako)
    world.travel(23)
    await world.fire('overdue', id)
    expect(await world.threads()).toEqual([])
    world.travel(1)
    await world.fire('overdue', id)
    await world.fire('overdue', id)
    expect(await world.threads()).toEqual([expect.stringContaining('期限を過ぎました')])
    expect(await world.cardText(id)).toContain('期限超過')
  })

  it('does not remind of what somebody has taken', async () => {
    const { id } = await world.open(hanako)
    await world.desk.click(AYA, 'follow_up.claim', { value: id })
    expect(await db().prisma.timer.count()).toBe(0)
  })

  it('lets a timer that is no longer true change nothing', async () => {
    const { id } = await world.open(hanako)
    await world.desk.mention(AYA, 'スヌーズ 3h', { type: 'follow_up', id })
    const stale = await db().prisma.timer.findUniqueOrThrow({ where: { name: `follow_up.wake:${id}` } })
    await world.desk.mention(AYA, 'スヌーズ 3d', { type: 'follow_up', id })
    await db().prisma.timer.update({ where: { name: stale.name }, data: { dueAt: stale.dueAt } })
    world.travel(3)
    await world.fire('wake', id)
    expect((await world.row(id)).snoozedUntil).not.toBeNull()
  })
})
