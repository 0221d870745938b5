import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ArmCount, armOf, compareArms, factsOf, HOLDOUT, isEven, sharesOf } from './experiment.ts'
import { experimentFaults } from './experiment-faults.ts'
import { Flow } from './schema.ts'

const people = Array.from({ length: 4000 }, (_, at) => `customer-${at}`)
const armsOf = (flow: Parameters<typeof armOf>[0]) => people.map((person) => armOf(flow, person))
const share = (arms: readonly string[], arm: string) => arms.filter((each) => each === arm).length / arms.length

describe('the arm of a customer', () => {
  test('is one in ten the holdout, and the variants by their weights', () => {
    const arms = armsOf({ id: 'win_back', holdout: 0.1, variants: { short: 1, long: 3 } })
    expect(share(arms, HOLDOUT)).toBeCloseTo(0.1, 1)
    expect(share(arms, 'short')).toBeCloseTo(0.225, 1)
    expect(share(arms, 'long')).toBeCloseTo(0.675, 1)
  })

  test('is none without an experiment', () => {
    expect(new Set(armsOf({ id: 'plain' }))).toEqual(new Set(['']))
  })

  test('is the same in whatever order the variants are written', () => {
    expect(armsOf({ id: 'f', variants: { b: 1, a: 2 } })).toEqual(armsOf({ id: 'f', variants: { a: 2, b: 1 } }))
  })

  test('of two flows has nothing to do with one another', () => {
    const [one, other] = [armsOf({ id: 'one', holdout: 0.5 }), armsOf({ id: 'other', holdout: 0.5 })]
    const both = one.filter((arm, at) => arm === HOLDOUT && other[at] === HOLDOUT)
    expect(both.length / people.length).toBeCloseTo(0.25, 1)
  })

  test('stays when the holdout grows, but for those who join it', () => {
    const variants = { a: 1, b: 1, c: 1 }
    const [small, large] = [0.1, 0.3].map((holdout) => armsOf({ id: 'f', holdout, variants }))
    const moved = small?.filter((arm, at) => large?.[at] !== arm && large?.[at] !== HOLDOUT)
    expect(moved).toEqual([])
  })

  test('is always one that has a share', () => {
    const weights = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.integer({ min: 1, max: 9 }), { maxKeys: 5 })
    const holdouts = fc.double({ min: 0.01, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(weights, holdouts, fc.uuid(), (variants, holdout, person) => {
        const flow = { id: 'f', holdout, variants }
        expect([...sharesOf(flow).keys()]).toContain(armOf(flow, person))
        expect([...sharesOf(flow).values()].reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9)
      })
    )
  })

  test('is known to the run only where it is a variant', () => {
    expect([factsOf(''), factsOf(HOLDOUT), factsOf('short')]).toEqual([{}, {}, { variant: 'short' }])
  })
})

const count = (arm: string, entered: number, reached: number): ArmCount => ({ arm, entered, reached })

describe('a comparison', () => {
  test('is with those who got nothing', () => {
    const [one] = compareArms([count('', 80, 56), count(HOLDOUT, 100, 50)])
    expect(one).toMatchObject({ arm: '', against: HOLDOUT, difference: expect.closeTo(0.2, 9) })
    expect(one && one.interval.low > 0).toBe(true)
  })

  test('is with the first variant where everybody gets something', () => {
    const compared = compareArms([count('b', 10, 5), count('a', 10, 5), count('c', 10, 6)])
    expect(compared.map(({ arm, against }) => `${arm} ${against}`)).toEqual(['b a', 'c a'])
  })

  test.each([[[]], [[count('a', 5, 1)]], [[count('', 5, 1), count(HOLDOUT, 0, 0)]]])('of %j is none', (counts) => {
    expect(compareArms(counts)).toEqual([])
  })
})

describe('the shares of those who entered', () => {
  const halves = { id: 'f', variants: { a: 1, b: 1 } }
  test.each([
    ['exactly even', [count('a', 500, 0), count('b', 500, 0)], true],
    ['within chance', [count('a', 530, 0), count('b', 470, 0)], true],
    // χ² = 11.2 against 10.83
    ['beyond chance', [count('a', 553, 0), count('b', 447, 0)], false],
    ['of one arm only', [count('a', 100, 0)], false],
    ['of too few to say', [count('a', 8, 0)], true],
    ['beside an arm of an older version', [count('a', 500, 0), count('b', 500, 0), count('old', 900, 0)], true]
  ])('%s', (_, counts, even) => expect(isEven(halves, counts)).toBe(even))
})

describe('faults', () => {
  const goal = { event: 'visit', within: '30d' }
  const hello = { id: 'hello', do: 'say', text: { ja: 'あ', en: 'a' } }
  const split = { id: 'split', do: 'branch', next: [{ when: { variant: 'a' }, to: 'exit' }, { to: 'hello' }] }
  const faultsOf = (more: object) => {
    const base = { id: 'f', kind: 'scenario', consent: 'marketing', trigger: { event: 'visit' }, steps: [split, hello] }
    return experimentFaults(Flow.parse({ ...base, ...more })).map(
      ({ path, message }) => `${path.join('.')}: ${message}`
    )
  }

  test.each([
    ['a holdout and variants', { goal, holdout: 0.1, variants: { a: 1, b: 2 } }],
    ['a goal alone', { goal, steps: [hello] }],
    ['nothing', { steps: [hello] }]
  ])('%s: none', (_, more) => expect(faultsOf(more)).toEqual([]))

  test.each([
    ['a holdout without a goal', { holdout: 0.1 }, 'holdout: nothing says what to compare by'],
    ['variants without a goal', { variants: { a: 1, b: 1 } }, 'variants: nothing says what to compare by'],
    ['one variant', { goal, variants: { a: 1 } }, 'variants: name two variants at least'],
    ['a variant called holdout', { goal, variants: { a: 1, holdout: 1 } }, 'variants.holdout: "holdout" is for those'],
    ['variants that nobody asks for', { goal, variants: { a: 1, b: 1 }, steps: [hello] }, 'variants: every variant'],
    [
      'a step of that name',
      { goal, variants: { a: 1, b: 1 }, steps: [split, { ...hello, id: 'variant' }] },
      'steps.1.id: conditions ask'
    ]
  ])('%s', (_, more, fault) => expect(faultsOf(more)).toEqual([expect.stringContaining(fault)]))

  test.each([{ holdout: 0.6 }, { holdout: 0 }, { variants: { a: 0 } }, { variants: { A: 1 } }])(
    'the format does not take %j',
    (more) => expect(() => faultsOf(more)).toThrow()
  )
})
