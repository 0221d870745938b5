import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../../../core/time.ts'
import {
  expectedGapDays,
  loyalDays,
  nextUsual,
  STAGES,
  type Subscription,
  subscriptionStage,
  type Usual,
  visitStage
} from './stage.ts'

const today = '2026-11-21'
const ago = (days: number) => addDays(today, -days)
const monthly: Usual = { gapDays: 30 }

/** A life with these gaps between active days, and silent since so many days. */
function life(gaps: readonly number[], silentDays: number) {
  const sum = gaps.reduce((total, gap) => total + gap, 0)
  return {
    activeDays: gaps.length + 1,
    lastDay: ago(silentDays),
    gapMeanDays: gaps.length > 0 ? sum / gaps.length : undefined,
    lastGapDays: gaps.at(-1)
  }
}
const stageAfter = (gaps: readonly number[], silentDays: number, usual = monthly) =>
  visitStage(life(gaps, silentDays), usual, today)

describe('the stage of somebody without a contract', () => {
  test.each([
    ['came once, lately', [], 0, 'new'],
    ['came once, 45 days ago', [], 45, 'new'],
    ['came once, 46 days ago', [], 46, 'slipping'],
    ['came once, 91 days ago', [], 91, 'dormant'],
    ['came once, 181 days ago', [], 181, 'lost'],
    ['came twice', [30], 10, 'onboarding'],
    ['came three times', [30, 30], 10, 'onboarding'],
    ['came four times', [30, 30, 30], 10, 'active'],
    ['came a year long', Array<number>(11).fill(30), 10, 'loyal'],
    ['comes each week, silent for 3 weeks', Array<number>(30).fill(7), 21, 'slipping'],
    ['comes each quarter, silent for 3 weeks', Array<number>(11).fill(90), 21, 'loyal'],
    ['came again after half a year', [30, 30, 30, 180], 3, 'returned'],
    ['came again, and then as ever', [30, 30, 30, 180, 30], 3, 'active'],
    ['came again, and stays away', [30, 30, 30, 180], 120, 'slipping']
  ] as const)('%s: %#', (_what, gaps, silent, stage) => expect(stageAfter(gaps, silent).stage).toBe(stage))

  test('adapts to what is usual at the business', () => {
    expect(stageAfter([], 20, { gapDays: 7 }).stage).toBe('slipping')
    expect(stageAfter([], 20, { gapDays: 90 }).stage).toBe('new')
    expect([7, 30, 60, 365].map((gapDays) => loyalDays({ gapDays }))).toEqual([12, 12, 6, 4])
  })

  test('begins and ends on the days it says', () => {
    expect(stageAfter([], 50)).toEqual({ stage: 'slipping', since: ago(4), nextOn: addDays(ago(50), 91) })
    expect(stageAfter([], 500).nextOn).toBeUndefined()
  })

  const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 15 })
  const usual = fc.record({ gapDays: fc.double({ min: 1, max: 300, noNaN: true }) })

  test('is always one, and stays exactly until the day on which the next one is due', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: -1, max: 3000 }), usual, (list, silent, known) => {
        const span = stageAfter(list, silent, known)
        expect(STAGES).toContain(span.stage)
        if (span.nextOn === undefined) return
        const rhythm = life(list, silent)
        expect(visitStage(rhythm, known, addDays(span.nextOn, -1)).stage).toBe(span.stage)
        expect(visitStage(rhythm, known, span.nextOn)).toMatchObject({ since: span.nextOn })
        expect(visitStage(rhythm, known, span.nextOn).stage).not.toBe(span.stage)
      })
    )
  })

  test('who is expected later is never called silent earlier', () => {
    fc.assert(
      fc.property(gaps, usual, (list, known) => {
        const gap = expectedGapDays(life(list, 0), known)
        expect(gap).toBeGreaterThanOrEqual(7)
        expect(gap).toBeLessThanOrEqual(365)
        expect(stageAfter(list, Math.floor(gap * 1.5), known).stage).not.toMatch(/slipping|dormant|lost/)
      })
    )
  })
})

describe('the stage of a subscriber', () => {
  const begun = (days: number, more: Partial<Subscription> = {}): Subscription => {
    return { firstOn: ago(days), failedOn: undefined, restartedOn: undefined, endedOn: undefined, ...more }
  }
  test.each([
    ['just begun', begun(0), 'new', 14],
    ['two weeks', begun(14), 'onboarding', 46],
    ['two months', begun(60), 'active', 305],
    ['a year', begun(365), 'loyal', undefined],
    ['a payment failed', begun(100, { failedOn: ago(2) }), 'slipping', 12],
    ['unpaid for two weeks', begun(100, { failedOn: ago(14) }), 'dormant', undefined],
    ['ended', begun(100, { endedOn: ago(2) }), 'lost', undefined],
    ['began again', begun(100, { restartedOn: ago(2) }), 'returned', 28],
    ['began again a month ago', begun(100, { restartedOn: ago(30) }), 'active', 265]
  ] as const)('%s', (_what, subscription, stage, inDays) => {
    const span = subscriptionStage(subscription, today)
    expect(span.stage).toBe(stage)
    expect(span.nextOn && daysBetween(today, span.nextOn)).toBe(inDays)
  })
})

describe('what is usual', () => {
  test.each([
    ['nothing known', undefined, undefined, 30],
    ['too few customers', undefined, { gapDays: 9, customers: 19 }, 30],
    ['the first time', undefined, { gapDays: 29, customers: 20 }, 29],
    ['hardly another', { gapDays: 30 }, { gapDays: 35.9, customers: 500 }, 30],
    ['another by more than a fifth', { gapDays: 30 }, { gapDays: 36.14, customers: 500 }, 36.1]
  ])('%s', (_what, before, middle, gapDays) => expect(nextUsual(before, middle)).toEqual({ gapDays }))
})
