import { expect, test } from 'vitest'
import { shopInitialOf, shortNameOf } from './faces.ts'
import { safeUrl } from './flex-values.ts'
import { linkEffect } from './line-links.ts'
import { dayAndTime, span } from './when.ts'

test.each([
  ['https://line.me/R/oaMessage/%40matane/?%E3%82%B9%20a.b', { kind: 'prefill', text: 'ス a.b' }],
  ['https://line.me/R/oaMessage/@matane/?%', { kind: 'prefill', text: '%' }],
  ['https://line.me/R/nv/QRCodeReader', { kind: 'scan' }],
  ['https://example.com/a', { kind: 'open', url: 'https://example.com/a' }],
  [
    'https://line.me.example.com/R/nv/QRCodeReader',
    { kind: 'open', url: 'https://line.me.example.com/R/nv/QRCodeReader' }
  ],
  ['javascript:alert(1)', { kind: 'nothing' }],
  ['not an address', { kind: 'nothing' }]
])('opening %s', (address, expected) => expect(linkEffect(address, safeUrl(address))).toEqual(expected))

test('names fit small buttons', () => {
  expect(['Emma Wilson', '佐藤 花子', 'José', ''].map(shortNameOf)).toEqual(['Emma', '佐藤 花子', 'José', ''])
  expect(['喫茶またね', '喫茶', '👨‍👩‍👧 shop'].map(shopInitialOf)[0]).toBe('ま')
})

test('times are those of the shop, whatever the computer says', () => {
  expect(dayAndTime('2026-11-21T15:30:00Z', 'ja')).toBe('11/22 00:30')
  expect(dayAndTime('2026-11-21T15:30:00Z', 'en')).toBe('Nov 22, 00:30')
  expect([span(3_600_000, 'en'), span(86_400_000 * 3, 'ja'), span(86_400_000, 'en')]).toEqual([
    '1 hour',
    '3日',
    '1 day'
  ])
})
