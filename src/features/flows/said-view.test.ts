import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contrastWithWhite } from '../../core/colour.ts'
import { LOCALES } from '../../core/locale.ts'
import { INK } from '../../platform/line/index.ts'
import { messageFaults } from '../../sandbox/line/message-rules.ts'
import { LAYOUTS } from './rules/schema/say.ts'
import type { SayStep } from './rules/schema.ts'
import { type SaidView, saidMessages } from './said-view.ts'

const t = (words: string) => ({ ja: `${words}です`, en: `${words} it is` })
const PICTURE = 'https://shop.example.com/cake.jpg'
const BRAND = { name: { ja: '喫茶またね', en: 'Café Matane' }, colour: '#225577' }
const BUTTONS = [
  { label: t('Menu'), open: 'https://shop.example.com/menu' },
  { label: t('Coupon'), say: 'クーポン' },
  { label: t('Map'), open: 'https://shop.example.com/map' }
]
const step = (said: Partial<SayStep>): SayStep => ({ id: 'hello', do: 'say', ...said })
const cardOf = (layout: (typeof LAYOUTS)[number], words = 'x') =>
  step({
    card: {
      ...{ layout, title: t(`title ${words}`), body: t(`body ${words}`), buttons: BUTTONS },
      ...(layout === 'quote' ? {} : { image: PICTURE })
    }
  })

describe.each(LOCALES)('in %s', (locale) => {
  const view = (more: Partial<SaidView> = {}): SaidView => ({
    ...{
      locale,
      fill: (text) => text[locale],
      brand: BRAND,
      addresses: ['https://m.example/r/1', 'https://m.example/r/2']
    },
    ...more
  })

  test.each(LAYOUTS)('a %s card is a message that LINE takes, with what it says in the chat list', (layout) => {
    const messages = saidMessages(cardOf(layout), view())
    expect(messageFaults(messages)).toEqual([])
    const { title, body } = { title: t('title x')[locale], body: t('body x')[locale] }
    expect(messages).toMatchObject([
      { type: 'flex', altText: layout === 'quote' ? `${body}\n${title}` : `${title}\n${body}` }
    ])
    const json = JSON.stringify(messages)
    for (const words of [title, body, ...BUTTONS.map(({ label }) => label[locale])]) expect(json).toContain(words)
    expect(json).toContain(BRAND.colour)
  })

  test.each(LAYOUTS)('a %s card whose placeholders grew beyond measure still fits', (layout) => {
    const grown = view({ fill: () => '長👨‍👩‍👧‍👦\n"'.repeat(2000) })
    expect(messageFaults(saidMessages(cardOf(layout), grown))).toEqual([])
  })

  test('a coupon names the shop', () => {
    expect(JSON.stringify(saidMessages(cardOf('coupon'), view()))).toContain(BRAND.name[locale])
  })

  test('words alone are a text; with buttons they are drawn; a picture goes before them', () => {
    const words = { text: t('Hello'), image: { url: PICTURE } }
    const typesOf = (said: Partial<SayStep>) => saidMessages(step(said), view()).map(({ type }) => type)
    expect(typesOf({ text: t('Hello') })).toEqual(['text'])
    expect(typesOf(words)).toEqual(['image', 'text'])
    expect(typesOf({ ...words, buttons: BUTTONS })).toEqual(['image', 'flex'])
    expect(typesOf({ image: { url: PICTURE } })).toEqual(['image'])
    expect(messageFaults(saidMessages(step({ ...words, buttons: BUTTONS }), view()))).toEqual([])
  })

  test('each button opens its own address or says its word, and the picture does what the first one does', () => {
    const json = JSON.stringify(saidMessages(cardOf('photo'), view()))
    const actions = [...json.matchAll(/"action":(\{[^}]*\})/g)].map(([, action = '']) => JSON.parse(action))
    expect(actions.map(({ uri, text }) => uri ?? text)).toEqual([
      'https://m.example/r/1',
      'https://m.example/r/1',
      'クーポン',
      'https://m.example/r/2'
    ])
  })
})

test('a picture is its own preview unless there is a smaller one', () => {
  const view: SaidView = { locale: 'ja', fill: ({ ja }) => ja, brand: undefined, addresses: [] }
  expect(saidMessages(step({ image: { url: PICTURE } }), view)).toMatchObject([{ previewImageUrl: PICTURE }])
  const preview = 'https://shop.example.com/small.jpg'
  expect(saidMessages(step({ image: { url: PICTURE, preview } }), view)).toMatchObject([
    { originalContentUrl: PICTURE, previewImageUrl: preview }
  ])
})

test('every ink can be read, and so can white on the colour of a shop that chose none', () => {
  const view: SaidView = { locale: 'ja', fill: ({ ja }) => ja, brand: undefined, addresses: [] }
  const json = JSON.stringify(LAYOUTS.map((layout) => saidMessages(cardOf(layout), view)))
  const buttons = [...json.matchAll(/"type":"button","style":"\w+","color":"(#\w{6})"/g)].map(
    ([, colour = '']) => colour
  )
  expect(buttons).toHaveLength(LAYOUTS.length * BUTTONS.length)
  for (const colour of [...buttons, INK.strong, INK.plain, INK.faint])
    expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(4.5)
})

test('whatever is filled in, what is said is something that LINE takes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...LAYOUTS), fc.string({ unit: 'grapheme', minLength: 1 }), (layout, words) => {
      const view: SaidView = {
        locale: 'en',
        fill: ({ en }) => `${en}${words}`,
        brand: BRAND,
        addresses: ['https://a.example/']
      }
      return messageFaults(saidMessages(cardOf(layout), view)).length === 0
    }),
    { numRuns: 50 }
  )
})
