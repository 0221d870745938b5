import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MESSAGES_MAX, messagesOf } from './batch.ts'
import { landingOf, pageOf } from './landing.ts'
import { timeOf } from './send-time.ts'
import { attributesOf } from './traits.ts'

describe('when it happened', () => {
  const received = new Date('2026-11-21T01:00:00Z')
  const at = (timestamp: unknown, sentAt: unknown) => {
    const time = timeOf({ timestamp, sentAt }, received)
    return time instanceof Date ? time.toISOString() : time
  }
  test.each([
    ['without a time it is when it was received', undefined, '2020-01-01T00:00:00Z', '2026-11-21T01:00:00.000Z'],
    ['a clock an hour slow', '2026-11-20T23:50:00Z', '2026-11-21T00:00:00Z', '2026-11-21T00:50:00.000Z'],
    ['a clock a year fast', '2027-11-21T00:50:00Z', '2027-11-21T01:00:00Z', '2026-11-21T00:50:00.000Z'],
    [
      'the way of the request is no wrong clock',
      '2026-11-21T00:50:00Z',
      '2026-11-21T00:59:55Z',
      '2026-11-21T00:50:00Z'
    ],
    ['a sender that does not say when it sent', '2026-11-21T00:50:00Z', undefined, '2026-11-21T00:50:00Z'],
    ['a sender that says nonsense', '2026-11-21T00:50:00Z', 'soon', '2026-11-21T00:50:00Z'],
    ['no zone is no time', '2026-11-21T00:50:00', '2026-11-21T00:00:00Z', '2026-11-21T00:50:00'],
    ['no time', 7, '2026-11-21T00:00:00Z', 7]
  ])('%s', (_what, timestamp, sentAt, expected) => expect(at(timestamp, sentAt)).toBe(expected))

  test('whatever the sender’s clock says, an event of so long ago happened so long ago', () =>
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), fc.nat(1e9), (wrongMs, agoMs) => {
        fc.pre(Math.abs(wrongMs) >= 10_000)
        const sent = received.getTime() + wrongMs
        const iso = (ms: number) => new Date(ms).toISOString()
        expect(at(iso(sent - agoMs), iso(sent))).toBe(iso(received.getTime() - agoMs))
      })
    ))
})

describe('how somebody came', () => {
  test.each([
    [
      'the campaign of the context',
      {},
      { campaign: { name: 'spring', source: 'line', medium: 'qr' } },
      { utm_campaign: 'spring', utm_source: 'line', utm_medium: 'qr' }
    ],
    [
      'the query of the page',
      { url: 'https://x.jp/lp?utm_source=ig&lp_variant=b&ref=A7&mail=a@b.jp' },
      {},
      { utm_source: 'ig', variant: 'b', ref: 'A7' }
    ],
    ['the query of the context', {}, { page: { search: '?ref=A7' } }, { ref: 'A7' }],
    ['properties of these names', { ref: 'A7', utm_term: 'cafe' }, {}, { ref: 'A7', utm_term: 'cafe' }],
    ['nothing', { url: 'not a url' }, { campaign: 7, page: 'x' }, {}]
  ])('%s', (_what, properties, context, expected) => expect(landingOf(properties, context)).toEqual(expected))

  test('a page is what the call says, else where its context was', () => {
    expect(pageOf({ path: '/a' }, { page: { path: '/b', title: 'B', referrer: 'r' } })).toMatchObject({
      path: '/a',
      title: 'B'
    })
    expect(pageOf({ url: 'https://x.jp/c?d=1' }, {})).toEqual({ url: 'https://x.jp/c?d=1', path: '/c' })
    expect(pageOf({}, {})).toEqual({})
  })
})

describe('what an identify says of a person', () => {
  const told = (traits: Record<string, unknown>) => Object.fromEntries(attributesOf(traits))
  test.each([
    [
      { name: '佐藤 花子', email: 'a@b.jp', phone: '090', plan: 'gold' },
      { name: '佐藤 花子', plan: 'gold' }
    ],
    [{ firstName: '花子', lastName: '佐藤' }, { name: '佐藤 花子' }],
    [{ firstName: 'Emma', lastName: 'Wilson' }, { name: 'Emma Wilson' }],
    [{ lastName: '佐藤' }, { name: '佐藤' }],
    [
      { birthdate: '1990-05-12', address: { state: '東京都', street: '銀座1-1' } },
      { birthday: '1990-05-12', prefecture: '東京都' }
    ],
    [
      { name: null, birthday: null, seat: null },
      { name: null, birthday: null, seat: null }
    ],
    [{ time_zone: 'Asia/Seoul' }, { timezone: 'Asia/Seoul' }],
    [{ timezone: null }, { timezone: null }],
    [{ company: { name: 'x' }, list: [1] }, {}]
  ])('%j is %j', (traits, expected) => expect(told(traits)).toEqual(expected))

  test('where they live, also by the context, as libraries tell it', () => {
    const context = { timezone: 'Asia/Seoul', locale: 'ko' }
    expect(attributesOf({}, context)).toEqual([['timezone', 'Asia/Seoul']])
    expect(attributesOf({ timezone: 'Asia/Tokyo' }, context)).toEqual([['timezone', 'Asia/Tokyo']])
  })

  test('no more than describe a person', () =>
    expect(attributesOf(Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`t${n}`, n])))).toHaveLength(50))
})

describe('the messages of a request', () => {
  test.each([
    ['a batch', { batch: [1, 2] }, undefined, [1, 2]],
    ['one message', { userId: 'a', type: 'x' }, 'track', [{ userId: 'a', type: 'track' }]],
    ['an empty batch', { batch: [] }, undefined, []],
    ['no batch', { userId: 'a' }, undefined, undefined],
    ['a list', [1], undefined, undefined],
    ['null', null, 'track', undefined],
    ['as many as a page sends', { batch: Array(20).fill(1) }, 'browser', Array(20).fill(1)],
    ['more than a page sends', { batch: Array(21).fill(1) }, 'browser', undefined],
    ['more than are taken', { batch: Array.from({ length: MESSAGES_MAX + 1 }) }, undefined, undefined]
  ])('%s', (_what, json, by, expected) => {
    const request = by === 'browser' ? { type: undefined, kind: by } : { type: by, kind: 'ec' }
    expect(messagesOf(json, request)).toEqual(expected)
  })
})
