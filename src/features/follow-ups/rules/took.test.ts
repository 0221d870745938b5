import { expect, it } from 'vitest'
import { took } from './took.ts'

const FROM = new Date('2026-11-21T01:00:00Z')

it.each([
  [0, '0m'],
  [12, '12m'],
  [59.9, '59m'],
  [60, '1h0m'],
  [72, '1h12m'],
  [303, '5h3m'],
  [24 * 60, '1d0h'],
  [76 * 60, '3d4h'],
  [-5, '0m']
])('%d minutes are %s', (minutes, text) => {
  expect(took(FROM, new Date(FROM.getTime() + minutes * 60_000))).toBe(text)
})
