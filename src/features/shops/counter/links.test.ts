import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chatLink } from '../../../platform/line/index.ts'
import { codeAt, readCode, STEP_MS } from '../rules/counter-code.ts'
import { counterView } from './counter-view.ts'
import { codeText } from './links.ts'

const secret = new Uint8Array(32).fill(3)
const shop = { id: 'kamakura', name: { ja: '鎌倉店', en: 'Kamakura' }, secret, linkKey: 'k' }
const times = fc.integer({ min: Date.UTC(2020), max: Date.UTC(2090) })

test('the link opens the account’s chat with the code written in it, ready to be sent', () => {
  const link = new URL(chatLink('@matane', 'スタンプ a.b'))
  expect([link.origin, link.pathname]).toEqual(['https://line.me', '/R/oaMessage/%40matane/'])
  expect(decodeURIComponent(link.search.slice(1))).toBe('スタンプ a.b')
})

test('whatever the counter shows, what is sent from its link and what is typed from its screen is its code', () => {
  fc.assert(
    fc.property(times, (atMs) => {
      const view = counterView(shop, '@matane', new Date(atMs))
      const sent = decodeURIComponent(new URL(view.link).search.slice(1))
      const code = codeAt(shop.id, secret, atMs)
      expect(readCode(sent)).toEqual({ kind: 'code', code })
      expect(readCode(view.code)).toEqual({ kind: 'code', code })
      expect(sent).toBe(codeText(code))
    })
  )
})

test('a code is replaced when its step ends, never earlier and never later', () => {
  fc.assert(
    fc.property(times, (atMs) => {
      const now = counterView(shop, '@matane', new Date(atMs))
      expect(now.expiresInMs).toBeGreaterThan(0)
      expect(now.expiresInMs).toBeLessThanOrEqual(STEP_MS)
      const nextAt = atMs + now.expiresInMs
      expect(counterView(shop, '@matane', new Date(nextAt - 1)).code).toBe(now.code)
      expect(counterView(shop, '@matane', new Date(nextAt)).code).not.toBe(now.code)
    })
  )
})

test('the picture is the link, and small enough to be sent twice a minute', () => {
  const { svg } = counterView(shop, '@matane', new Date('2026-11-21T03:00:00Z'))
  expect(svg).toMatch(/^<svg /)
  expect(svg.length).toBeLessThan(50_000)
})
