import { describe, expect, test } from 'vitest'
import { endAfterUndo, ownFault, type Usable } from './use.ts'

const at = (time: string) => new Date(`2026-11-${time}+09:00`)
const instant = (time: string) => ({ from: at(time), until: at(time) })
const DAY = { from: at('20T00:00'), until: at('21T00:00') }
const coupon = (change: Partial<Usable> = {}): Usable => ({
  ...{ state: 'held', grantedAt: at('19T10:00'), expiresAt: at('22T00:00'), terms: {} },
  ...change
})

describe('a coupon', () => {
  test.each([
    ['just given', coupon(), instant('19T10:00'), undefined],
    [
      'in its last instant',
      coupon(),
      { from: new Date(+at('22T00:00') - 1), until: new Date(+at('22T00:00') - 1) },
      undefined
    ],
    ['at the midnight that ends it', coupon(), instant('22T00:00'), 'expired'],
    ['without an end', coupon({ expiresAt: undefined }), instant('29T00:00'), undefined],
    ['before its first day', coupon({ validFrom: at('20T00:00') }), instant('19T23:59'), 'not_yet'],
    ['as its first day begins', coupon({ validFrom: at('20T00:00') }), instant('20T00:00'), undefined],
    ['that was used', coupon({ state: 'used' }), instant('20T00:00'), 'used'],
    ['that was used, after its end', coupon({ state: 'used' }), instant('25T00:00'), 'used'],
    ['that was withdrawn', coupon({ state: 'withdrawn' }), instant('20T00:00'), 'withdrawn'],
    ['on a whole day on which it held', coupon(), DAY, undefined],
    ['on a day that it only saw begin', coupon({ expiresAt: at('20T00:00') }), DAY, 'expired'],
    ['on a day before it was given', coupon({ grantedAt: at('22T10:00') }), DAY, 'not_yet']
  ])('%s', (_what, one, span, kind) => {
    expect(ownFault(one, span, 'kamakura')?.kind).toBe(kind)
  })

  test('is taken by the shops it names, and where nobody said which', () => {
    const one = coupon({ terms: { shops: ['kamakura'] } })
    expect(ownFault(one, instant('20T00:00'), 'kamakura')).toBeUndefined()
    expect(ownFault(one, instant('20T00:00'), undefined)).toBeUndefined()
    expect(ownFault(one, instant('20T00:00'), 'kichijoji')).toEqual({ kind: 'other_shop', shops: ['kamakura'] })
  })
})

test('what ran out before its use was undone is good until the day is over; what did not keeps its end', () => {
  const midnight = at('23T00:00')
  expect(endAfterUndo(at('22T00:00'), at('22T00:00'), midnight)).toEqual(midnight)
  expect(endAfterUndo(at('25T00:00'), at('22T00:00'), midnight)).toEqual(at('25T00:00'))
  expect(endAfterUndo(undefined, at('22T00:00'), midnight)).toBeUndefined()
})
