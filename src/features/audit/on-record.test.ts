import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../test/support/follow-up-world.ts'
import { member } from '../../../test/support/staff-desk.ts'
import type { DefinitionKind } from '../../platform/feature.ts'
import type { SlackDirectory, SlackUser } from '../../platform/slack/index.ts'
import { publishFiles } from '../definitions/index.ts'
import { metricsFeature } from '../metrics/index.ts'
import { staffFeature, staffPort } from '../staff/index.ts'

const db = useDatabase()
const AYA = member('UAYA')
const BOSS = member('UBOSS', { role: 'manager' })
const users = new Map<string, SlackUser>()
const directory: SlackDirectory = {
  self: async () => ({ teamId: 'T1', botUserId: 'UBOT' }),
  user: async (id) => users.get(id),
  alertChannelMembers: async () => new Set(),
  channel: async (id) => ({ id, isExtShared: false })
}
let nowMs: number
let world: FollowUpWorld
let hanako: string
let id: string
let number: number

beforeEach(async () => {
  users.clear()
  nowMs = Date.parse('2026-11-21T01:00:00Z')
  world = followUpWorld(db(), [metricsFeature, staffFeature({ directory, nowMs: () => nowMs })])
  hanako = await world.customer()
  const opened = await world.open(hanako, { score: 3 })
  id = opened.id
  number = opened.number
})

function join(userId: string, isAdmin = false): void {
  users.set(userId, {
    ...{ id: userId, name: userId, teamId: 'T1', isBot: false, isOwner: false, isAdmin },
    ...{ isGuest: false, isStranger: false, deleted: false, locale: 'ja-JP' }
  })
}
const check = (userId: string) =>
  staffPort({ directory, nowMs: () => nowMs }).staffOf(world.scope, { userId, teamId: 'T1', channelId: 'C1' })

/** What is on record, oldest first. */
async function entries() {
  const rows = await db().prisma.audit.findMany({ orderBy: { seq: 'asc' } })
  return rows.map((row) => ({
    actor: `${row.actorKind} ${row.actorId}`,
    action: row.action,
    subject: `${row.subjectType} ${row.subjectId}`,
    customerId: row.customerId,
    detail: row.detailSealed && JSON.parse(db().cipher.open('audit.detail', row.detailSealed))
  }))
}
const mention = (text: string, cause?: string) => world.desk.mention(AYA, text, { type: 'follow_up', id }, cause)

describe('what staff do to a follow-up', () => {
  it.each<[string, string, object | null]>([
    ['担当', 'follow_up.claim', null],
    ['担当 <@UKENTA>', 'follow_up.assign', { staff: 'UKENTA' }],
    ['スヌーズ 3h', 'follow_up.snooze', { until: '2026-11-21T04:00:00.000Z' }],
    ['解決 引き留め 電話でお詫び', 'follow_up.resolve', { outcome: 'retained' }],
    ['タグ VIP 予約', 'follow_up.tag', { added: 'VIP 予約', removed: '' }]
  ])('"%s" is on record as %s', async (text, action, detail) => {
    await mention(text)
    const subject = `follow_up ${number}`
    expect(await entries()).toEqual([{ actor: 'staff UAYA', action, subject, customerId: hanako, detail }])
  })

  it('is on record when it is opened again', async () => {
    await mention('解決 引き留め')
    await mention('再オープン')
    expect((await entries()).map(({ action }) => action)).toEqual(['follow_up.resolve', 'follow_up.reopen'])
  })

  it('is on record once, when Slack tells it twice', async () => {
    await mention('担当', 'slack:Ev1')
    await mention('担当', 'slack:Ev1')
    expect(await entries()).toHaveLength(1)
  })

  it('is not on record when it was refused, or changed nothing', async () => {
    await mention('解決 引き留め')
    await mention('担当')
    await mention(`タグ ${'長'.repeat(31)}`)
    expect((await entries()).map(({ action }) => action)).toEqual(['follow_up.resolve'])
  })

  it('is nobody’s doing when the clock does it', async () => {
    world.travel(25)
    await world.fire('overdue', id)
    expect(await entries()).toEqual([])
  })
})

