import { expect, test } from 'vitest'
import { nextWindow } from './window.ts'

const NOW = new Date('2026-11-21T01:00:00Z')
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000)

test.each([
  // A minute ago, and two days down: from where it was.
  [days(-1 / 1440), false, { from: days(-1 / 1440), until: NOW }],
  [days(-2), true, { from: days(-2), until: NOW }],
  // Longer: as far back as it is still worth telling.
  [days(-10), true, { from: days(-3), until: NOW }],
  [days(-80), false, { from: days(-80), until: NOW }],
  [days(-200), false, { from: days(-90), until: NOW }],
  // A clock that was set back a day is waited for; one that had been years ahead is not.
  [NOW, false, undefined],
  [days(1), false, undefined],
  [days(400), false, { from: NOW, until: NOW }]
])('done until %s, passing %s: %j', (doneUntil, passes, expected) =>
  expect(nextWindow(doneUntil, NOW, { passes })).toEqual(expected)
)
