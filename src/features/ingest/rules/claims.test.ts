import { describe, expect, test } from 'vitest'
import { browserClaims, claimsOf, lineFaults } from './claims.ts'

const claims = (given: Record<string, unknown>) => claimsOf(given, 'ec').map(({ kind, value }) => `${kind}:${value}`)
const LINE = `U${'0123456789abcdef'.repeat(2)}`

describe('who a message is about', () => {
  test.each([
    ['an account of the source', { type: 'track', userId: 'a1' }, ['ec:a1']],
    ['an address used as id', { type: 'track', userId: 'a@b.jp' }, ['email:a@b.jp']],
    ['a number', { type: 'track', userId: 7 }, ['ec:7']],
    ['a browser', { type: 'page', userId: null, anonymousId: 'x' }, ['anonymous:x']],
    [
      'traits of an identify',
      { type: 'identify', userId: 'a', traits: { email: 'e', phone: 'p' } },
      ['ec:a', 'email:e', 'phone:p']
    ],
    [
      'traits of the context',
      { type: 'track', anonymousId: 'x', context: { traits: { email: 'e' } } },
      ['email:e', 'anonymous:x']
    ],
    ['traits of a group are those of the group', { type: 'group', userId: 'a', traits: { email: 'e' } }, ['ec:a']],
    ['further ids', { type: 'track', context: { externalIds: [{ id: '9', type: 'pos' }] } }, ['pos:9']],
    ['an alias', { type: 'alias', userId: 'new', previousId: 'old' }, ['ec:new', 'ec:old', 'anonymous:old']],
    ['nobody', { type: 'track' }, []],
    ['hostile shapes', { type: 'identify', traits: 7, context: { traits: [], externalIds: { length: 5 } } }, []]
  ])('%s', (_what, given, expected) => expect(claims(given)).toEqual(expected))

  test('with a key of a browser only the browser is known', () =>
    expect(
      browserClaims({ type: 'track', userId: 'a1', anonymousId: 'x', context: { traits: { email: 'a@b.jp' } } })
    ).toMatchObject([{ kind: 'anonymous', value: 'x' }]))
})

describe('a LINE id that comes from elsewhere is found', () => {
  test.each([
    ['as the id', { type: 'identify', userId: LINE }, 'userId'],
    ['as the id before', { type: 'alias', userId: 'a', previousId: LINE }, 'previousId'],
    ['as a browser', { type: 'track', anonymousId: LINE }, 'anonymousId'],
    [
      'as a further id',
      { type: 'track', context: { externalIds: [{ id: LINE, type: 'app' }] } },
      'context.externalIds.0'
    ],
    ['by its kind', { type: 'track', context: { externalIds: [{ id: 'x', type: 'line' }] } }, 'context.externalIds.0'],
    ['among the traits', { type: 'identify', userId: 'a', traits: { lineUserId: 'x' } }, 'traits.lineUserId'],
    ['among the traits of the context', { type: 'track', context: { traits: { line_id: 'x' } } }, 'traits.line_id']
  ])('%s', (_where, given, field) =>
    expect(lineFaults(given, claimsOf(given, 'ec')).map((fault) => fault.field)).toContain(field)
  )

  test('ids that only look a little like one are none', () => {
    const given = { type: 'identify', userId: 'U0123', traits: { line: '青', lineage: 'x', line_id: null } }
    expect(lineFaults(given, claimsOf(given, 'ec'))).toEqual([])
  })
})
