import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, WEEKDAYS } from '../../../core/time.ts'
import { flowFaults } from './faults.ts'
import { Flow } from './schema.ts'
import { simulate } from './simulate.ts'
import { type Pause, wakeAt } from './wake.ts'

const TOKYO = 'Asia/Tokyo'
const NEW_YORK = 'America/New_York'
const at = (time: string, ...weekdays: (typeof WEEKDAYS)[number][]): Pause => ({
  after: '0m',
  until: weekdays.length > 0 ? { time, weekdays } : { time }
})

test.each<[string, string, Pause, string, string]>([
  ['later today', '2026-11-20T00:00:00Z', at('10:00'), TOKYO, '2026-11-20T01:00:00Z'],
  ['tomorrow, when it is just that time', '2026-11-20T01:00:00Z', at('10:00'), TOKYO, '2026-11-21T01:00:00Z'],
  ['a moment later today', '2026-11-20T00:59:59.999Z', at('10:00'), TOKYO, '2026-11-20T01:00:00Z'],
  ['across the end of a month', '2026-11-30T02:00:00Z', at('10:00'), TOKYO, '2026-12-01T01:00:00Z'],
  ['on the weekend', '2026-11-20T02:00:00Z', at('10:00', 'sat', 'sun'), TOKYO, '2026-11-21T01:00:00Z'],
  ['a week later, the same weekday', '2026-11-21T01:00:00Z', at('10:00', 'sat'), TOKYO, '2026-11-28T01:00:00Z'],
  ['29 February', '2028-02-28T14:00:00Z', at('00:00', 'tue'), TOKYO, '2028-02-28T15:00:00Z'],
  [
    'after a while, at that very time',
    '2026-11-20T01:00:00Z',
    { ...at('10:00'), after: '1d' },
    TOKYO,
    '2026-11-21T01:00:00Z'
  ],
  ['no time at all', '2026-11-20T01:00:00Z', { after: '3d' }, TOKYO, '2026-11-23T01:00:00Z'],
  ['clocks go forward in between', '2026-03-07T16:00:00Z', at('10:00'), NEW_YORK, '2026-03-08T14:00:00Z'],
  ['clocks go back in between', '2026-10-31T15:00:00Z', at('10:00'), NEW_YORK, '2026-11-01T15:00:00Z']
])('%s', (_, now, pause, timeZone, expected) => {
  expect(wakeAt(new Date(now), pause, timeZone)).toEqual(new Date(expected))
})

test('it is always the next such time, on one of the weekdays', () => {
  const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  const weekdays = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 })
  fc.assert(
    fc.property(instant, weekdays, fc.integer({ min: 0, max: 23 }), (now, days, hour) => {
      const woken = wakeAt(now, at(`${String(hour).padStart(2, '0')}:30`, ...days), TOKYO)
      expect(woken > now && woken.getTime() - now.getTime() <= 7 * 86_400_000).toBe(true)
      const weekday = WEEKDAYS[new Date(dayOf(woken, TOKYO)).getUTCDay()]
      expect(days).toContain(weekday)
      expect(woken.getUTCHours()).toBe((hour + 24 - 9) % 24)
    })
  )
})

const text = { ja: 'あ', en: 'a' }
const flowOf = (wait: object) =>
  Flow.parse({
    ...{ id: 'f', kind: 'scenario', consent: 'service', trigger: { event: 'visit' } },
    steps: [
      { id: 'w', do: 'wait', ...wait },
      { id: 'a', do: 'say', text }
    ]
  })

test.each([
  [{ until_time: '10:00' }, []],
  [{ for: '3d', until_time: '10:00', until_weekday: ['sat'] }, []],
  [{}, ['say how long: "for: 3d", or until when: until_time: "10:00"']],
  [{ for: '3d', until_weekday: ['sat'] }, ['say at what time of these days: until_time: "10:00"']]
])('a wait of %j has the faults %j', (wait, expected) => {
  expect(flowFaults(flowOf(wait)).map(({ message }) => message)).toEqual(expected)
})

test.each(['25:00', '9:00', '10:60', '10'])('%s is no time of day', (until_time) => {
  expect(() => flowOf({ until_time })).toThrow('write a time of day')
})

test('a played conversation begins on a Monday at nine', () => {
  const wait = { until_time: '10:00', until_weekday: ['wed'] }
  const { lines } = simulate(flowOf(wait), { inputs: [], locale: 'en', customerName: 'Emma' })
  expect(lines.at(-1)).toMatchObject({ text: 'end', atMs: 49 * 3_600_000 })
})
