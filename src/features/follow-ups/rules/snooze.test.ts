import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { snoozeUntil } from './snooze.ts'

/** Saturday, 21 November 2026, 10:00 in Japan. */
const NOW = new Date('2026-11-21T01:00:00Z')
const read = (text: string, now = NOW, zone = 'Asia/Tokyo') => {
  const until = snoozeUntil(text, now, zone)
  return until.ok ? until.value.toISOString() : until.kind
}

describe('snoozeUntil', () => {
  it.each([
    ['30m', '2026-11-21T01:30:00.000Z'],
    ['3h', '2026-11-21T04:00:00.000Z'],
    ['3 hours', '2026-11-21T04:00:00.000Z'],
    ['for 3 hours', '2026-11-21T04:00:00.000Z'],
    ['３時間', '2026-11-21T04:00:00.000Z'],
    ['3時間後', '2026-11-21T04:00:00.000Z'],
    ['3d', '2026-11-24T01:00:00.000Z'],
    ['3日', '2026-11-24T01:00:00.000Z'],
    ['1w', '2026-11-28T01:00:00.000Z'],
    ['1週間', '2026-11-28T01:00:00.000Z'],
    ['明日', '2026-11-22T00:00:00.000Z'],
    ['tomorrow', '2026-11-22T00:00:00.000Z'],
    ['明日 10:30', '2026-11-22T01:30:00.000Z'],
    ['明日10時', '2026-11-22T01:00:00.000Z'],
    ['tomorrow at 15:00', '2026-11-22T06:00:00.000Z'],
    ['90d', '2027-02-19T01:00:00.000Z']
  ])('reads %s', (text, until) => {
    expect(read(text)).toBe(until)
  })
  it.each([
    ['', 'unreadable'],
    ['いつか', 'unreadable'],
    ['3', 'unreadable'],
    ['-3d', 'unreadable'],
    ['3 constructor', 'unreadable'],
    ['明日 25:00', 'unreadable'],
    ['明日 10:75', 'unreadable'],
    ['0h', 'past'],
    ['91d', 'too_far'],
    ['9999w', 'too_far']
  ])('says of %j: %s', (text, kind) => {
    expect(read(text)).toBe(kind)
  })
  it('begins tomorrow at nine by the clock on the wall, also on the day the clock changes', () => {
    const beforeChange = new Date('2026-03-07T17:00:00Z')
    expect(read('tomorrow', beforeChange, 'America/New_York')).toBe('2026-03-08T14:00:00.000Z')
  })
  it('never ends in the past and never lasts longer than 90 days', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 0, max: 9999 }),
        fc.constantFrom('m', 'h', '日', 'w', ''),
        (...parts) => {
          const [noise, amount, unit] = parts
          for (const text of [noise, `${amount}${unit}`]) {
            const until = snoozeUntil(text, NOW, 'Asia/Tokyo')
            if (!until.ok) continue
            expect(until.value > NOW).toBe(true)
            expect(until.value.getTime() - NOW.getTime()).toBeLessThanOrEqual(90 * 86_400_000)
          }
        }
      )
    )
  })
})
