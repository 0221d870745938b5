/** What Stripe, Shopify, Square and Smaregi post, in their own forms, of a shop in yen. */

const START = 1_795_000_000
let made = 0
function next(): string {
  made += 1
  return String(made).padStart(6, '0')
}

/** A notification of Stripe's about `object`. */
export function stripeEvent(
  type: string,
  object: object,
  more: { id?: string; created?: number; before?: object } = {}
) {
  const { id = `evt_1QmTnE${next()}`, created = START, before } = more
  return {
    ...{ id, object: 'event', api_version: '2026-09-30.clover', created, livemode: true, pending_webhooks: 1, type },
    data: { object, ...(before && { previous_attributes: before }) },
    request: { id: null, idempotency_key: null }
  }
}

export function stripeCustomer(more: object = {}) {
  return {
    ...{ id: 'cus_R8hanako', object: 'customer', address: null, balance: 0, created: START, currency: null },
    ...{ email: 'hanako@example.jp', invoice_prefix: '7A1B2C3D', livemode: true, metadata: {}, name: '佐藤 花子' },
    ...{ phone: '+819012345678', preferred_locales: ['ja'], shipping: null, tax_exempt: 'none' },
    ...more
  }
}

export function stripeSubscription(more: object = {}) {
  const price = {
    ...{ id: 'price_1Coffee', object: 'price', active: true, currency: 'jpy', lookup_key: 'coffee-monthly' },
    ...{ nickname: '珈琲定期便', product: 'prod_Coffee', type: 'recurring', unit_amount: 2980 },
    recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' }
  }
  return {
    ...{ id: 'sub_1Coffee', object: 'subscription', cancel_at: null, cancel_at_period_end: false, canceled_at: null },
    cancellation_details: { comment: null, feedback: null, reason: null },
    ...{ collection_method: 'charge_automatically', created: START, currency: 'jpy', customer: 'cus_R8hanako' },
    ...{
      ended_at: null,
      latest_invoice: 'in_1First',
      metadata: {},
      start_date: START,
      status: 'active',
      trial_end: null
    },
    items: { object: 'list', data: [{ id: 'si_1', object: 'subscription_item', price, quantity: 1 }], has_more: false },
    ...more
  }
}

export function stripeInvoice(more: object = {}) {
  return {
    ...{
      id: 'in_1First',
      object: 'invoice',
      amount_due: 2980,
      amount_paid: 2980,
      amount_remaining: 0,
      attempt_count: 1
    },
    ...{ billing_reason: 'subscription_create', created: START, currency: 'jpy', customer: 'cus_R8hanako' },
    ...{ customer_email: 'hanako@example.jp', customer_name: '佐藤 花子', customer_phone: null, status: 'paid' },
    parent: { type: 'subscription_details', subscription_details: { metadata: {}, subscription: 'sub_1Coffee' } },
    status_transitions: { finalized_at: START, paid_at: START + 5, voided_at: null },
    ...more
  }
}

export function stripeCharge(more: object = {}) {
  return {
    ...{
      id: 'ch_3Beans',
      object: 'charge',
      amount: 3200,
      amount_captured: 3200,
      amount_refunded: 3200,
      captured: true
    },
    billing_details: { address: null, email: 'hanako@example.jp', name: '佐藤 花子', phone: null },
    ...{ created: START, currency: 'jpy', customer: 'cus_R8hanako', metadata: {}, paid: true },
    ...{ payment_intent: 'pi_3Beans', receipt_email: null, refunded: true, status: 'succeeded' },
    ...more
  }
}

export function stripeCheckout(more: object = {}) {
  return {
    ...{
      id: 'cs_live_a1Beans',
      object: 'checkout.session',
      amount_subtotal: 3200,
      amount_total: 3200,
      currency: 'jpy'
    },
    ...{ client_reference_id: null, customer: 'cus_R8hanako', livemode: true, metadata: {}, mode: 'payment' },
    customer_details: { email: 'hanako@example.jp', name: '佐藤 花子', phone: null },
    ...{ payment_intent: 'pi_3Beans', payment_status: 'paid', status: 'complete' },
    ...more
  }
}

export function shopifyCustomer(more: object = {}) {
  return {
    ...{ id: 7_310_000_000_001, email: 'hanako@example.jp', phone: '+819012345678', state: 'enabled', tags: '' },
    ...{ created_at: '2026-11-19T10:00:00+09:00', updated_at: '2026-11-19T10:00:00+09:00', verified_email: true },
    ...{ first_name: '花子', last_name: '佐藤', currency: 'JPY', tax_exempt: false },
    default_address: { id: 1, country_code: 'JP', province: 'Tōkyō', province_code: 'JP-13', zip: '180-0004' },
    ...more
  }
}

