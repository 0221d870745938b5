import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expire, type Lot, owedOf, settle, spend, takeBack, usable } from './ledger.ts'

const DAY_MS = 86_400_000
const at = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * DAY_MS)

function lot(id: string, points: number, more: Partial<Lot> = {}): Lot {
  return { id, points, remaining: points, owed: 0, expired: 0, earnedAt: at(0), expiresAt: undefined, ...more }
}
const openIn = (lots: readonly Lot[]) => lots.reduce((total, { remaining }) => total + remaining, 0)
const left = (lots: readonly Lot[] | undefined) => lots?.map(({ id, remaining }) => `${id} ${remaining}`)

describe('spending', () => {
  test('takes what ends first, then the older ones, and what never ends last', () => {
    const lots = [
      lot('ever', 10),
      lot('late', 10, { expiresAt: at(9) }),
      lot('young', 10, { expiresAt: at(5), earnedAt: at(1) }),
      lot('old', 10, { expiresAt: at(5) })
    ]
    expect(left(spend(lots, 15))).toEqual(['ever 10', 'late 10', 'young 5', 'old 0'])
    expect(left(spend(lots, 35))).toEqual(['ever 5', 'late 0', 'young 0', 'old 0'])
    expect(spend(lots, 40)?.every(({ remaining }) => remaining === 0)).toBe(true)
  })

  test('takes nothing at all when there are too few', () => {
    expect(spend([lot('a', 10), lot('b', 5)], 16)).toBeUndefined()
    expect(spend([], 1)).toBeUndefined()
  })
})

describe('running out', () => {
  test('counts from its instant on, on record or not, and remembers how many were lost', () => {
    const lots = [lot('a', 10, { remaining: 4, expiresAt: at(5) }), lot('b', 3)]
    const justBefore = new Date(at(5).getTime() - 1)
    expect([usable(lots, justBefore), usable(lots, at(5))]).toEqual([7, 3])
    expect(expire(lots, justBefore)).toEqual(lots)
    expect(expire(lots, at(5))[0]).toMatchObject({ remaining: 0, expired: 4 })
    expect(expire(expire(lots, at(5)), at(6))).toEqual(expire(lots, at(5)))
  })
})

describe('taking back', () => {
  test('goes to its own lot first, then to what ends first; the rest is owed', () => {
    const lots = [lot('own', 10, { remaining: 4, expiresAt: at(9) }), lot('other', 3, { expiresAt: at(1) })]
    expect(left(takeBack(lots, 'own', 3))).toEqual(['own 1', 'other 3'])
    expect(left(takeBack(lots, 'own', 6))).toEqual(['own 0', 'other 1'])
    expect(takeBack(lots, 'own', 10)).toMatchObject([
      { remaining: 0, owed: 3 },
      { remaining: 0, owed: 0 }
    ])
  })

  test('does nothing to lots among which it is not', () => {
    expect(takeBack([lot('a', 10)], 'b', 5)).toEqual([lot('a', 10)])
  })
})

describe('settling', () => {
  test('pays the oldest debt first, as far as it goes', () => {
    const debts = [
      lot('new', 9, { remaining: 0, owed: 9, earnedAt: at(2) }),
      lot('old', 5, { remaining: 0, owed: 5, earnedAt: at(1) })
    ]
    expect(settle([...debts, lot('paid', 7)])).toMatchObject([{ owed: 7 }, { owed: 0 }, { remaining: 0 }])
    expect(settle([...debts, lot('paid', 20)])).toMatchObject([{ owed: 0 }, { owed: 0 }, { remaining: 6 }])
    expect(settle(debts)).toEqual(debts)
  })
})

/** Lots beside the sum of all that came and went. */
interface Model {
  readonly lots: readonly Lot[]
  readonly sum: number
  readonly takenBack: ReadonlyMap<string, number>
}

interface Step {
  readonly what: 'earn' | 'spend' | 'back'
  readonly points: number
  readonly which: number
  readonly days: number
}

function onwards(model: Model, { what, points, which }: Step, { day, index }: { day: number; index: number }): Model {
  const lots = expire(model.lots, at(day))
  const left = { ...model, lots, sum: model.sum - openIn(model.lots) + openIn(lots) }
  if (what === 'earn') {
    const expiresAt = which % 3 === 0 ? undefined : at(day + (which % 7) + 1)
    const all = settle([...lots, lot(`${index}`, points, { earnedAt: at(day), expiresAt })])
    return { ...left, lots: all, sum: left.sum + points }
  }
  if (what === 'spend') {
    const after = spend(lots, points)
    expect(after === undefined).toBe(points > usable(lots, at(day)))
    return after ? { ...left, lots: after, sum: left.sum - points } : left
  }
  return backFrom(left, points, lots[which % Math.max(1, lots.length)])
}

function backFrom(model: Model, points: number, own: Lot | undefined): Model {
  const before = own ? (model.takenBack.get(own.id) ?? 0) : 0
  const back = own ? Math.min(points, own.points - own.expired - before) : 0
  if (!own || back <= 0) return model
  const takenBack = new Map([...model.takenBack, [own.id, before + back]])
  return { lots: takeBack(model.lots, own.id, back), sum: model.sum - back, takenBack }
}

test('whatever happens in whatever order, the sum is what is left less what is owed, and never both', () => {
  const step = fc.record({
    what: fc.constantFrom('earn' as const, 'spend' as const, 'back' as const),
    points: fc.integer({ min: 1, max: 60 }),
    which: fc.nat(20),
    days: fc.integer({ min: 0, max: 4 })
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (plan) => {
      let model: Model = { lots: [], sum: 0, takenBack: new Map() }
      let day = 0
      for (const [index, next] of plan.entries()) {
        day += next.days
        model = onwards(model, next, { day, index })
        const [open, owed] = [openIn(model.lots), owedOf(model.lots)]
        expect([model.sum, Math.min(open, owed)]).toEqual([open - owed, 0])
        expect(model.lots.every((each) => each.remaining >= 0 && each.owed <= each.points)).toBe(true)
      }
    }),
    { numRuns: 300 }
  )
})
