import { describe, expect, test } from 'vitest'
import { checkFlow } from '../definition.ts'

const t = (words: string) => ({ ja: words, en: words })
const PAGE = 'https://shop.example.com/menu'
const PICTURE = 'https://shop.example.com/cake.jpg'
const open = (label = 'menu') => ({ label: t(label), open: PAGE })
const card = (more: object = {}) => ({ card: { layout: 'plain', title: t('Title'), body: t('Body'), ...more } })

/** The faults of a flow that says one thing: "path: message". */
function faultsOf(said: object): string[] {
  const checked = checkFlow({
    ...{ id: 'a', kind: 'scenario', consent: 'service', trigger: { event: 'visit' } },
    steps: [{ id: 'hello', do: 'say', ...said }]
  })
  return checked.ok ? [] : checked.faults.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`)
}

describe('what may be said', () => {
  test.each<[string, object]>([
    ['words', { text: t('Hello') }],
    ['a picture', { image: { url: PICTURE } }],
    ['a picture and words', { image: { url: PICTURE, preview: PICTURE }, text: t('Hello') }],
    ['words over buttons', { text: t('{customer.name}'), buttons: [open(), { label: t('Coupon'), say: 'クーポン' }] }],
    ['a plain card', card({ image: PICTURE })],
    ['a photo', card({ layout: 'photo', image: PICTURE, buttons: [open()] })],
    ['a coupon', card({ layout: 'coupon' })],
    ['a quote', card({ layout: 'quote' })],
    ['four buttons', card({ buttons: ['a', 'b', 'c', 'd'].map(open) })]
  ])('%s', (_, said) => expect(faultsOf(said)).toEqual([]))
})

describe('what may not be said names the place and the fix', () => {
  test.each<[string, object, string]>([
    ['nothing', {}, ': nothing is said'],
    ['a card beside words', { ...card(), text: t('Hello') }, ': a card stands alone'],
    ['buttons under nothing', { image: { url: PICTURE }, buttons: [open()] }, ': buttons stand under words'],
    ['five buttons', { text: t('x'), buttons: ['a', 'b', 'c', 'd', 'e'].map(open) }, 'buttons: '],
    ['a photo without one', card({ layout: 'photo' }), 'card: a photo card needs its picture'],
    ['a quote with a picture', card({ layout: 'quote', image: PICTURE }), 'card.image: a quote has no picture'],
    ['a picture over http', card({ image: 'http://x.example/a.jpg' }), 'card.image: write an address'],
    ['a preview over http', { image: { url: PICTURE, preview: 'x' } }, 'image.preview: write an address'],
    ['a long title', card({ title: t('題'.repeat(61)) }), 'card.title.ja: a title has at most 60'],
    ['a long card', card({ body: t('x'.repeat(501)) }), 'card.body.ja: the text of a card has at most 500'],
    ['a long text over buttons', { text: t('x'.repeat(501)), buttons: [open()] }, 'text.ja: a text over buttons'],
    ['a long label', { text: t('x'), buttons: [open('x'.repeat(21))] }, 'buttons.0.label.ja: a button has at most 20'],
    ['two labels alike', card({ buttons: [open(), open()] }), 'card.buttons.1.label: another button has this label'],
    ['a button for nothing', { text: t('x'), buttons: [{ label: t('x') }] }, 'buttons.0: a button does one thing'],
    [
      'a button for two things',
      { text: t('x'), buttons: [{ ...open(), say: 'x' }] },
      'buttons.0: a button does one thing'
    ],
    ['a button to nowhere', { text: t('x'), buttons: [{ label: t('x'), open: 'menu' }] }, 'buttons.0.open: write an'],
    ['a silent button', { text: t('x'), buttons: [{ label: t('x'), say: ' ' }] }, 'buttons.0.say: write what'],
    ['a long word', { text: t('x'), buttons: [{ label: t('x'), say: 'x'.repeat(301) }] }, 'buttons.0.say: a tap says'],
    ['an unknown placeholder', card({ title: t('{who}') }), 'card.title.ja: {who} is unknown'],
    ['one on a button', { text: t('x'), buttons: [open('{who}')] }, 'buttons.0.label.ja: {who} is unknown']
  ])('%s', (_, said, fault) => expect(faultsOf(said)).toContainEqual(expect.stringContaining(fault)))

  test('in both languages', () => {
    const long = { ja: '題'.repeat(61), en: 'T'.repeat(61) }
    expect(faultsOf(card({ title: long })).map((fault) => fault.split(':')[0])).toEqual([
      'card.title.ja',
      'card.title.en'
    ])
  })
})
