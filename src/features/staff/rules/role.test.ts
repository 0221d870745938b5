import { describe, expect, it } from 'vitest'
import { losesLastManager, outsider, type RoleFacts, roleOf } from './role.ts'
import { parseStaffCommand } from './staff-command.ts'

const MEMBER: RoleFacts = {
  ...{ teamId: 'T1', isBot: false, isOwner: false, isAdmin: false },
  ...{ isGuest: false, isStranger: false, deleted: false }
}
const IN = { ourTeamId: 'T1', inAlertChannel: true }
const OUT = { ourTeamId: 'T1', inAlertChannel: false }

describe('what Slack says', () => {
  it.each([
    ['an owner', { isOwner: true }, OUT, 'manager'],
    ['an admin', { isAdmin: true }, OUT, 'manager'],
    ['an admin in the alert channel', { isAdmin: true }, IN, 'manager'],
    ['a member of the alert channel', {}, IN, 'cs'],
    ['any other member', {}, OUT, 'viewer']
  ])('%s', (_who, facts, where, role) => {
    expect(roleOf({ ...MEMBER, ...facts }, where)).toBe(role)
    expect(outsider({ ...MEMBER, ...facts }, where)).toBeUndefined()
  })
  it.each([
    ['a guest, even in the alert channel', { isGuest: true }, 'guest'],
    ['a guest who is called admin', { isGuest: true, isAdmin: true }, 'guest'],
    ['someone met through a shared channel', { isStranger: true }, 'stranger'],
    ['an owner of another workspace', { teamId: 'T2', isOwner: true }, 'stranger'],
    ['a bot', { isBot: true }, 'none'],
    ['somebody who left', { deleted: true, isOwner: true }, 'none']
  ])('%s may do nothing', (_who, facts, why) => {
    expect(outsider({ ...MEMBER, ...facts }, IN)).toBe(why)
  })
})

it.each([
  ['manager', 'cs', 0, true],
  ['manager', 'none', 0, true],
  ['manager', 'cs', 1, false],
  ['manager', 'manager', 0, false],
  ['cs', 'viewer', 0, false]
] as const)('from %s to %s with %d other managers: nobody is left to decide = %s', (from, to, others, loses) => {
  expect(losesLastManager(from, to, others)).toBe(loses)
})

describe('the command', () => {
  it.each([
    ['', { kind: 'list' }],
    [' list ', { kind: 'list' }],
    ['一覧', { kind: 'list' }],
    ['<@U02ABC|aya> cs', { kind: 'set', userId: 'U02ABC', setting: 'cs' }],
    ['<@U02ABC>  NONE', { kind: 'set', userId: 'U02ABC', setting: 'none' }],
    ['<@U02ABC|aya> auto', { kind: 'set', userId: 'U02ABC', setting: 'auto' }]
  ])('reads %j', (text, command) => {
    expect(parseStaffCommand(text)).toEqual(command)
  })
  it.each(['@aya cs', 'aya cs', '<@U02ABC|aya>', '<@U02ABC|aya> owner', '<@U02ABC> cs please', '<!channel> cs'])(
    'takes no typed name for an account: %j',
    (text) => {
      expect(parseStaffCommand(text)).toBeUndefined()
    }
  )
})
