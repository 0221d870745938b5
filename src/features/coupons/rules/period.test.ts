import { expect, test } from 'vitest'
import { CAKE } from '../../../../test/support/coupon-counter.ts'
import { periodOf } from './period.ts'

const NOW = new Date('2026-11-21T23:30:00+09:00')
const period = (change: object) => periodOf({ ...CAKE, valid_for: undefined, ...change }, NOW, 'Asia/Tokyo')

test.each([
  ['for ever', {}, undefined, undefined],
  ['a number of days, the first one whole', { valid_for: '1d' }, undefined, '2026-11-23T00:00:00+09:00'],
  ['until the end of a day', { valid: { until: '2026-12-25' } }, undefined, '2026-12-26T00:00:00+09:00'],
  [
    'from one day to another',
    { valid: { from: '2026-12-01', until: '2026-12-25' } },
    '2026-12-01T00:00:00+09:00',
    '2026-12-26T00:00:00+09:00'
  ]
])('a coupon can hold %s, by the days of the shop', (_what, change, from, end) => {
  const date = (time: string | undefined) => (time === undefined ? undefined : new Date(time))
  expect(period(change)).toEqual({ validFrom: date(from), expiresAt: date(end) })
})