export function shopifyOrder(more: object = {}) {
  return {
    ...{ id: 5_820_000_000_001, admin_graphql_api_id: 'gid://shopify/Order/5820000000001', name: '#1001', test: false },
    ...{ created_at: '2026-11-20T09:00:00+09:00', processed_at: '2026-11-20T09:00:05+09:00', cancelled_at: null },
    ...{ currency: 'JPY', presentment_currency: 'JPY', financial_status: 'paid', fulfillment_status: null },
    ...{ email: 'hanako@example.jp', phone: null, contact_email: 'hanako@example.jp', location_id: null },
    ...{ subtotal_price: '3200', total_discounts: '0', total_price: '3200', total_tax: '237', source_name: 'web' },
    customer: shopifyCustomer(),
    discount_codes: [{ code: 'WELCOME', amount: '0', type: 'fixed_amount' }],
    line_items: [
      {
        ...{ id: 1, sku: 'BEANS-200', title: 'またねブレンド 200g', quantity: 2, price: '1600', total_discount: '0' },
        ...{ variant_id: 4_300_000_001, product_id: 8_100_000_001, vendor: '喫茶またね', gift_card: false }
      }
    ],
    shipping_address: { name: '佐藤 花子', address1: '吉祥寺本町1-1', city: '武蔵野市', country_code: 'JP' },
    ...more
  }
}

export function shopifyRefund(more: object = {}) {
  return {
    ...{ id: 929_000_001, order_id: 5_820_000_000_001, note: '', restock: true, user_id: 1 },
    ...{ created_at: '2026-11-20T18:00:00+09:00', processed_at: '2026-11-20T18:00:00+09:00' },
    refund_line_items: [{ id: 1, line_item_id: 1, quantity: 1, subtotal: 1600, total_tax: 118 }],
    transactions: [
      { id: 1, kind: 'refund', status: 'success', amount: '1600', currency: 'JPY', gateway: 'shopify_payments' }
    ],
    ...more
  }
}

export function squarePayment(more: object = {}, type = 'payment.updated') {
  const id = next()
  const payment = {
    ...{ id: 'hYy9pRFVxpDsO1FB05SunFWUe9JZY', status: 'COMPLETED', source_type: 'CARD', location_id: 'L88917AVBK2S5' },
    amount_money: { amount: 680, currency: 'JPY' },
    total_money: { amount: 680, currency: 'JPY' },
    ...{ created_at: '2026-11-20T03:00:00.000Z', updated_at: '2026-11-20T03:00:02.000Z', order_id: 'nUSN9TdxpiK3SrQg' },
    customer_id: 'RDX9Z4XTIZR7MRZJUXNY9HUK6I',
    ...more
  }
  return squareEvent(type, 'payment', { id, payment })
}

export function squareRefund(more: object = {}) {
  const id = next()
  const refund = {
    ...{ id: 'hYy9pRFVxpDsO1FB05SunFWUe9JZY_R1', status: 'COMPLETED', location_id: 'L88917AVBK2S5' },
    amount_money: { amount: 680, currency: 'JPY' },
    ...{ payment_id: 'hYy9pRFVxpDsO1FB05SunFWUe9JZY', order_id: 'nUSN9TdxpiK3SrQg', reason: 'Cancelled order' },
    ...{ created_at: '2026-11-20T04:00:00.000Z', updated_at: '2026-11-20T04:00:02.000Z' },
    ...more
  }
  return squareEvent('refund.updated', 'refund', { id, refund })
}

function squareEvent(type: string, kind: string, { id, ...object }: { id: string } & Record<string, unknown>) {
  return {
    ...{ merchant_id: '6SSW7HV8K2ST5', type, event_id: `6a8f5f28-54a1-4eb0-a98a-3111513${id}` },
    created_at: '2026-11-20T03:00:02.100Z',
    data: { type: kind, id: 'object', object }
  }
}

/** A transaction as Smaregi's API gives it. */
export function smaregiTransaction(more: object = {}) {
  return {
    ...{ transactionHeadId: '28', transactionHeadDivision: '1', cancelDivision: '0', subtotal: '1200', total: '1200' },
    ...{ transactionDateTime: '2026-11-20T16:36:30+09:00', terminalTranDateTime: '2026-11-20T16:36:27+09:00' },
    ...{ storeId: '1', terminalId: '1', terminalTranId: '1', customerId: '42', customerCode: '0000000042' },
    ...{ amount: '2', returnAmount: '0', sumDivision: '2', staffId: null, memo: null },
    ...more
  }
}
