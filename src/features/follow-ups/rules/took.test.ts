import { expect, it } from 'vitest'
import { took } from './took.ts'

const FROM = new Date('2026-11-21T01:00:00Z')

it.each([
  [-5, '1分未満', '<1m'],
  [0, '1分未満', '<1m'],
  [12, '12分', '12m'],
  [59.9, '59分', '59m'],
  [60, '1時間', '1h'],
  [72, '1時間12分', '1h 12m'],
  [303, '5時間3分', '5h 3m'],
  [24 * 60, '1日', '1d'],
  [24 * 60 + 30, '1日', '1d'],
  [76 * 60, '3日4時間', '3d 4h']
])('%d minutes are %s, in English %s', (minutes, ja, en) => {
  const to = new Date(FROM.getTime() + minutes * 60_000)
  expect([took(FROM, to, 'ja'), took(FROM, to, 'en')]).toEqual([ja, en])
})
