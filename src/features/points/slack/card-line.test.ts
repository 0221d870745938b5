import { expect, test } from 'vitest'
import { pointsLine } from './card-line.ts'

const name = { ja: 'またねポイント', en: 'Matane points' }
const endsAt = new Date('2026-12-22T00:00:00+09:00')

test.each([
  [
    'ja',
    { points: 1_205, owed: 0, next: { points: 5, endsAt } },
    '💰 またねポイント 1,205ポイント(うち 5 は 2026年12月21日 まで)'
  ],
  ['ja', { points: 0, owed: 80, next: undefined }, '💰 またねポイント 0ポイント・返金分の不足 80'],
  ['en', { points: 1, owed: 0, next: undefined }, '💰 Matane points 1 point'],
  ['en', { points: 0, owed: 8, next: undefined }, '💰 Matane points 0 points, 8 owed after a refund']
] as const)('the card of a customer says in %s how they stand: %j', (locale, standing, line) => {
  expect(pointsLine({ name, ...standing }, { locale, timeZone: 'Asia/Tokyo' })).toBe(line)
})
