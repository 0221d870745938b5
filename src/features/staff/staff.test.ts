import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type TestScope, testScope } from '../../../test/support/queue.ts'
import { member, type StaffDesk, staffDesk } from '../../../test/support/staff-desk.ts'
import type { SlackDirectory, SlackUser } from '../../platform/slack/index.ts'
import { checkStaff } from './check-staff.ts'
import { staffFeature, staffPort } from './index.ts'
import { setRole } from './set-role.ts'

const db = useDatabase()
const MINUTE_MS = 60_000
/** The workspace as the tests make it. */
const users = new Map<string, SlackUser>()
const inAlertChannel = new Set<string>()
let nowMs: number
let asked: number
let scope: TestScope
let desk: StaffDesk

const directory: SlackDirectory = {
  self: async () => ({ teamId: 'T1', botUserId: 'UBOT' }),
  user: async (id) => {
    asked += 1
    return users.get(id)
  },
  alertChannelMembers: async () => inAlertChannel,
  channel: async (id) => ({ id, isExtShared: false })
}
const deps = { directory, nowMs: () => nowMs }

beforeEach(() => {
  users.clear()
  inAlertChannel.clear()
  nowMs = Date.parse('2026-11-21T01:00:00Z')
  asked = 0
  scope = testScope(db())
  desk = staffDesk(scope, [staffFeature(deps)])
  join('UBOSS', { name: '店長', isAdmin: true })
  join('UAYA', { name: '彩' })
  inAlertChannel.add('UAYA')
})

function join(id: string, more: Partial<SlackUser> = {}): void {
  users.set(id, {
    ...{ id, name: id, teamId: 'T1', isBot: false, isOwner: false, isAdmin: false },
    ...{ isGuest: false, isStranger: false, deleted: false, locale: 'ja-JP' },
    ...more
  })
}
const who = (userId: string) => staffPort(deps).staffOf(scope, { userId, teamId: 'T1', channelId: 'C1' })
const roleOf = async (userId: string) => {
  const found = await who(userId)
  return 'denied' in found ? found : found.role
}
const BOSS = member('UBOSS', { role: 'manager' })
const set = (text: string, by = BOSS) => desk.command(by, '/matane staff', text)

describe('who may do what', () => {
  it('is what Slack says, in the person’s own language', async () => {
    join('UEMMA', { name: 'Emma', locale: 'en-US' })
    expect(await who('UBOSS')).toEqual({ id: 'UBOSS', name: '店長', role: 'manager', locale: 'ja' })
    expect(await roleOf('UAYA')).toBe('cs')
    expect(await who('UEMMA')).toMatchObject({ role: 'viewer', locale: 'en' })
  })

  it('is asked again after ten minutes, and not before', async () => {
    await who('UAYA')
    inAlertChannel.delete('UAYA')
    nowMs += 9 * MINUTE_MS
    expect(await roleOf('UAYA')).toBe('cs')
    expect(asked).toBe(1)
    nowMs += MINUTE_MS
    expect(await roleOf('UAYA')).toBe('viewer')
  })

  it.each([
    ['guest', { isGuest: true }],
    ['stranger', { isStranger: true }],
    ['stranger', { teamId: 'T2' }],
    ['none', { isBot: true }],
    ['none', { deleted: true }]
  ] as const)('is nothing for outsiders (%s), who are not kept in the list', async (denied, facts) => {
    join('UOUT', facts)
    inAlertChannel.add('UOUT')
    expect(await roleOf('UOUT')).toEqual({ denied })
    expect(await db().prisma.staff.count()).toBe(0)
  })

  it('is nothing for an account Slack does not know', async () => {
    expect(await roleOf('UNOBODY')).toEqual({ denied: 'none' })
  })

  it('follows a person who becomes a guest, and what was set by hand does not come back', async () => {
    await who('UBOSS')
    await set('<@UAYA> manager')
    join('UAYA', { isGuest: true })
    nowMs += 10 * MINUTE_MS
    expect(await roleOf('UAYA')).toEqual({ denied: 'guest' })
    join('UAYA')
    nowMs += 10 * MINUTE_MS
    expect(await roleOf('UAYA')).toBe('cs')
  })

  it('is asked at once again for those who had nothing', async () => {
    await who('UBOSS')
    await set('<@UAYA> none')
    expect(await roleOf('UAYA')).toEqual({ denied: 'none' })
    await set('<@UAYA> cs')
    expect(await roleOf('UAYA')).toBe('cs')
  })
})

