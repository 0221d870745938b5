import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { hookKind } from '../definition-kind.ts'
import { HookFile, WHO_KINDS } from './hook-file.ts'
import { momentOf } from './moment.ts'
import { valueAt } from './path.ts'
import { Refusal } from './refusal.ts'
import { yenIfAny, yenOf } from './yen.ts'

describe('amounts', () => {
  test.each([
    [1200, 'JPY', 1200],
    ['1200', 'jpy', 1200],
    ['1200.00', 'JPY', 1200],
    ['¥1,200', undefined, 1200],
    ['1,200円', null, 1200],
    ['１２００', 'JPY', 1200],
    [0, 'JPY', 0],
    [-300, 'JPY', -300]
  ])('%j in %j is %d yen', (amount, currency, yen) => expect(yenOf(amount, currency)).toBe(yen))

  test.each([
    [1200.5, 'JPY', 'whole number'],
    ['1200.01', 'JPY', 'whole number'],
    ['twelve', 'JPY', 'whole number'],
    ['', 'JPY', 'whole number'],
    [Number.NaN, 'JPY', 'whole number'],
    [1e20, 'JPY', 'whole number'],
    [true, 'JPY', 'whole number'],
    [[1200], 'JPY', 'whole number'],
    [1200, 'USD', 'the currency is USD'],
    [1200, 'usd', 'the currency is USD'],
    [1200, 'hanako@example.jp', 'the currency is unknown']
  ])('%j in %j is refused: %s', (amount, currency, why) => {
    expect(() => yenOf(amount, currency)).toThrow(Refusal)
    expect(() => yenOf(amount, currency)).toThrow(why)
  })

  test('where none is needed, another currency is none', () => {
    expect([yenIfAny(5, 'usd'), yenIfAny(undefined, 'jpy'), yenIfAny(5, 'jpy')]).toEqual([undefined, undefined, 5])
  })
})

describe('times', () => {
  const at = '2026-11-21T01:30:00.000Z'
  test.each([
    ['2026-11-21T10:30:00+09:00', at],
    ['2026-11-21T01:30:00Z', at],
    ['2026-11-21T01:30:00.123456Z', at],
    ['2026-11-21 10:30:00', at],
    ['2026/11/21 10:30', at],
    ['2026年11月21日 10:30', at],
    ['2026-11-20T20:30:00-0500', at],
    [1_795_224_600, at],
    [1_795_224_600_000, at],
    ['1795224600', at],
    ['2026-11-21', '2026-11-20T15:00:00.000Z'],
    ['2026/1/5', '2026-01-04T15:00:00.000Z']
  ])('%j is %s in Tokyo', (told, expected) => expect(momentOf(told, 'Asia/Tokyo').toISOString()).toBe(expected))

  test('a time without a zone is the sender’s wall clock, on both sides of a clock change', () => {
    expect(momentOf('2026-07-01 09:00', 'Europe/Paris').toISOString()).toBe('2026-07-01T07:00:00.000Z')
    expect(momentOf('2026-12-01 09:00', 'Europe/Paris').toISOString()).toBe('2026-12-01T08:00:00.000Z')
  })

  test.each(['yesterday', '2026-02-31', '2026-13-01', '2026-11-21 25:00', '', null, {}, Number.NaN])(
    '%j is no time',
    (told) => expect(() => momentOf(told, 'Asia/Tokyo')).toThrow(Refusal)
  )
})

describe('paths', () => {
  const body = { a: { b: [{ c: 1 }, { c: 2 }] }, 'e-mail': 'x', empty: '', none: null, item: 'own', 会員: { 番号: 7 } }
  const roots = { body, headers: { 'x-topic': 'sale' }, item: { c: 9 } }
  test.each([
    ['a.b[1].c', 2],
    ['a.b.0.c', 1],
    ['e-mail', 'x'],
    ['"e-mail"', 'x'],
    ['会員.番号', 7],
    ['item.c', 9],
    ['body.item', 'own'],
    ['header.x-topic', 'sale'],
    ['empty | none | missing.deep | a.b[0].c', 1],
    ['a.b[2].c', undefined],
    ['a.b.length', 2],
    ['constructor', undefined],
    ['a.__proto__', undefined],
    ['a.b.map', undefined]
  ])('%s', (path, expected) => expect(valueAt(path, roots)).toEqual(expected))

  test('whatever path and body, nothing is reached that the body does not hold itself', () => {
    const names = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'a', '[0]', 'valueOf')
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(names, { minLength: 1, maxLength: 5 }), (value, parts) => {
        const found = valueAt(parts.join('.'), { body: value, headers: {} })
        expect(typeof found).not.toBe('function')
        expect(found).not.toBe(Object.prototype)
      })
    )
  })
})

describe('a file under flows/hooks/', () => {
  const good = {
    key: 'till',
    verify: { by: 'standard' },
    events: [{ event: 'visit', id: 'no', who: { pos: 'member' } }]
  }
  const faults = (changes: object) => {
    const checked = hookKind.check({ ...good, ...changes })
    return checked.ok ? [] : checked.faults.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }

  test('is good', () => expect(faults({})).toEqual([]))

  test.each([
    [{ key: 'stripe' }, /^key: stripe is built in/],
    [{ key: 'shopify-kids' }, /^key: shopify-kids is built in/],
    [{ key: 'A till' }, /^key: write 2 to 32/],
    [{ verify: { by: 'trust' } }, /^verify.by: /],
    [{ verify: { by: 'hmac', header: 'X-Sig', encoding: 'hex' } }, /^verify.header: write the name/],
    [{ zone: 'Tokyo' }, /^zone: write a time zone/],
    [{ events: [] }, /^events: write at least 1/],
    [{ events: [{ event: 'visit', who: { pos: 'a' } }] }, /^events.0: "id" is missing/],
    [{ events: [{ event: 'visit', id: 'no' }] }, /^events.0: write "who"/],
    [{ events: [{ of_order: 'no' }] }, /^events.0: "event" is missing/],
    [{ events: [{ event: 'visit', id: 'no', who: { line: 'a' } }] }, /^events.0.who/],
    [{ events: [{ event: 'visit', id: 'a..b', who: { pos: 'a' } }] }, /^events.0.id: write where it stands/],
    [{ events: [{ event: 'visit', id: 'a; drop', who: { pos: 'a' } }] }, /^events.0.id/],
    [{ colour: 'red' }, /^colour: "colour" means nothing here/]
  ])('with %j is told what to write instead', (changes, fault) => {
    expect(faults(changes)).toEqual([expect.stringMatching(fault)])
  })

  test('has its JSON Schema beside it', () => {
    const schema = JSON.parse(readFileSync('flows/hooks/hook.schema.json', 'utf8'))
    expect(schema).toEqual(z.toJSONSchema(HookFile, { io: 'input' }))
  })

  test.each(['README.md', 'README.ja.md'])('as %s shows it is good', (readme) => {
    const [, example = ''] = /```yaml\n([^`]*?^key: booking[^`]*?)```/m.exec(readFileSync(readme, 'utf8')) ?? []
    expect(hookKind.check(parse(example))).toMatchObject({ ok: true, key: 'booking' })
  })

  test('may name every kind of identity that others than LINE may tell', async () => {
    const { TOLD_KINDS } = await import('../../customers/rules/identity.ts')
    expect([...WHO_KINDS].sort()).toEqual([...TOLD_KINDS].sort())
  })
})
