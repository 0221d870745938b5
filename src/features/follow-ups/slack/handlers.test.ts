import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../../test/support/follow-up-world.ts'
import { member } from '../../../../test/support/staff-desk.ts'

const db = useDatabase()
const AYA = member('UAYA')
const EMMA = member('UEMMA', { locale: 'en' })
let world: FollowUpWorld
let id: string
let hanako: string

beforeEach(async () => {
  world = followUpWorld(db())
  hanako = await world.customer()
  id = (await world.open(hanako, { score: 3 })).id
})

const record = () => ({ type: 'follow_up', id })
const tags = async () => {
  const rows = await db().prisma.customerTag.findMany({ where: { customerId: hanako }, orderBy: { tag: 'asc' } })
  return rows.map(({ tag }) => tag)
}

describe('menus', () => {
  it('give it to the person chosen, who is named in the thread', async () => {
    await world.desk.click(AYA, 'follow_up.assign', { value: 'UKENTA', blockId: `follow_up:${id}:v1:actions` })
    expect((await world.row(id)).assigneeId).toBe('UKENTA')
    expect((await world.threads()).at(-1)).toBe('👤 <@UAYA> さんが <@UKENTA> さんを担当にしました。')
  })

  it.each([undefined, 'viewer'] as const)('do not give it to somebody whose role is %s', async (role) => {
    world.desk.roles.set('UOUT', role)
    const value = { value: 'UOUT', blockId: `follow_up:${id}:v1:actions` }
    expect((await world.desk.click(EMMA, 'follow_up.assign', value)).whispers[0]?.text).toContain('cannot take')
    const seen = await world.desk.mention(AYA, '担当 <@UOUT>', record())
    expect(seen.whispers[0]?.text).toContain('<@UOUT> さんは担当になれません')
    expect((await world.row(id)).assigneeId).toBeNull()
  })

  it.each([
    ['3h', 3],
    ['3d', 72],
    ['1w', 168],
    ['tomorrow', 23]
  ])('snooze for %s', async (value, hours) => {
    await world.desk.click(AYA, 'follow_up.snooze', { value, blockId: `follow_up:${id}:v1:actions` })
    expect((await world.row(id)).snoozedUntil).toEqual(new Date(world.scope.at.getTime() + hours * 3_600_000))
  })

  it.each([
    ['follow_up.assign', 'UKENTA', 'garbage'],
    ['follow_up.snooze', '3h', 'follow_up:1; DROP TABLE follow_up'],
    ['follow_up.claim', 'garbage', ''],
    ['follow_up.resolve', '0192f000-0000-7000-8000-000000000000', ''],
    ['follow_up.tag', '', '']
  ])('%s on nothing we know is answered kindly', async (actionId, value, blockId) => {
    const seen = await world.desk.click(EMMA, actionId, { value, blockId })
    expect(seen.whispers).toEqual([{ text: expect.stringContaining('could not be found'), blocks: [] }])
  })
})

describe('words in the thread', () => {
  it('do what the buttons do', async () => {
    await world.desk.mention(AYA, '担当', record())
    await world.desk.mention(AYA, 'タグ VIP 予約', record())
    await world.desk.mention(AYA, 'タグ -VIP', record())
    expect(await tags()).toEqual(['予約'])
    const log = await db().prisma.followUpActivity.findMany({ where: { action: 'tag' }, orderBy: { id: 'asc' } })
    expect(log.map(({ detailSealed }) => db().cipher.open('follow_up_activity.detail', detailSealed ?? ''))).toEqual([
      '+VIP +予約',
      '-VIP'
    ])
    await world.desk.mention(AYA, '担当 <@UKENTA>', record())
    await world.desk.mention(EMMA, 'snooze 3d', record())
    expect(await world.row(id)).toMatchObject({ assigneeId: 'UKENTA', snoozedUntil: expect.any(Date) })
    await world.desk.mention(EMMA, 'resolve retained', record())
    await world.desk.mention(AYA, '再オープン', record())
    expect(await world.row(id)).toMatchObject({ resolvedAt: null, assigneeId: 'UKENTA' })
  })

  it('count once when Slack tells them twice', async () => {
    await world.desk.mention(AYA, '担当', record(), 'slack:Ev1')
    const again = await world.desk.mention(AYA, '担当', record(), 'slack:Ev1')
    expect(again.whispers).toEqual([])
    expect((await world.row(id)).version).toBe(2)
  })

  it.each([
    ['ヘルプ', 'このスレッドでできること'],
    ['help', 'このスレッドでできること']
  ])('%s lists what can be said', async (text, answer) => {
    expect((await world.desk.mention(AYA, text, record())).said[0]?.text).toContain(answer)
  })

  it.each([
    ['スヌーズ いつか', '読み取れませんでした'],
    ['スヌーズ 1000d', '90日まで'],
    ['タグ', 'このスレッドでできること'],
    ['タグ -ない', 'すでにその状態です'],
    ['担当 @健太', '候補から選んでください'],
    [`タグ ${'長'.repeat(31)}`, '付けられなかった']
  ])('%s is answered with what to say instead', async (text, answer) => {
    expect((await world.desk.mention(AYA, text, record())).whispers[0]?.text).toContain(answer)
  })

  it('elsewhere than under a card say where to go', async () => {
    expect((await world.desk.mention(EMMA, 'claim', undefined)).whispers[0]?.text).toContain('thread of a follow-up')
  })
})
