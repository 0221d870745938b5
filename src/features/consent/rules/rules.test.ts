import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { consentKind } from '../definition.ts'
import { capUntil, FREQUENCIES, type Standing, withheldBy } from './contact.ts'
import { ConsentDefinition, isAllowed, type Policy, toAsk } from './definition.ts'
import { CHOSEN, PURPOSES, STATUSES, type Status, statusOf } from './purpose.ts'
import { type Wish, wishIn } from './words.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/privacy/${name}`, import.meta.url), 'utf8')
const file = () => ConsentDefinition.parse(parse(read('consent.yaml')))
const NONE: Policy = { version: 0, definition: undefined }
const SHIPPED: Policy = { version: 1, definition: file() }

describe('the file a shop edits', () => {
  it('is good as it comes, and its JSON Schema says what the program accepts', () => {
    expect(consentKind.check(file())).toMatchObject({ ok: true, key: 'consent' })
    expect(JSON.parse(read('consent.schema.json'))).toEqual(z.toJSONSchema(ConsentDefinition, { io: 'input' }))
  })

  it('asks for consent to advertising before any is sent, and for nothing else in the welcome', () => {
    expect(isAllowed(SHIPPED, 'marketing', undefined)).toBe(false)
    expect(toAsk(SHIPPED, new Map())?.purpose).toBe('marketing')
    expect(toAsk(SHIPPED, new Map([['marketing', 'refused']]))).toBeUndefined()
  })

  it('applies as it comes while a shop has published none', () => {
    for (const purpose of PURPOSES)
      expect(isAllowed(NONE, purpose, undefined)).toBe(isAllowed(SHIPPED, purpose, undefined))
    expect(toAsk(NONE, new Map())).toBeUndefined()
  })

  it.each([
    [{ purposes: { ...file().purposes, research: undefined } }, ['purposes', 'research']],
    [{ purposes: { ...file().purposes, sale: file().purposes.research } }, ['purposes', 'sale']],
    [
      { purposes: { ...file().purposes, service: { ...file().purposes.service, default: 'refused' } } },
      ['purposes', 'service', 'default']
    ],
    [
      { purposes: { ...file().purposes, marketing: { ...file().purposes.marketing, default: 'yes' } } },
      ['purposes', 'marketing', 'default']
    ],
    [
      {
        purposes: {
          ...file().purposes,
          profiling: { ...file().purposes.profiling, label: { ja: '長'.repeat(13), en: 'x' } }
        }
      },
      ['purposes', 'profiling', 'label', 'ja']
    ]
  ])('names the place of a fault: %#', (input, path) => {
    expect(consentKind.check(input)).toMatchObject({ ok: false, faults: [{ path }] })
  })
})

describe('a purpose', () => {
  it('is allowed by the newest answer, whatever the default', () => {
    for (const purpose of CHOSEN)
      for (const status of STATUSES) expect(isAllowed(SHIPPED, purpose, status)).toBe(status === 'granted')
  })

  it('of the service itself cannot be refused', () => {
    expect(isAllowed(SHIPPED, 'service', 'refused')).toBe(true)
  })

  it.each<[boolean, boolean, Status]>([
    [true, false, 'granted'],
    [true, true, 'granted'],
    [false, true, 'withdrawn'],
    [false, false, 'refused']
  ])('allowed %s after %s is written down as %s', (allow, before, status) => {
    expect(statusOf(allow, before)).toBe(status)
  })
})