it('who opens a form with a customer’s data is on record', async () => {
  await world.desk.click(AYA, 'follow_up.tag', { value: `follow_up:${id}:v1:actions` })
  expect(await entries()).toEqual([
    {
      ...{ actor: 'staff UAYA', action: 'customer.view', subject: `follow_up ${number}` },
      ...{ customerId: hanako, detail: { view: 'tags' } }
    }
  ])
})

it('a figure is on record with its period; a question that was not understood is none', async () => {
  await world.desk.command(BOSS, '/kpi', '売上 先月')
  await world.desk.command(BOSS, '/kpi', 'nps 先月')
  expect(await entries()).toEqual([
    {
      ...{ actor: 'staff UBOSS', action: 'metric.ask', subject: 'metric nps', customerId: null },
      detail: { from: '2026-10-01', to: '2026-10-31' }
    }
  ])
})

it('a setting is on record with what it was before, once; one that is so already is not', async () => {
  await world.desk.command(BOSS, '/matane settings', 'language en')
  await world.desk.command(BOSS, '/matane settings', 'language en')
  expect(await entries()).toEqual([
    {
      ...{ actor: 'staff UBOSS', action: 'setting.change', subject: 'setting language', customerId: null },
      detail: { before: 'ja', value: 'en' }
    }
  ])
})

describe('roles', () => {
  const role = (before: string, after: string) => ({ before, role: after })

  it('that Slack gives and takes are on record, once each', async () => {
    join('UBOSS', true)
    await check('UBOSS')
    nowMs += 600_000
    await check('UBOSS')
    users.delete('UBOSS')
    join('UBOSS')
    nowMs += 600_000
    await check('UBOSS')
    expect((await entries()).map(({ actor, subject, detail }) => ({ actor, subject, detail }))).toEqual([
      { actor: 'system slack', subject: 'staff UBOSS', detail: role('none', 'manager') },
      { actor: 'system slack', subject: 'staff UBOSS', detail: role('manager', 'viewer') }
    ])
  })

  it('that a manager sets are on record, refused ones are not', async () => {
    join('UBOSS', true)
    join('UAYA')
    await check('UBOSS')
    await check('UAYA')
    await world.desk.command(BOSS, '/matane staff', '<@UBOSS> viewer')
    await world.desk.command(BOSS, '/matane staff', '<@UAYA> cs')
    await world.desk.command(BOSS, '/matane staff', '<@UAYA> auto')
    const set = (await entries()).filter(({ actor }) => actor === 'staff UBOSS')
    expect(set.map(({ action, subject, detail }) => [action, subject, detail])).toEqual([
      ['staff.role', 'staff UAYA', role('viewer', 'cs')],
      ['staff.role', 'staff UAYA', role('cs', 'auto (viewer)')]
    ])
  })
})

it('what is published and retired is on record, what stays the same is not', async () => {
  const kind: DefinitionKind = {
    kind: 'survey',
    files: 'surveys/',
    check: (input) => ({ ok: true, key: 'nps', body: input })
  }
  const publish = (...texts: string[]) =>
    publishFiles(db(), {
      ...{ kinds: [kind], at: world.scope.at, whole: true },
      files: texts.map((text) => ({ path: 'surveys/nps.yaml', text }))
    })
  for (const files of [['a: 1'], ['a: 1'], ['a: 2'], []]) await publish(...files)
  expect((await entries()).map(({ actor, action, subject, detail }) => [actor, action, subject, detail])).toEqual([
    ['system flows', 'definition.publish', 'definition survey nps', { version: 1 }],
    ['system flows', 'definition.publish', 'definition survey nps', { version: 2 }],
    ['system flows', 'definition.retire', 'definition survey nps', null]
  ])
})
