import { expect, test } from 'vitest'
import { median, percentile } from './figures.ts'

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7]
])('the median of %j is %d', (values, middle) => expect(median(values)).toBe(middle))

test('percentiles agree with NumPy', () => {
  expect(percentile([15, 20, 35, 40, 50], 40)).toBeCloseTo(29)
  expect(percentile([15, 20, 35, 40, 50], 99)).toBeCloseTo(49.6)
  expect(percentile([], 50)).toBeNaN()
})