describe('a message', () => {
  const now = new Date('2026-11-21T01:00:00Z')
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const standing = (more: Partial<Standing>): Standing => ({
    ...{ allowed: true, frequency: 'normal', told: [] },
    ...more
  })

  it.each([
    [{ frequency: 'normal' }, false, undefined],
    [{ frequency: 'normal', told: [ago(0)] }, false, undefined],
    [{ allowed: false }, true, 'consent'],
    [{ frequency: 'stop' }, true, 'stopped'],
    [{ frequency: 'coupons' }, true, undefined],
    [{ frequency: 'coupons' }, false, 'coupons_only'],
    [{ frequency: 'less' }, false, undefined],
    [{ frequency: 'less', told: [ago(29.9)] }, false, 'too_often'],
    [{ frequency: 'less', told: [ago(30)] }, false, undefined]
  ] as const)('%j, with a coupon %s: %s', (more, coupon, withheld) => {
    expect(withheldBy({ purpose: 'marketing', coupon }, standing(more), now)).toBe(withheld)
  })

  it('of the service always may be sent, and none of another purpose against consent', () => {
    const standings = fc.record({
      allowed: fc.boolean(),
      frequency: fc.constantFrom(...FREQUENCIES),
      told: fc.array(fc.date({ noInvalidDate: true }), { maxLength: 3 })
    })
    fc.assert(
      fc.property(standings, fc.constantFrom(...CHOSEN), fc.boolean(), (given, purpose, coupon) => {
        expect(withheldBy({ purpose: 'service', coupon }, given, now)).toBeUndefined()
        if (!given.allowed || given.frequency === 'stop')
          expect(withheldBy({ purpose, coupon }, given, now)).toBeDefined()
      })
    )
  })
})

describe('the next message under a cap of one a day and three a week', () => {
  const now = new Date('2026-11-21T01:00:00Z')
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const cap = { perDay: 1, perWeek: 3 }

  test.each<[string, number[], number | undefined]>([
    ['nobody was written to', [], undefined],
    ['an hour ago', [1 / 24], 23 / 24],
    ['a day ago to the millisecond', [1], undefined],
    ['twice this week', [1.5, 3], undefined],
    ['three times this week', [1.5, 3, 6], 1],
    ['three times, the first a week ago', [1.5, 3, 7], undefined],
    ['three times, and today', [0.5, 3, 5], 2],
    ['more often than it allows, as it was raised before', [0.1, 0.2, 0.3, 0.4], 6.7]
  ])('%s', (_, told, days) => {
    expect(capUntil(cap, told.map(ago), now)).toEqual(days === undefined ? undefined : ago(-days))
  })

  it('fits when it is due, and not before', () => {
    const caps = fc.record({ perDay: fc.integer({ min: 1, max: 3 }), perWeek: fc.integer({ min: 1, max: 9 }) })
    const hours = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 12 })
    fc.assert(
      fc.property(caps, hours, (given, told) => {
        const times = told.sort((a, b) => a - b).map((hour) => ago(hour / 24))
        const until = capUntil(given, times, now)
        if (!until) return
        expect(until > now).toBe(true)
        expect(capUntil(given, times, until)).toBeUndefined()
        expect(capUntil(given, times, new Date(until.getTime() - 1))).toEqual(until)
      })
    )
  })
})

describe('words', () => {
  test.each<[string, Wish]>([
    ['設定', { do: 'menu' }],
    [' 設定。', { do: 'menu' }],
    ['設定を変更したい', { do: 'menu' }],
    ['Settings', { do: 'menu' }],
    ['配信停止', { do: 'frequency', to: 'stop' }],
    ['お知らせを止めてください', { do: 'frequency', to: 'stop' }],
    ['通知オフ', { do: 'frequency', to: 'stop' }],
    ['STOP', { do: 'frequency', to: 'stop' }],
    ['お知らせを減らして', { do: 'frequency', to: 'less' }],
    ['less often', { do: 'frequency', to: 'less' }],
    ['クーポンだけ', { do: 'frequency', to: 'coupons' }],
    ['only coupons', { do: 'frequency', to: 'coupons' }],
    ['配信再開', { do: 'frequency', to: 'normal' }],
    ['お知らせ再開', { do: 'frequency', to: 'normal' }],
    ['resume', { do: 'frequency', to: 'normal' }]
  ])('%j is understood', (text, wish) => expect(wishIn(text)).toEqual(wish))

  test.each([
    '配信停止しないで',
    'お知らせを止めないでください',
    '設定がわかりません',
    'お知らせを止めたのに届きます',
    'クーポンだけですか',
    '停止',
    'クーポン',
    'stop it, that is funny',
    'please do not stop messages',
    'サービスを停止してください',
    ''
  ])('%j is not misread', (text) => expect(wishIn(text)).toBeUndefined())
})
