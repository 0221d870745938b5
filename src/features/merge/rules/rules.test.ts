import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byColumns, changesOf, type Row } from './changes.ts'
import { chooseSurvivor, type Standing } from './survivor.ts'

describe('what happened to rows', () => {
  const row = fc.record({ id: fc.nat({ max: 5 }), owner: fc.constantFrom('a', 'b'), note: fc.option(fc.string()) })
  const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 6 })

  /** What undoing does to a table, without a database. */
  function leadBack(after: readonly Row[], changes: ReturnType<typeof changesOf>): Row[] {
    const kept = new Map(after.map((each) => [each.id, each]))
    for (const { before, after: later } of changes) {
      if (!before) kept.delete(later?.id)
      else kept.set(before.id, { ...kept.get(before.id), ...before })
    }
    return [...kept.values()].sort((one, other) => Number(one.id) - Number(other.id))
  }

  test('led back by what is remembered, any rows are what they were', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const sorted = [...before].sort((one, other) => one.id - other.id)
        expect(leadBack(after, changesOf(before, after, ['id']))).toEqual(sorted)
      })
    )
  })

  test('of a row that changed only its key and what differs is remembered, of one left alone nothing', () => {
    const before = [
      { id: 1, owner: 'a', note: 'x' },
      { id: 2, owner: 'a', note: 'y' }
    ]
    const after = [{ ...before[0], owner: 'b' }, before[1] ?? {}]
    expect(changesOf(before, after, ['id'])).toEqual([{ before: { id: 1, owner: 'a' }, after: { id: 1, owner: 'b' } }])
  })

  test('rows that changed alike go back together; a counter of looks never goes back', () => {
    const change = (id: number, more: Row) => ({ before: { id, ...more }, after: { id, ...more } })
    const groups = byColumns([change(1, { owner: 'a' }), change(2, { owner: 'b' }), change(3, { version: 4 })], ['id'])
    expect([...groups.values()].map(({ columns, changes }) => [columns, changes.length])).toEqual([[['owner'], 2]])
  })
})

describe('who stays', () => {
  const standing = (id: string, kinds: string[], day: number): Standing => ({
    ...{ id, kinds },
    createdAt: new Date(Date.UTC(2026, 0, day))
  })

  test.each<[string, Standing, Standing]>([
    ['whoever is on LINE', standing('b', ['line'], 9), standing('a', ['pos', 'phone'], 1)],
    ['whoever is known by more than browsers', standing('b', ['pos'], 9), standing('a', ['anonymous'], 1)],
    ['the one known longer', standing('b', ['pos'], 1), standing('a', ['ec'], 2)],
    ['of equals the first id', standing('a', ['pos'], 1), standing('b', ['ec'], 1)]
  ])('%s stays, in whatever order they are named', (_, stays, goes) => {
    expect(chooseSurvivor(stays, goes)).toEqual({ from: goes.id, into: stays.id })
    expect(chooseSurvivor(goes, stays)).toEqual({ from: goes.id, into: stays.id })
  })
})
