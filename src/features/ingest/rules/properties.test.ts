import { describe, expect, test } from 'vitest'
import { currencyFault, ourProperties } from './properties.ts'

const read = (name: string, given: Record<string, unknown>, context = {}) => ourProperties(name, given, context)

describe("Segment's properties, as the catalogue asks for them", () => {
  const products = [
    { sku: 'bean', price: 1200, quantity: 2, category: 'coffee', name: '深煎り' },
    { product_id: 7, price: '300' }
  ]
  test('an order has its amount from total, revenue or value, in this order, and lines from its products', () => {
    const lines = [
      { sku: 'bean', category: 'coffee', quantity: 2, amount: 2400 },
      { sku: 7, quantity: 1, amount: 300 }
    ]
    expect(read('order.completed', { total: 2700, revenue: 2500, products })).toMatchObject({ amount: 2700, lines })
    expect(read('order.completed', { revenue: '2500.00', value: 1 })).toMatchObject({ amount: 2500 })
    expect(read('order.completed', { value: 1 })).toMatchObject({ amount: 1 })
  })

  test('what is there under our own name stays, null does not', () => {
    expect(read('order.completed', { amount: 5, total: 9, order_id: 'a', orderId: 'b' })).toMatchObject({
      ...{ amount: 5, order_id: 'a' }
    })
    expect(read('order.completed', { amount: null, total: 9, orderId: 'b' })).toMatchObject({ total: 9, order_id: 'b' })
  })

  test.each([
    ['a product without a price', [{ sku: 'a' }]],
    ['a price that is none', [{ sku: 'a', price: 1e300 }]],
    ['something that is no product', [7]],
    ['no list', 'a, b'],
    ['more than an order has', Array.from({ length: 201 }, () => ({ sku: 'a', price: 1 }))]
  ])('%s makes no lines', (_what, list) =>
    expect(read('order.completed', { products: list })).not.toHaveProperty('lines')
  )

  test.each([
    ['cart.updated', { products }, { items: 2 }],
    ['product.viewed', { price: '300' }, { amount: 300 }],
    ['feedback.given', { rating: 2 }, { sentiment: 'negative' }],
    ['feedback.given', { rating: '3' }, { sentiment: 'neutral' }],
    ['feedback.given', { rating: 5 }, { sentiment: 'positive' }],
    ['inquiry.opened', { ticket_id: 't1' }, { inquiry_id: 't1' }],
    [
      'message.clicked',
      { email_id: 'm1', link_url: 'https://x.jp/a?mail=a@b.jp' },
      { via: 'email', link: 'https://x.jp/a' }
    ],
    ['subscription.paid', { revenue: 980, plan_name: 'gold' }, { amount: 980, plan: 'gold' }]
  ])('%s of %j has %j', (name, given, expected) => expect(read(name, given)).toMatchObject(expected))

  test('a session has its platform from the context', () =>
    expect(read('session.started', {}, { os: { name: 'iOS' } })).toEqual({ platform: 'iOS' }))

  test.each(['my_event', 'constructor', '__proto__'])('of %s nothing is changed', (name) =>
    expect(read(name, { total: 1 })).toEqual({ total: 1 })
  )
})

test.each([
  ['order.completed', 'USD', true],
  ['order.completed', 'jpy', false],
  ['order.completed', undefined, false],
  ['my_event', 'USD', false]
])('an amount of %s in %s is refused: %s', (name, currency, refused) =>
  expect(currencyFault(name, { currency }) !== undefined).toBe(refused)
)
