import { expect, test } from 'vitest'
import { npsClass } from './nps.ts'

test.each([
  [0, 'detractor'],
  [6, 'detractor'],
  [7, 'passive'],
  [8, 'passive'],
  [9, 'promoter'],
  [10, 'promoter']
])('a score of %i is a %s', (score, expected) => {
  expect(npsClass(score)).toBe(expected)
})

test.each([-1, 11, 7.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no score', (score) => {
  expect(() => npsClass(score)).toThrow('no NPS score')
})