describe('/matane staff', () => {
  beforeEach(async () => {
    await who('UBOSS')
    await who('UAYA')
  })

  it('lists the alert channel from the first day', async () => {
    const seen = await set('')
    const text = JSON.stringify(seen.whispers[0]?.blocks)
    expect(text).toContain('店長 — *マネージャー*')
    expect(text).toContain('彩 — *CS担当*')
  })

  it('fixes a role by hand, whatever Slack says later, until it is set to auto', async () => {
    const seen = await set('<@UAYA|aya> manager')
    expect(seen.whispers[0]?.text).toBe('<@UAYA> さんの役割を「マネージャー」にしました。')
    inAlertChannel.delete('UAYA')
    nowMs += 60 * MINUTE_MS
    expect(await roleOf('UAYA')).toBe('manager')
    await set('<@UAYA> auto')
    expect(await roleOf('UAYA')).toBe('viewer')
  })

  it('is for managers, checked again when the change is made', async () => {
    const seen = await set('<@UAYA> manager', member('UAYA'))
    expect(seen.whispers[0]?.text).toContain('マネージャーだけです')
    const pretender = member('UAYA', { role: 'manager' })
    await who('UAYA')
    expect((await set('<@UAYA> manager', pretender)).whispers[0]?.text).toContain('マネージャーだけです')
    expect(await roleOf('UAYA')).toBe('cs')
  })

  it('never makes a guest anything', async () => {
    join('UGUEST', { isGuest: true })
    expect((await set('<@UGUEST> cs')).whispers[0]?.text).toContain('ゲスト')
    expect(await roleOf('UGUEST')).toEqual({ denied: 'guest' })
  })

  it('keeps the last manager', async () => {
    expect((await set('<@UBOSS> viewer')).whispers[0]?.text).toContain('マネージャーがいなくなって')
    expect(await roleOf('UBOSS')).toBe('manager')
    await set('<@UAYA> manager')
    await set('<@UBOSS> viewer')
    expect(await roleOf('UBOSS')).toBe('viewer')
  })

  it('keeps one of two managers who demote each other at the same moment, every time', async () => {
    const account = async (id: string) => {
      const found = await checkStaff(scope, deps, id)
      if ('denied' in found) throw new Error(found.denied)
      return found
    }
    for (let round = 0; round < 8; round += 1) {
      for (const id of ['UAYA', 'UBOSS'])
        await db().prisma.staff.update({ where: { id }, data: { role: 'manager', roleSetBy: 'UBOSS' } })
      const [aya, boss] = [await account('UAYA'), await account('UBOSS')]
      const demote = (target: typeof aya, by: typeof aya) =>
        desk.perform(`slack:${round}:${by.id}`, (work) =>
          setRole(work, { target, by: by.id, fromSlack: 'viewer', setting: 'cs' })
        )
      const results = await Promise.all([demote(aya, boss), demote(boss, aya)])
      expect(results.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await db().prisma.staff.count({ where: { role: 'manager' } })).toBe(1)
    }
  })

  it('says how it is used when it cannot read', async () => {
    expect((await set('aya をマネージャーに')).whispers[0]?.text).toContain('使い方')
  })

  it('shows names that want to be markup as they are', async () => {
    join('UEVIL', { name: '<!channel>' })
    inAlertChannel.add('UEVIL')
    expect(JSON.stringify((await set('')).whispers)).not.toContain('<!channel>')
  })
})
