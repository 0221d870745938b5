import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkFlow, flowDefinitions } from '../definition.ts'
import { sinceOf } from './cause.ts'
import { Trigger } from './schema/trigger.ts'
import { startOf, triggerLabel } from './trigger.ts'

const DAY_MS = 86_400_000
const triggerOf = (yaml: string) => Trigger.parse(parse(`{ ${yaml} }`))

describe('how a flow starts', () => {
  test.each([
    ['event: visit', { by: 'event', event: 'visit', where: {} }, 'visit'],
    ['no: visit, for: 30d', { by: 'absence', event: 'visit', forMs: 30 * DAY_MS }, 'no visit for 30d'],
    [
      'overdue: 1.5',
      { by: 'overdue', factor: 1.5, atLeastDays: 14, atMostDays: 180 },
      'not seen for 1.5 × their usual interval'
    ],
    [
      'overdue: 2, at_least: 7d, at_most: 60d',
      { by: 'overdue', factor: 2, atLeastDays: 7, atMostDays: 60 },
      'not seen for 2 × their usual interval'
    ],
    ['segment: not-seen-30d', { by: 'segment', segment: 'not-seen-30d' }, 'enters not-seen-30d'],
    ['date: birthday', { by: 'date', date: 'birthday', shiftDays: 0, atMs: 36_000_000 }, 'birthday'],
    [
      'date: birthday, before: 7d, at: "09:30"',
      { by: 'date', date: 'birthday', shiftDays: -7, atMs: 34_200_000 },
      'birthday - 7d'
    ],
    [
      'date: first_visit_anniversary, after: 3d',
      { by: 'date', date: 'first_visit_anniversary', shiftDays: 3, atMs: 36_000_000 },
      'first_visit_anniversary + 3d'
    ],
    [
      'schedule: "0 10 1 * *", segment: vip',
      { by: 'schedule', schedule: '0 10 1 * *', segment: 'vip' },
      '0 10 1 * *: vip'
    ],
    ['by_hand: true, once_per: 30d', { by: 'hand' }, 'by hand']
  ])('%s', (yaml, start, label) => {
    expect(startOf(triggerOf(yaml))).toEqual(start)
    expect(triggerLabel(triggerOf(yaml))).toBe(label)
  })
})

describe('what is wrong with a trigger is told with what to write', () => {
  const faults = (yaml: string, more: object = {}) => {
    const checked = checkFlow({
      ...{ id: 'a', kind: 'scenario', consent: 'service', steps: [{ id: 'b', do: 'exit' }], ...more },
      trigger: parse(`{ ${yaml} }`)
    })
    return checked.ok ? [] : checked.faults.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`)
  }

  test.each([
    ['once_per: 3d', ': say what starts the flow: event: visit, or no: visit'],
    ['event: visit, no: visit, for: 3d', 'no: a flow starts in one way: keep "event" or "no"'],
    ['date: birthday, segment: vip', 'segment: a flow starts in one way: keep "date" or "segment"'],
    ['event: visit, by_hand: true', 'by_hand: a flow starts in one way'],
    ['event: visit, for: 3d', 'for: "for" belongs to "no", and means nothing beside "event": delete it'],
    ['no: visit, for: 3d, where: { amount: 3 }', 'where: "where" belongs to "event"'],
    ['segment: vip, at: "10:00"', 'at: "at" belongs to "date"'],
    ['no: visit', 'no: "for" is missing: say for how long it did not happen, such as for: 30d'],
    ['no: visit, for: 30m', 'for: write from 1h to 730d'],
    ['no: visit, for: 800d', 'for: write from 1h to 730d'],
    ['no: visits, for: 30d', 'no: write one of line.followed, line.linked'],
    ['overdue: 0.5', 'overdue: write at least 1'],
    ['overdue: 2, at_least: 90d, at_most: 30d', 'overdue: at_least (90d) is more than at_most (30d)'],
    ['overdue: 2, at_least: 9h', 'at_least: write a number of days such as 7d'],
    [
      'date: birthday, before: 3d, after: 3d',
      'after: a day lies before the date or after it: keep "before" or "after"'
    ],
    ['date: birthday, at: "25:00"', 'at: write a time of day as "10:00"'],
    ['schedule: "0 10 1 * *"', 'schedule: "segment" is missing: name who is meant'],
    ['schedule: "0 10 31 2 *", segment: vip', 'schedule: there is no such day in any year, it would never fire'],
    ['schedule: "10:00", segment: vip', 'schedule: write five fields'],
    ['segment: 常連', 'segment: write the id of a segment'],
    ['event: visit, every: 3d', 'every: "every" means nothing here']
  ])('%s', (yaml, told) => {
    const found = faults(yaml)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(told)
  })

  test('max_active where nothing is limited', () => {
    const max = (more: object) => faults('event: visit', { max_active: 2, ...more })
    expect(max({})).toEqual([
      ': a scenario of service is entered however many scenarios a customer is in: delete the line'
    ])
    expect(max({ kind: 'survey', consent: 'research' })).toHaveLength(1)
    expect(max({ consent: 'marketing' })).toEqual([])
  })
})

test('a segment that no file makes is told, with those that there are', () => {
  const [, scenario] = flowDefinitions
  const body = (segment: string) => ({
    ...{ id: 'a', kind: 'scenario', consent: 'service', steps: [{ id: 'b', do: 'exit' }] },
    trigger: { segment }
  })
  const faults = (segment: string, ...known: string[]) => {
    const definitions = known.map((key) => ({ kind: 'segment', key, body: {} }))
    return scenario?.together?.(body(segment), { definitions, unset: [] })
  }
  expect(faults('vip', 'rare', 'vip')).toEqual([])
  expect(faults('vip', 'rare', 'vips')).toEqual([
    {
      path: ['trigger', 'segment'],
      message: 'there is no segment "vip": write one of rare, vips, or make flows/segments/vip.yaml'
    }
  ])
  expect(faults('vip')).toMatchObject([{ message: 'there is no segment "vip": make flows/segments/vip.yaml' }])
})

test('a cause that names a day says which; all others name none', () => {
  expect(sinceOf('absence:2026-10-22')).toEqual({ by: 'absence', day: '2026-10-22' })
  expect(sinceOf('overdue:2026-10-22')).toEqual({ by: 'overdue', day: '2026-10-22' })
  expect(sinceOf('birthday:2026')).toBeUndefined()
  expect(sinceOf('line:E1')).toBeUndefined()
})
