import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHOSEN } from '../../consent/index.ts'
import { STAGES as EVENT_STAGES } from '../../events/index.ts'
import { segmentKind } from '../definition.ts'
import { withoutFigures } from './conditions.ts'
import { FIGURE_NAMES } from './figures.ts'
import { CONSENTS, type Condition, STAGES } from './schema.ts'

const head = { id: 'regulars', name: { ja: '常連', en: 'Regulars' } }

/** The faults of a condition, as "path: message". */
function told(who: unknown, more: object = {}): string[] {
  const checked = segmentKind.check({ ...head, who, ...more })
  return checked.ok ? [] : checked.faults.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('what a segment may say', () => {
  test.each<[unknown]>([
    [{ figure: 'visits', gte: 1, lte: 3 }],
    [{ figure: 'amount_365d_yen', top_percent: 10 }],
    [{ figure: 'last_nps', known: false }],
    [{ figure: 'days_since_last_visit', gte: 30 }],
    [{ event: 'order.completed', where: { amount: { gte: 5000 }, coupon: 'x' }, at_least: 2, in_last: '30d' }],
    [{ event: '会員登録' }],
    [{ event: 'visit', shop: ['kamakura', 'zushi'], in_last: '12h' }],
    [{ tag: ['VIP', '予約'] }],
    [{ stage: ['slipping', 'dormant'] }],
    [{ tier: 'gold' }],
    [{ not: { tier: ['silver', 'gold'] } }],
    [{ score: 'frequency', gte: 4 }],
    [{ survey: 'nps', lte: 6, in_last: '90d' }],
    [{ coupon: 'any', state: 'usable', expires_in: '14d' }],
    [{ consent: 'marketing' }],
    [{ not: { consent: 'profiling', is: 'refused' } }],
    [{ birthday: 'this_month' }],
    [{ birthday: 12 }],
    [{ any: [{ gender: 'female' }, { prefecture: ['東京都', '神奈川県'] }] }],
    [{ all: [{ locale: 'en' }, { any: [{ line: 'reachable' }, { not: { line: 'none' } }] }] }]
  ])('%j', (who) => expect(told(who)).toEqual([]))

  test('each figure can be asked for', () => {
    for (const figure of FIGURE_NAMES) expect(told({ figure, gte: 1 })).toEqual([])
  })

  test('what is published again is the same', () => {
    const once = segmentKind.check({ ...head, who: { not: { tag: 'VIP' } } })
    expect(once.ok && segmentKind.check(once.body)).toEqual(once)
  })

  test('purposes are called what the consent room calls them', () => expect(CONSENTS).toEqual(CHOSEN))

  test('stages are called what the events call them', () => expect(STAGES).toEqual(EVENT_STAGES))
})

describe('a fault is told for what was meant, at its place, with the way out', () => {
  test.each<[unknown, string]>([
    [undefined, 'who: "who" is missing: write a condition such as { figure: visits, gte: 1 }'],
    ['everybody', 'who: write a condition such as'],
    [[], 'who: write a condition such as'],
    [{}, 'who: begin a condition with all, any, not, figure, event, tag'],
    [{ tags: 'VIP' }, 'who.tags: begin a condition with'],
    [{ figure: 'visits', tag: 'VIP' }, 'who.tag: figure and tag are two conditions'],
    [{ tier: [] }, 'who.tier'],
    [{ all: [{ not: { risk: 'high' } }] }, 'who.all.0.not.risk: risk bands are not available yet'],
    [{ figure: 'visit', gte: 1 }, 'who.figure: write one of visits, orders'],
    [{ figure: 'visits' }, 'who.figure: say how much'],
    [{ figure: 'visits', gte: 'many' }, 'who.gte: write a number'],
    [{ figure: 'visits', gt: 3 }, 'who.gt: "gt" means nothing here'],
    [{ figure: 'visits', gte: 1e300 }, 'who.gte: write at most 1000000000000'],
    [{ figure: 'visits', top_percent: 100 }, 'who.top_percent: write at most 99'],
    [{ figure: 'last_nps', top_percent: 10 }, 'who.top_percent: customers are not ranked by last_nps'],
    [{ figure: 'visits', known: true }, 'who.known: visits is always known'],
    [{ figure: 'last_nps', known: false, gte: 3 }, 'who.known: what is not known has no size'],
    [{ figure: 'days_since_last_visit', gte: 1.5 }, 'who.gte: write whole days from 0 to 36500'],
    [{ figure: 'days_since_last_visit', lte: 1e9 }, 'who.lte: write whole days'],
    [{ event: 'Order Completed' }, 'who.event: this event is kept as "order.completed": write that'],
    [{ event: 'a\nb' }, 'who.event: no event has such a name'],
    [
      { event: 'visit', where: { memo: 'x' } },
      'who.where.memo: "visit" keeps no such property in the clear: write one of amount, staff'
    ],
    [{ event: '会員登録', where: { plan: 'x' } }, 'who.where.plan: properties of "会員登録" are sealed'],
    [{ event: 'visit', where: { amount: {} } }, 'who.where.amount: say what it has to be'],
    [{ event: 'visit', in_last: '1 month' }, 'who.in_last: write a time as 30d'],
    [{ event: 'visit', at_least: 0 }, 'who.at_least: write at least 1'],
    [{ tag: '＃ＶＩＰ' }, 'who.tag: this tag is kept as "VIP": write that'],
    [{ tag: ['VIP', ' '] }, 'who.tag.1: no tag looks like this'],
    [{ prefecture: ['Tokyo', '京都府'] }, 'who.prefecture.0: this prefecture is kept as "東京都": write that'],
    [{ prefecture: '江戸' }, 'who.prefecture: no prefecture looks like this'],
    [{ birthday: 13 }, 'who.birthday: '],
    [{ consent: 'service' }, 'who.consent: write one of research, marketing, profiling'],
    [{ stage: 'gone' }, 'who.stage: '],
    [{ score: 'money' }, 'who.score: say which'],
    [{ score: 'money', gte: 6 }, 'who.gte: write at most 5'],
    [{ coupon: 'any', state: 'expired', expires_in: '3d' }, 'who.expires_in: only a usable coupon'],
    [{ all: [] }, 'who.all: write at least 1 entries'],
    [{ all: { tag: 'VIP' } }, 'who.all: write a list'],
    [{ not: [{ tag: 'VIP' }] }, 'who.not: write a condition such as'],
    [{ any: [{ tag: 'VIP' }], at_least: 2 }, 'who.at_least: "at_least" means nothing here']
  ])('%j', (who, expected) => {
    const faults = told(who)
    expect(faults[0]).toContain(expected)
    expect(faults).toHaveLength(1)
  })

  test('all faults come at once, those of the head too', () => {
    const who = { all: [{ risk: 'high' }, { figure: 'visits' }, { any: [{ tags: 'x' }] }] }
    expect(told(who, { id: 'X', about: { ja: 'あ' }, colour: 'red' }).map((fault) => fault.split(':')[0])).toEqual([
      ...['id', 'about.en', 'colour', 'who.all.0.risk', 'who.all.1.figure', 'who.all.2.any.0.tags']
    ])
  })

  test('too many conditions, or too deep, are no segment', () => {
    const many = Array.from({ length: 50 }, () => ({ any: Array.from({ length: 50 }, () => ({ tag: 'VIP' })) }))
    expect(told({ all: many })).toContainEqual(expect.stringContaining('write at most 60 conditions'))
    let deep: unknown = { tag: 'VIP' }
    for (let level = 0; level < 40; level += 1) deep = { not: deep }
    expect(told(deep)).toEqual([expect.stringContaining('nested too deep')])
  })

  test('whatever is in a file, there is a fault or a segment, never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (who) => {
        for (const fault of told(who)) expect(fault).toMatch(/: \S/)
        expect(segmentKind.check(who)).toMatchObject({ ok: false })
      })
    )
  })
})

describe('of whom no figures are kept', () => {
  test.each<[Condition, boolean | undefined]>([
    [{ figure: 'visits', gte: 1 }, false],
    [{ figure: 'visits', lte: 1 }, true],
    [{ figure: 'visits', top_percent: 50 }, false],
    [{ figure: 'last_nps', known: false }, true],
    [{ figure: 'days_since_last_visit', gte: 0 }, false],
    [{ figure: 'days_since_created', gte: 0 }, undefined],
    [{ stage: 'new' }, false],
    [{ not: { stage: 'new' } }, true],
    [{ tag: 'VIP' }, undefined],
    [{ not: { tag: 'VIP' } }, undefined],
    [{ all: [{ tag: 'VIP' }, { figure: 'visits', gte: 1 }] }, false],
    [{ any: [{ tag: 'VIP' }, { figure: 'visits', gte: 1 }] }, undefined],
    [{ any: [{ tag: 'VIP' }, { figure: 'visits', is: 0 }] }, true],
    [{ all: [{ score: 'money', gte: 1 }, { not: { tag: 'VIP' } }] }, false]
  ])('%j is %s', (who, expected) => expect(withoutFigures(who)).toBe(expected))
})
