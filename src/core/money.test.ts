import { expect, test } from 'vitest'
import { formatYen } from './money.ts'

test.each([
  [0, '¥0'],
  [48_200, '¥48,200'],
  [-1_200, '−¥1,200'],
  [1_000_000_000, '¥1,000,000,000']
])('%d yen are written %s', (amountYen, written) => expect(formatYen(amountYen)).toBe(written))
