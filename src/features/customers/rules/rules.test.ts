import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphemeCount } from '../../../core/text.ts'
import { type FollowChange, followState } from './follow-state.ts'
import { nameFor } from './name.ts'
import { TAG_MAX_LENGTH, tagName } from './tag.ts'

describe('how a customer is addressed', () => {
  test.each([
    ['ja', '佐藤 花子', '佐藤 花子 様'],
    ['en', 'Emma Wilson', 'Emma Wilson'],
    ['ja', undefined, 'お客様'],
    ['en', undefined, 'Customer'],
    ['ja', '', 'お客様']
  ] as const)('%s %s → %s', (locale, name, expected) => expect(nameFor(locale, name)).toBe(expected))
})

describe('a tag as it is stored', () => {
  test.each([
    ['常連', '常連'],
    ['  #VIP ', 'VIP'],
    ['＃ＶＩＰ', 'VIP'],
    ['a  b\tc', 'a b c'],
    ['##', undefined],
    ['   ', undefined],
    ['', undefined],
    ['a\u0000b', 'ab'],
    ['あ'.repeat(TAG_MAX_LENGTH), 'あ'.repeat(TAG_MAX_LENGTH)],
    ['あ'.repeat(TAG_MAX_LENGTH + 1), undefined]
  ])('%j → %j', (typed, expected) => expect(tagName(typed)).toBe(expected))

  test('whatever is typed, it is short, storable and stays the same when typed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const name = tagName(typed)
        if (name === undefined) return
        expect(graphemeCount(name)).toBeLessThanOrEqual(TAG_MAX_LENGTH)
        expect(name.isWellFormed()).toBe(true)
        expect(name).not.toContain('\u0000')
        expect(tagName(name)).toBe(name)
      })
    )
  })
})

describe('whether messages reach a person', () => {
  const follow = (tellerMs: number): FollowChange => ({ name: 'line.followed', tellerMs })
  const block = (tellerMs: number): FollowChange => ({ name: 'line.unfollowed', tellerMs })

  test.each([
    ['nothing known', [], { blocked: false, returned: false }],
    ['followed', [follow(1)], { blocked: false, returned: false }],
    ['blocked', [follow(1), block(2)], { blocked: true, returned: false }],
    ['came back', [follow(1), block(2), follow(3)], { blocked: false, returned: true }],
    ['an old block told late', [follow(3), block(2)], { blocked: false, returned: true }]
  ])('%s', (_what, changes, expected) => expect(followState(changes)).toEqual(expected))

  test('does not depend on the order in which LINE tells it', () => {
    const changes = fc.uniqueArray(
      fc.record({ tellerMs: fc.nat(), name: fc.constantFrom('line.followed' as const, 'line.unfollowed' as const) }),
      { selector: ({ tellerMs }) => tellerMs }
    )
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.nat()), (told, random) => {
        const shuffled = told.map((change) => ({ change, rank: random.next().value })).sort((a, b) => a.rank - b.rank)
        expect(followState(shuffled.map(({ change }) => change))).toEqual(followState(told))
      })
    )
  })
})
