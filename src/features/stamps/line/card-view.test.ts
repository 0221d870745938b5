import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demoCard } from '../../../../test/support/loyalty.ts'
import { contrastWithWhite } from '../../../core/colour.ts'
import { LOCALES, type Locale } from '../../../core/locale.ts'
import { INK, type LineMessage } from '../../../platform/line/index.ts'
import { couponMessage, couponsMessage, type View } from '../../coupons/line/coupon-view.ts'
import type { StampCardDefinition } from '../rules/definitions.ts'
import type { StampCard } from '../rules/stamp-card.ts'
import { cardMessages } from './card-messages.ts'
import type { CardHeading } from './card-view.ts'
import { refusalMessage } from './handlers.ts'

const TOKYO = 'Asia/Tokyo'
const NOW = new Date('2026-11-21T03:00:00Z')

function cardOf(stamps: number, change: Partial<StampCardDefinition> = {}): StampCard {
  const { brand = { ja: '喫茶またね', en: 'Café Matane' }, colour = '#7a4b2a' } = change
  return {
    id: 'c',
    programme: 'main',
    number: 1,
    definitionId: 'd',
    definition: demoCard(change),
    look: { brand, colour, shops: [] },
    startedAt: NOW,
    expiresAt: new Date('2027-11-21T15:00:00Z'),
    completedAt: undefined,
    stamps: Array.from({ length: stamps }, (_, index) => ({
      position: index + 1,
      shop: 'kamakura',
      grantedAt: new Date(NOW.getTime() + index * 86_400_000)
    }))
  }
}

function cardMessage(card: StampCard, view: View, heading?: CardHeading): LineMessage {
  const [message, ...more] = cardMessages([{ card, ...(heading && { heading }) }], view)
  if (!message || more.length > 0) throw new Error('One card is one message')
  return message
}

const longest = (text: string, max: number) => ({ ja: text.repeat(max).slice(0, max), en: 'W'.repeat(max) })
const longestTerms = { key: 'xx', title: longest('特', 60), note: longest('注', 200), valid_for: '9999d' }
const LONGEST: Partial<StampCardDefinition> = {
  brand: longest('喫', 40),
  title: longest('券', 30),
  reward: longestTerms
}

describe.each(LOCALES)('in %s', (locale: Locale) => {
  const view = { locale, timeZone: TOKYO }

  test('a card of any size, filled to any degree, is a message that LINE takes', () => {
    for (let goal = 1; goal <= 50; goal += 1) {
      for (const stamps of new Set([0, 1, Math.floor(goal / 2), goal])) {
        expect(cardMessage(cardOf(stamps, { goal }), view)).toMatchObject({ type: 'flex' })
      }
    }
  })

  test('the longest texts that a definition may have still fit', () => {
    const card = cardOf(50, { ...LONGEST, goal: 50 })
    const line = '長'.repeat(300)
    expect(cardMessage(card, view, { line })).toMatchObject({ type: 'flex' })
    const brand = { name: card.look.brand, colour: card.look.colour }
    const coupon = { serial: 'AAAA-BBBB', terms: longestTerms, brand, expiresAt: NOW }
    expect(couponMessage(coupon, view)).toMatchObject({ type: 'flex' })
    expect(
      couponsMessage(
        Array.from({ length: 10 }, () => coupon),
        view
      )
    ).toMatchObject({ type: 'flex' })
  })

  test('several cards are leafed through, in as few messages as their sizes allow', () => {
    const messages = (cards: readonly StampCard[]) =>
      cardMessages(
        cards.map((card) => ({ card })),
        view
      )
    const [two, ...more] = messages([cardOf(1), cardOf(2, { goal: 5 })])
    expect(two).toMatchObject({ type: 'flex', contents: { type: 'carousel', contents: [{}, {}] } })
    expect(more).toEqual([])
    const big = cardOf(50, { ...LONGEST, goal: 50 })
    expect(messages(Array.from({ length: 5 }, () => big)).length).toBeGreaterThan(1)
    expect(messages(Array.from({ length: 13 }, () => cardOf(1, { goal: 1 })))).toHaveLength(2)
  })

  test('each reward has its gift, the next one is named with what is missing to it, and shops stand where not all take part', () => {
    const gift = (at: number) => ({
      at,
      key: `gift-${at}`,
      title: { ja: `品${at}`, en: `Gift ${at}` },
      note: { ja: '提示', en: 'Show' }
    })
    const card = cardOf(2, { rewards: [gift(3), gift(7)] })
    const json = JSON.stringify(
      cardMessage({ ...card, look: { ...card.look, shops: [{ ja: '鎌倉店', en: 'Kamakura' }] } }, view)
    )
    expect([...json.matchAll(/🎁/g)]).toHaveLength(3)
    expect(json).toContain({ ja: 'あと1個で', en: '1 more stamp to go:' }[locale])
    expect(json).toContain({ ja: '品3', en: 'Gift 3' }[locale])
    expect(json).toContain({ ja: '鎌倉店', en: 'Kamakura' }[locale])
    expect(JSON.stringify(cardMessage(card, view))).not.toContain({ ja: '使えるお店', en: '"At"' }[locale])
  })

  test('places and stamps make up the goal, in rows of five', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(50), (goal, given) => {
        const json = JSON.stringify(cardMessage(cardOf(Math.min(given, goal), { goal }), view))
        const marks = [...json.matchAll(/"cornerRadius":"21px"/g)].length
        expect(marks).toBe(goal)
        expect([...json.matchAll(/✓/g)].length).toBe(Math.min(given, goal))
      })
    )
  })

  test('the bar is as long as the share of stamps', () => {
    expect(JSON.stringify(cardMessage(cardOf(7), view))).toContain('"width":"70%"')
    expect(JSON.stringify(cardMessage(cardOf(10), view))).toContain('"width":"100%"')
    expect(JSON.stringify(cardMessage(cardOf(0), view))).not.toContain('%"')
  })

  test('what stands in the chat list says where the card stands', () => {
    const expected = {
      ja: '喫茶またね スタンプカード 9 / 10 あと1個で お好きなドリンク1杯無料',
      en: 'Café Matane Stamp card 9 / 10 1 more stamp to go: Any drink free'
    }
    expect(cardMessage(cardOf(9), view)).toMatchObject({ altText: expected[locale] })
  })

  test('a card without an end says so', () => {
    const message = cardMessage({ ...cardOf(1), expiresAt: undefined }, view)
    expect(JSON.stringify(message)).toContain({ ja: 'なし', en: 'No expiry date' }[locale])
  })

  test('every refusal is a message that LINE takes, with words of its own', () => {
    const plain = [
      'garbled',
      'forged',
      'future',
      'expired',
      'unknown_shop',
      'used',
      'no_programme',
      'not_here'
    ] as const
    const refusals = [...plain.map((kind) => ({ kind })), { kind: 'too_soon' as const, nextAt: NOW }]
    const said = refusals.map((refusal) => JSON.stringify(refusalMessage(refusal, view)))
    expect(new Set(said).size).toBe(refusals.length)
  })
})

test('every ink for text can be read on white', () => {
  for (const colour of [INK.strong, INK.plain, INK.faint]) expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(4.5)
})
